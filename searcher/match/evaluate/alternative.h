/* alternative.h -- the documents that have what may stand for a word or phrase
 * instead of it: an abbreviation written out, another spelling, a synonym.
 *
 *     ubnd            {1, 2, 5}        the word itself
 *     ủy ban nhân dân {2, 3}           its first alternative
 *     uỷ ban          {2, 3, 7}        its second one
 *
 * The word then matches {1, 2, 3, 5, 7}; the first alternative counts in {3},
 * the second in {7}, by the idf of all that each is in. They are found in the
 * whole index after words are looked up and before anything is weighed, because
 * weights need those counts. Several words may share their alternatives: what
 * stands for "ủy ban nhân dân" does so for each of its words, and counts where
 * that word is not. */
#ifndef DX_SEARCHER_MATCH_EVALUATE_ALTERNATIVE_H
#define DX_SEARCHER_MATCH_EVALUATE_ALTERNATIVE_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "searcher/match/evaluate/alternative_lists.h"
#include "searcher/match/lookup/deadline.h"
#include "searcher/match/lookup/lookup.h"

/** Finds them for words and phrases that are neither excluded nor within NEAR;
 *  when the deadline passes, only some. Memory is `arena`'s. Fails with NOMEM
 * or CORRUPT. */
DX_NODISCARD dx_status dx_alternatives_find(const dx_lookup *lookup,
    dx_deadline *deadline, dx_arena *arena, dx_alternative_lists *out);

#endif
