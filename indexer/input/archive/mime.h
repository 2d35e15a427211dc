/* mime.h -- the parts of a message (RFC 2045 to 2047, 2557): mail and saved pages. */
#ifndef DX_INDEXER_INPUT_ARCHIVE_MIME_H
#define DX_INDEXER_INPUT_ARCHIVE_MIME_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"

typedef struct dx_mime { /* a message or a part of one; borrowed from its bytes */
    dx_str type;        /* Content-Type as it stands there; empty: plain text */
    dx_str encoding;    /* Content-Transfer-Encoding */
    dx_str disposition; /* Content-Disposition */
    dx_str id;          /* Content-ID, or Message-ID; without < and > */
    dx_str location;    /* Content-Location, or Snapshot-Content-Location */
    dx_str subject, from, date;
    dx_str body;        /* as it was sent */
} dx_mime;

/** Takes a message or part apart. */
void dx_mime_read(dx_str bytes, dx_mime *out);

/** The parts of a multipart, one a call: start with *rest as its body. False at its
 *  end; *is_whole is then whether the line that ends a multipart was there. */
bool dx_mime_next(dx_str *rest, dx_str boundary, dx_str *part, bool *is_whole);

/** The body decoded from base64 or quoted-printable, in `arena` or borrowed. Fails
 *  with NOMEM. */
DX_NODISCARD dx_status dx_mime_decode(const dx_mime *part, dx_arena *arena,
    dx_str *out, dx_error *err);

/** A header's value with its "=?utf-8?B?…?=" decoded, in UTF-8, in `arena`. Fails with
 *  NOMEM. */
DX_NODISCARD dx_status dx_mime_words(dx_str value, dx_arena *arena, dx_str *out,
    dx_error *err);

#endif
