/* generation.h -- all segments of a snapshot, as published together; or those
 * of several indexes, one after the other. */
#ifndef DX_INDEX_SEGMENT_GENERATION_H
#define DX_INDEX_SEGMENT_GENERATION_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/identity/contested.h"
#include "common/index/segment/segment.h"
#include "common/index/store/snapshot.h"

typedef struct dx_generation {
    uint64_t number;       /* counts publications */
    uint64_t digest;       /* of the manifests: other publications have another one */
    dx_segment **segments; /* owned, in document order */
    size_t segment_count;
    dx_contested *contested; /* owned; for each segment, that of its index */
    uint64_t docs, deleted, hidden; /* hidden ones are not deleted */
    unsigned features;              /* manifest.h */
    uint64_t length_sum; /* over all docs, deleted ones included */
} dx_generation;

/** Reads the manifest of `snapshot`, which stays the caller's and open, and
 *  opens its segments. An index without any is fine. DX_ERR_VERSION says what
 *  to do. */
DX_NODISCARD dx_status dx_generation_open(dx_snapshot *snapshot,
    dx_generation *out, dx_error *err);
/** The same for whoever only wants stored texts and fields: text rules may be
 *  others than ours. Also tells the number for the next input file. */
DX_NODISCARD dx_status dx_generation_open_texts(dx_snapshot *snapshot,
    dx_generation *out, uint32_t *next_file, dx_error *err);
/** Adds the segments of one more snapshot, of another index: documents, lengths
 *  and what counts them are those of all together. Fails like it; the
 *  generation then has some of them, and is good for closing only. */
DX_NODISCARD dx_status dx_generation_add(dx_generation *g,
    dx_snapshot *snapshot, dx_error *err);
void dx_generation_close(dx_generation *g);

/** dx_segment_damage() of the first segment that has any; its number in `*segment`,
 *  if not NULL. */
DX_NODISCARD dx_status dx_generation_damage(const dx_generation *g,
    size_t *segment, dx_error *err);

/** The segment with the most documents, the first of such; NULL when there is
 *  none. */
const dx_segment *dx_generation_largest(const dx_generation *g);

#endif
