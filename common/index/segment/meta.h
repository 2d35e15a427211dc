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
#include "common/index/codec/compress.h"
#include "common/index/field/field.h"
#include "common/index/segment/segment.h"

typedef struct dx_meta {
    DX_FIELD_VALUES; /* of those that are stored; the others are absent */
    int32_t date;    /* days since 1970-01-01, or DX_DATE_UNKNOWN */
    dx_str stored;   /* all of them as they are stored, with fields that we do not
                        know: to be put into another raw block */
} dx_meta;

/* Reads stored fields, which are compressed by blocks. It keeps its place in
 * the block that it read last, so to go through documents in order, also of
 * some only, takes no block twice. For one thread at a time. */
typedef struct dx_meta_reader { /* all common/index's own */
    dx_buf packed, block; /* of `segment`, NULL at the beginning */
    const dx_segment *segment;
    uint32_t number, next; /* the block's, and a document's within it, … */
    size_t at;             /* … which begins at this byte */
} dx_meta_reader;

void dx_meta_reader_init(dx_meta_reader *r);
/** Leaves `r` as it was at the beginning. */
void dx_meta_reader_free(dx_meta_reader *r);
/** Stored fields of `doc`; the strings live in `r` until it reads again, and
 *  have no NUL at their ends. Fails with CORRUPT or NOMEM, all fields being
 *  empty. */
DX_NODISCARD dx_status dx_segment_read_meta(const dx_segment *s, uint32_t doc,
    dx_meta_reader *r, dx_meta *out);
/** Copies the strings of `m` into `arena`, with NULs; absent ones become "",
 *  and `stored` is left out. False: no memory; then some are NULL. */
DX_NODISCARD bool dx_meta_keep(dx_meta *m, dx_arena *arena);

/* For writers: documents' fields are put one after another into a raw block, as
 * docs/FORMAT.md says, and this is packed. */

/** Appends the stored ones of a document's `fields` (by dx_field, DX_FIELDS of
 *  them). A failure latches in `raw`. */
void dx_meta_put(dx_buf *raw, const dx_str *fields);
/** Moves *p past one document of a raw block that goes to `end`. False where it
 *  is damaged. */
DX_NODISCARD bool dx_meta_skip(const uint8_t **p, const uint8_t *end);
/** Appends a raw block, compressed. Fails with NOMEM. */
DX_NODISCARD dx_status dx_meta_pack(dx_compressor *c, const dx_buf *raw,
    dx_buf *block);

#endif
