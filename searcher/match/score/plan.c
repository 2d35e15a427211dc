/* All that is known of a query before any document is scored. */
#include "searcher/match/score/plan.h"

#include "searcher/match/evaluate/alternative.h"

dx_status dx_plan_make(const dx_generation *g, const dx_query *q,
    bool exact_accents, dx_deadline *deadline, dx_arena *arena, dx_plan *out)
{
    *out = (dx_plan){.weights = {.list = NULL}};
    DX_TRY(dx_lookup_make(g, q, exact_accents, deadline, arena, &out->lookup));
    DX_TRY(dx_alternatives_find(&out->lookup, deadline, arena,
        &out->alternatives));
    DX_TRY(dx_summands_make(q, exact_accents, &out->alternatives, arena,
        &out->summands));
    return dx_stats_gather(&out->lookup, &out->alternatives, &out->summands,
        arena, &out->stats);
}

dx_status dx_plan_weigh(dx_plan *p, const dx_stats *stats, dx_arena *arena)
{
    return dx_weights_make(&p->summands, stats, arena, &p->weights);
}
