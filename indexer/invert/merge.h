/* merge.h -- several segments into one.
 *
 * A merged segment is made anew from the stored text. That is already a row of
 * word forms, so nothing is parsed and only each distinct form is analysed; and
 * there is one way to make a segment instead of two. Attributes are found anew,
 * too. */
#ifndef DX_INDEXER_INVERT_MERGE_H
#define DX_INDEXER_INVERT_MERGE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "common/base/status.h"
#include "common/index/store/writer.h"

typedef struct dx_merge_options {
    size_t memory_bytes;
    unsigned threads; /* >= 1 */
    bool optimize;    /* merge all neighbours that fit into memory together, and
                         all segments with deletions */
    const atomic_bool *stop;     /* set to end it; may be NULL */
    void (*on_merge)(void *ctx); /* called before each merge; may be NULL */
    void *ctx;
} dx_merge_options;

/** Merges what is due (merge_policy.h) in the index at the path `index`, and
 *  publishes after each merge. Fails with IO, CORRUPT, NOMEM, LIMIT, or INTERRUPTED when
 *  asked to stop; what was merged by then stays merged. */
DX_NODISCARD dx_status dx_merge_due(const char *index, dx_writer *store,
    const dx_merge_options *options, dx_error *err);

#endif
