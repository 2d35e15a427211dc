/* The counts of a collection that a query's weights are made of. */
#include "searcher/match/stats.h"

#include "common/index/codec/list.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/pairs.h"
#include "common/index/segment/segment.h"

static dx_status add_pair(const dx_segment *s, const dx_word_ids *ids,
    const dx_summand *t, dx_summand_df *df)
{
    uint32_t first = ids[t->word].folded, second = ids[t->second].folded;
    dx_list list;

    if (first == DX_ID_NONE || second == DX_ID_NONE)
        return DX_OK;
    DX_TRY(dx_segment_pair_list(s, first, second, &list));
    df->folded += list.df;
    return DX_OK;
}

static dx_status add_word(const dx_segment *s, const dx_word_ids *ids,
    const dx_summand *t, dx_summand_df *df)
{
    dx_list list;

    if (t->by_folded) {
        DX_TRY(dx_segment_folded_list(s, ids[t->word].folded, &list));
        df->folded += list.df;
    }
    if (t->by_exact) {
        DX_TRY(dx_segment_exact_list(s, ids[t->word].scored, &list));
        df->exact += list.df;
    }
    return DX_OK;
}

/* Adds what segment number `segment` has of a summand. */
static dx_status add_segment(const dx_lookup *lookup,
    const dx_alternative_lists *alternatives, size_t segment,
    const dx_summand *t, dx_summand_df *df)
{
    const dx_segment *s = lookup->generation->segments[segment];
    const dx_word_ids *ids = dx_lookup_ids(lookup, segment);

    switch (t->kind) {
    case DX_SUMMAND_WORD:
        return add_word(s, ids, t, df);
    case DX_SUMMAND_PAIR:
        return add_pair(s, ids, t, df);
    case DX_SUMMAND_EXPANSION:
        df->folded += dx_lookup_expansion(lookup, segment, t->word)->df;
        break;
    case DX_SUMMAND_ALTERNATIVE:
        df->folded += dx_alternative_list_at(alternatives, segment, t->slot)->df;
        break;
    }
    return DX_OK;
}

dx_status dx_stats_gather(const dx_lookup *lookup,
    const dx_alternative_lists *alternatives, const dx_summands *summands,
    dx_arena *arena, dx_stats *out)
{
    const dx_generation *g = lookup->generation;

    *out = (dx_stats){.docs = g->docs, .length_sum = g->length_sum,
        .dfs = dx_arena_calloc(arena, summands->count + (size_t)1,
            sizeof *out->dfs),
        .count = summands->count};
    if (!out->dfs)
        return DX_ERR_NOMEM;
    for (size_t s = 0; s < g->segment_count; s++)
        for (uint32_t i = 0; i < summands->count; i++)
            DX_TRY(add_segment(lookup, alternatives, s, &summands->list[i],
                &out->dfs[i]));
    return DX_OK;
}
