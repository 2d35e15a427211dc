/* What each summand of a query weighs. */
#include "searcher/match/score/weights.h"

#include "common/index/codec/bm25.h"

/* A guess counts as rare as half-way between its list and the folded one. */
static dx_weight weigh(const dx_summand *t, uint64_t docs, dx_summand_df df)
{
    double unit = t->boost * (DX_BM25_K1 + 1.0);

    if (t->kind == DX_SUMMAND_PAIR)
        unit *= DX_WEIGHT_PAIR;
    double exact = dx_bm25_idf(docs, df.exact);
    double folded = dx_bm25_idf(docs, df.folded);
    return (dx_weight){
        .exact = unit * (t->guessed ? (exact + folded) / 2.0 : exact),
        .folded = unit * folded * t->fallback};
}

dx_status dx_weights_make(const dx_summands *summands, const dx_stats *stats,
    dx_arena *arena, dx_weights *out)
{
    *out = (dx_weights){.count = summands->count,
        .list = dx_arena_calloc(arena, summands->count + (size_t)1,
            sizeof *out->list),
        .average_length = dx_stats_average_length(stats)};
    if (!out->list)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < summands->count; i++)
        out->list[i] = weigh(&summands->list[i], stats->docs, stats->dfs[i]);
    return DX_OK;
}
