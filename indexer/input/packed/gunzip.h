/* gunzip.h -- gzip (RFC 1952), member by member. The one adapter of zlib. Why not
 * libarchive, which has it, too: that looks at no check sum, and ends at the first
 * damage; a crawl of a million pages is a million members, all but one of them sound.
 *
 *     member │ member │ damage ········ │ member
 *                     └─ read() fails   └─ skip_to() goes on here
 *
 * One thread at a time uses one. */
#ifndef DX_INDEXER_INPUT_PACKED_GUNZIP_H
#define DX_INDEXER_INPUT_PACKED_GUNZIP_H

#include <stdbool.h>
#include <sys/types.h>

#include "common/base/status.h"
#include "common/base/str.h"

/* In the message where a member came out whole, but not as it was packed. */
#define DX_GUNZIP_WRONG_SUM "the check sum is wrong"

typedef struct dx_gunzip dx_gunzip;

/** Sets *block to the next bytes to be unpacked, which live until the next call;
 *  returns how many, 0 at the end, or -1 with errno. */
typedef ssize_t (*dx_packed_feed)(void *ctx, const void **block);

/** Whether bytes that begin so are gzip. */
bool dx_gunzip_is_gzip(dx_str first);

/** Unpacks what `feed` gives. Free *out, NULL on failure, with dx_gunzip_free().
 *  Fails with NOMEM. */
DX_NODISCARD dx_status dx_gunzip_new(dx_packed_feed feed, void *ctx,
    dx_gunzip **out, dx_error *err);

/** Reads up to `n` > 0 bytes, of one member at a time; *got is 0 at the end only.
 *  Zeros behind the last member are passed over. Fails with NOMEM; with IO when `feed`
 *  failed; with FORMAT where something is damaged, again and again: what comes before
 *  that has been given. */
DX_NODISCARD dx_status dx_gunzip_read(dx_gunzip *g, void *to, size_t n,
    size_t *got, dx_error *err);

/** After that: goes on at the next member that unpacks to something which begins with
 *  `mark`, of a few bytes. *found is false where there is none, and the end is
 *  reached. Fails with NOMEM or IO. */
DX_NODISCARD dx_status dx_gunzip_skip_to(dx_gunzip *g, dx_str mark, bool *found,
    dx_error *err);

void dx_gunzip_free(dx_gunzip *g); /* NULL is a no-op */

#endif
