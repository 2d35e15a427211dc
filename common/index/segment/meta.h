/* meta.h -- the stored fields of documents. */
#ifndef DX_INDEX_SEGMENT_META_H
#define DX_INDEX_SEGMENT_META_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/segment/segment.h"

typedef struct dx_meta { /* stored fields */
    dx_str id, path, url, source, author, category, tags, extra;
    int32_t date;
} dx_meta;

/* Reads stored fields, which are compressed by blocks. It keeps its place in the
 * block that it read last, so to go through documents in order, also of some only,
 * takes no block twice. For one thread at a time. */
typedef struct dx_meta_reader { /* all common/index's own */
    dx_buf packed, block; /* of `segment`, NULL at the beginning */
    const dx_segment *segment;
    uint32_t number, next; /* the block's, and a document's within it, … */
    size_t at;             /* … which begins at this byte */
} dx_meta_reader;

void dx_meta_reader_init(dx_meta_reader *r);
/** Leaves `r` as it was at the beginning. */
void dx_meta_reader_free(dx_meta_reader *r);
/** Stored fields of `doc`; the strings live in `r` until it reads again, and have
 *  no NUL at their ends. Fails with CORRUPT or NOMEM, all fields being empty. */
DX_NODISCARD dx_status dx_segment_read_meta(const dx_segment *s, uint32_t doc,
    dx_meta_reader *r, dx_meta *out);
/** Copies the strings of `m` into `arena`, with NULs. False: no memory; then some
 *  are NULL. */
DX_NODISCARD bool dx_meta_keep(dx_meta *m, dx_arena *arena);

#endif
