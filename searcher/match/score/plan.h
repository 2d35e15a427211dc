/* plan.h -- all that is known of a query before any document is scored, made
 * step by step:
 *
 *     look words and filters up   lookup/lookup.h        ids, sets
 *     find alternatives           evaluate/alternative.h sets
 *     list what is summed up      summand.h
 *     count                       stats.h                document frequencies
 *     weigh                       score/weights.h
 *
 * The last step is a call of its own, for it may go by counts of a larger
 * collection than what was looked up in. */
#ifndef DX_SEARCHER_MATCH_SCORE_PLAN_H
#define DX_SEARCHER_MATCH_SCORE_PLAN_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/match/evaluate/alternative_lists.h"
#include "searcher/match/lookup/deadline.h"
#include "searcher/match/lookup/lookup.h"
#include "searcher/match/score/weights.h"
#include "searcher/match/stats.h"
#include "searcher/match/summand.h"
#include "searcher/query/query.h"

typedef struct dx_plan { /* all arrays in the caller's arena */
    dx_lookup lookup;
    dx_alternative_lists alternatives;
    dx_summands summands;
    dx_stats stats; /* of what was looked up in */
    dx_weights weights;
} dx_plan;

/** Does every step but the last. `g` and `q` must outlive the plan; `deadline`
 *  is needed for the call only. Thread-safe. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_plan_make(const dx_generation *g, const dx_query *q,
    bool exact_accents, dx_deadline *deadline, dx_arena *arena, dx_plan *out);

/** The last one: by `stats`, gathered for the same query; those of the plan
 *  itself, or sums with others. Fails with NOMEM. */
DX_NODISCARD dx_status dx_plan_weigh(dx_plan *p, const dx_stats *stats,
    dx_arena *arena);

#endif
