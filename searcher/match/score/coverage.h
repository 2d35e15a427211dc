/* coverage.h -- whether a document has enough of a query to be a partial match: at
 * least half of the idf of its words, as the score weighs them. More than six words
 * are a sentence or a question, of which even the right answer may lack most: then it
 * is half of what the four rarest weigh (docs/DECISIONS.md, "Ranking").
 *
 *     worth of the query   the weights of its different words and expansions, boosts
 *                          and all, wherever they stand (dx_weights.enough is half)
 *     what a document has  of each of these the weight by the list that it is in; and
 *                          the weights of what stands in for words that it lacks
 *
 * So a word counts like this, weights being those of score/weights.h:
 *
 *     typed with marks     in full in that spelling, DX_WEIGHT_FALLBACK of the folded
 *                          idf in another
 *     read                 in full as it is read, else its fallback
 *     `*`, `?`, `~`        once, by the documents with any of the terms
 *     in phrases, NEAR,    like any word: by its list, wherever in the document it
 *     OR, fields           stands
 *     repeated             once, with its largest boost
 *     in no document       not at all: nothing could have it
 *     pairs                not at all: their words do
 *     alternatives         nothing of the query's worth; a document has their weight
 *
 * Neither frequencies nor lengths nor age count. */
#ifndef DX_SEARCHER_MATCH_SCORE_COVERAGE_H
#define DX_SEARCHER_MATCH_SCORE_COVERAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "searcher/match/evaluate/bitset.h"
#include "searcher/match/score/plan.h"
#include "searcher/match/score/score.h"

typedef struct dx_coverage {
    const dx_scored_list **lists; /* those that count */
    uint32_t list_count;
    struct dx_share *shares; /* of these, each list of documents, the largest first */
    uint32_t share_count;
    double least;
} dx_coverage;

/** Prepares for the segment of `s`, which must outlive it and was made of the same
 *  plan. Memory is the arena's. Fails with NOMEM. */
DX_NODISCARD dx_status dx_coverage_init(dx_coverage *c, const dx_plan *plan,
    const dx_scorer *s, dx_arena *arena);

/** Drops from `set` documents of `window` that have too little, until at most `few`
 *  are left or no more of them can be told without a look at each. *matched: all that
 *  are left have something of the query. `sure`, unless NULL, gets those of them that
 *  surely have enough. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_coverage_keep(dx_coverage *c, uint32_t window,
    uint32_t few, dx_bitset *set, dx_bitset *sure, bool *matched);

/** Whether document `d` of the window that the scorer has sought has enough. */
bool dx_coverage_is_enough(const dx_coverage *c, uint32_t d);

/** How many documents of `set`, likewise, have enough. */
uint32_t dx_coverage_count(const dx_coverage *c, const dx_bitset *set);

#endif
