/* http.h -- an answer of a web server, as crawlers keep it (RFC 9110, 9112). */
#ifndef DX_INDEXER_INPUT_ARCHIVE_HTTP_H
#define DX_INDEXER_INPUT_ARCHIVE_HTTP_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"

typedef struct dx_http { /* borrowed from the answer's bytes */
    unsigned status;  /* 200 … */
    dx_str type;      /* text/html, without parameters; may be empty */
    dx_str encoding;  /* gzip, br … of the body; likewise */
    dx_str modified;  /* Last-Modified */
    bool is_chunked;
    dx_str body;      /* as it was sent */
} dx_http;

/** Takes an answer apart. False: it does not begin with a status line. */
bool dx_http_read(dx_str answer, dx_http *out);

/** A chunked body put together, in `arena`; what is not chunked after all, as some
 *  crawlers keep it, stays as it is. A body that is cut off ends there. Fails with
 *  NOMEM. */
DX_NODISCARD dx_status dx_http_join_chunks(dx_str body, dx_arena *arena,
    dx_str *out, dx_error *err);

/** A name that says what a type of media is, for dx_source_of_name(): "x.html" for
 *  text/html; "" where it says nothing that we know; NULL for what is none of ours:
 *  images, styles, scripts. */
const char *dx_media_type_name(dx_str type);

#endif
