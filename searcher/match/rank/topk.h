/* topk.h -- the best k of any number of hits, in bounded memory. Ties go to
 * the earlier document, so the result does not depend on the order of arrival.
 *
 * A heap whose root is the worst of the best:
 *
 *            [0] 3.1                 better(a, b): higher score,
 *           /       \                then lower segment, then lower doc
 *       [1] 4.0   [2] 3.3
 */
#ifndef DX_SEARCHER_MATCH_RANK_TOPK_H
#define DX_SEARCHER_MATCH_RANK_TOPK_H

#include <stdbool.h>
#include <stdint.h>

#include "searcher/match/rank/ranked.h"

typedef struct dx_topk {
    dx_ranked *heap; /* borrowed: room for `room` */
    uint32_t count, room;
} dx_topk;

/** Offers a hit; drops the worst when there is no room. Returns whether it was
 *  taken. */
bool dx_topk_offer(dx_topk *t, dx_ranked hit);

/** A hit with a lower score than this cannot get in; one with the same score
 *  may. Minus infinity while there is room. */
double dx_topk_threshold(const dx_topk *t);

/** Puts the hits in order, best first. Nothing can be offered afterwards. */
void dx_topk_sort(dx_topk *t);

#endif
