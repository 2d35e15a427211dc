/* collapse.h -- one hit for articles with nearly the same text: dozens of
 * portals publish the same one. */
#ifndef DX_SEARCHER_ANSWER_SELECT_COLLAPSE_H
#define DX_SEARCHER_ANSWER_SELECT_COLLAPSE_H

#include <stdint.h>

#include "common/index/segment/generation.h"
#include "searcher/match/rank/ranked.h"

/* A hit is compared with so many before it. Articles with nearly the same text
 * have nearly the same score, so they stand close to one another. */
#define DX_COLLAPSE_REACH 256u

/** Removes each of `count` hits, best first, that is nearly the same as one
 * that stays before it, and counts it in that one's `similar`. Returns how many
 *  stay. */
uint32_t dx_collapse(const dx_generation *g, dx_ranked *hits, uint32_t count);

#endif
