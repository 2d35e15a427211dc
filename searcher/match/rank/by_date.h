/* by_date.h -- the newest or oldest of any set of documents of a segment.
 *
 * Of many documents, the newest are among the first in the segment's order of dates
 * (common/index/segment/segment.h): of n wanted ones, when m of its d documents are in
 * the set, about n * d / m places are looked at. Where that is more than looking at
 * all m, or turns out to be, it looks at these. */
#ifndef DX_SEARCHER_MATCH_RANK_BY_DATE_H
#define DX_SEARCHER_MATCH_RANK_BY_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/index/segment/segment.h"
#include "searcher/match/rank/topk.h"

/** Offers `top` the documents of `set` that can get in, with their days for scores:
 *  negative ones if the oldest are wanted. Those without a date come last in both
 *  orders. `set` is of segment number `segment`, in whole windows, and has `count`
 *  documents. */
void dx_offer_by_date(const dx_segment *s, uint32_t segment, const uint64_t *set,
    uint64_t count, bool newest, dx_topk *top);

#endif
