/* merge_policy.h -- which segments are merged when.
 *
 * Segments are merged with their neighbours only, because their order is that of
 * the articles. A range is due when it has at least eight segments of which none
 * is larger than all others together: each merge then takes every article to a
 * segment at least twice as large, so an article is written about log2(articles)
 * times at most, and a large segment waits until enough has come beside it. What
 * memory bounds is how many are merged at once, not how large. */
#ifndef DX_INDEXER_INVERT_MERGE_POLICY_H
#define DX_INDEXER_INVERT_MERGE_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"

#define DX_MERGE_MIN_SEGMENTS 8u

typedef struct dx_merge_candidate { /* a segment */
    uint32_t docs, deleted; /* of `docs`; fewer */
    uint64_t bytes;         /* what it adds to a merge, by the limit's measure */
    uint64_t map_bytes;     /* of memory for its terms' and forms' new numbers */
} dx_merge_candidate;

typedef struct dx_merge_limit { /* of a merged segment */
    uint32_t docs;  /* not deleted */
    uint64_t bytes; /* added up */
    uint64_t map_bytes; /* likewise; of more segments than have to be merged at once,
                           which is eight, or two to optimize */
} dx_merge_limit;

typedef struct dx_merge_range {
    size_t from, end; /* equal: nothing is due */
} dx_merge_range;

/** The next range to merge within `limit`: the one with most documents that is
 *  due; else a segment more than half of which is deleted. With `optimize`: as
 *  many neighbours as there may be, the oldest first; then a segment with
 *  deletions. Merging what it says again and again comes to an end. */
dx_merge_range dx_merge_range_due(const dx_merge_candidate *segments,
    size_t count, const dx_merge_limit *limit, bool optimize);

typedef struct dx_merge_step {
    dx_merge_range range; /* of one segment at least */
    bool is_merged;       /* else a single one is left as it is */
} dx_merge_step;

typedef struct dx_merge_plan {
    dx_merge_step *steps; /* owned; all segments in their order */
    size_t count;
} dx_merge_plan;

/** What is merged before one looks again: ranges that are due, none of which has what
 *  another one makes. Fails with NOMEM. */
DX_NODISCARD dx_status dx_merge_plan_make(const dx_merge_candidate *segments,
    size_t count, const dx_merge_limit *limit, bool optimize,
    dx_merge_plan *out);
void dx_merge_plan_free(dx_merge_plan *plan);

#endif
