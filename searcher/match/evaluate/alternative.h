/* alternative.h -- the documents that have what may stand for a word or phrase
 * instead of it: an abbreviation written out, another spelling, a synonym.
 *
 *     ubnd            {1, 2, 5}        the word itself
 *     ủy ban nhân dân {2, 3}           its first alternative
 *     uỷ ban          {2, 3, 7}        its second one
 *
 * The word then matches {1, 2, 3, 5, 7}; the first alternative counts in {3},
 * the second in {7}, by the idf of all that each is in. Done for the whole
 * index before anything is ranked, because weights need those counts. Several
 * words may share their alternatives: what stands for "ủy ban nhân dân" does so
 * for each of its words, and counts where that word is not. */
#ifndef DX_SEARCHER_MATCH_EVALUATE_ALTERNATIVE_H
#define DX_SEARCHER_MATCH_EVALUATE_ALTERNATIVE_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "searcher/match/lookup/plan.h"

/** Makes these lists for words and phrases that are neither excluded nor within
 *  NEAR. When the deadline passes, what has been found so far. Fails with NOMEM
 *  or CORRUPT. */
DX_NODISCARD dx_status dx_plan_alternatives(dx_plan *p, dx_arena *arena);

#endif
