/* weights.h -- what each summand of a query weighs: its rarity in the collection
 * and the boosts that the query gives it, all of BM25 that is the same for every
 * document. */
#ifndef DX_SEARCHER_MATCH_SCORE_WEIGHTS_H
#define DX_SEARCHER_MATCH_SCORE_WEIGHTS_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "searcher/match/stats.h"
#include "searcher/match/summand.h"

#define DX_WEIGHT_PAIR 0.5

typedef struct dx_weight { /* of one summand, by the list that a document is in */
    double exact, folded;
} dx_weight;

typedef struct dx_weights {
    dx_weight *list; /* [summand], in the caller's arena */
    uint32_t count;
    double enough; /* of the words' worth, for a partial match: coverage.h */
    double average_length; /* of a document of the collection */
} dx_weights;

/** Weighs `summands` by `stats`, which were counted for the same summands: in this
 *  index or in whatever collection it is a part of. Thread-safe. Fails with
 *  NOMEM. */
DX_NODISCARD dx_status dx_weights_make(const dx_summands *summands,
    const dx_stats *stats, dx_arena *arena, dx_weights *out);

#endif
