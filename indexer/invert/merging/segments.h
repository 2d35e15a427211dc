/* segments.h -- several segments made one.
 *
 *   1 numbers    documents keep their order; dictionaries are walked at once
 *                (terms.h), equal forms found (forms.h)
 *   2 lists      of each term and pair, one segment's after the other's
 *                (lists.h); meanwhile
 *   3 documents  texts in the code of the merged forms (docs.h)
 *   4 triples    lists where segments have them, else from texts (triples.h)
 *
 * The result is what one run over the same articles would have made; attributes are
 * those that were found then. */
#ifndef DX_INDEXER_INVERT_MERGING_SEGMENTS_H
#define DX_INDEXER_INVERT_MERGING_SEGMENTS_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/layout/manifest.h"
#include "common/index/segment/segment.h"
#include "common/index/store/writer.h"
#include "indexer/invert/work.h"

typedef struct dx_merge_options {
    size_t memory_bytes; /* of which an eighth may hold triples */
    unsigned threads; /* >= 1 */
    bool optimize;    /* into as few as the size of a segment allows, without
                         deletions */
    const atomic_bool *stop; /* set to end it; may be NULL */
    dx_work *work; /* begins with each merge; may be NULL */
} dx_merge_options;

/** Writes the `count` (>= 1) neighbours `segments` into `store` as segment number
 *  `id`, committed, not published, and sets `*merged`. They are of another
 *  transaction or another store. Fails with IO, CORRUPT, NOMEM, LIMIT, or
 *  INTERRUPTED once asked to stop. */
DX_NODISCARD dx_status dx_merge_segments(dx_segment *const *segments,
    size_t count, dx_writer *store, uint32_t id,
    const dx_merge_options *options, dx_segment_entry *merged, dx_error *err);

#endif
