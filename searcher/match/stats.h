/* stats.h -- the counts of a collection that a query's weights are made of: how
 * many documents it has, how long they are, and how many have each summand.
 *
 * Plain numbers, and all that a score depends on beside the document itself. Those
 * of several collections may be added up, and given to each of them to weigh by:
 * then all score as if they were one (tests/model/test_rank.c). Where a search is
 * over segments of several indexes at once, that is so anyway: they are gathered
 * from all its segments.
 *
 * Deleted documents are counted until they are merged away. */
#ifndef DX_SEARCHER_MATCH_STATS_H
#define DX_SEARCHER_MATCH_STATS_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "searcher/match/evaluate/alternative_lists.h"
#include "searcher/match/lookup/lookup.h"
#include "searcher/match/summand.h"

typedef struct dx_summand_df { /* document frequencies of one summand's lists */
    uint64_t exact, folded;    /* 0 where that list does not count */
} dx_summand_df;

typedef struct dx_stats {
    uint64_t docs;
    uint64_t length_sum; /* of all documents' lengths */
    dx_summand_df *dfs;  /* [summand], in the caller's arena */
    uint32_t count;
} dx_stats;

/** Counts in all segments that were looked up in. Reads the heads of lists and no
 *  more. Thread-safe. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_stats_gather(const dx_lookup *lookup,
    const dx_alternative_lists *alternatives, const dx_summands *summands,
    dx_arena *arena, dx_stats *out);

/** Average length of a document, 1 in an empty collection. */
static inline double dx_stats_average_length(const dx_stats *s)
{
    return s->docs && s->length_sum
               ? (double)s->length_sum / (double)s->docs
               : 1.0;
}

#endif
