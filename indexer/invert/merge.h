/* merge.h -- several segments into one.
 *
 * The merged segment is inverted anew from the stored text, which is a stream
 * of word forms already: no parsing, no analysis but of each distinct form, and
 * one way of making a segment instead of two. Attributes are worked out anew,
 * too: common/index/field/attribute.h. */
#ifndef DX_INDEXER_INVERT_MERGE_H
#define DX_INDEXER_INVERT_MERGE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "common/base/status.h"
#include "common/index/segment/layout/manifest.h"
#include "common/index/store/writer.h"

typedef struct dx_merge_options {
    size_t memory_bytes;
    unsigned threads; /* >= 1 */
    bool optimize;    /* merge all neighbours that fit in memory together, and
                         segments with any deletion */
    const atomic_bool *stop;     /* set to end it; may be NULL */
    void (*on_merge)(void *ctx); /* called before each merge; may be NULL */
    void *ctx;
} dx_merge_options;

/** Merges what is due in the index at the path `index`, and publishes after each
 *  merge. Due are eight segments of about a size (or smaller) at the end, and a
 *  segment of which half is deleted; see also `optimize`. Fails with INTERRUPTED
 *  when asked to stop (what was merged until then stays), IO, CORRUPT, NOMEM. */
DX_NODISCARD dx_status dx_merge_due(const char *index, dx_writer *store,
    const dx_merge_options *options, dx_error *err);

#endif
