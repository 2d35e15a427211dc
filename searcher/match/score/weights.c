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

#define SHARE_ENOUGH 0.5
#define WORDS_ALL 6u  /* all of up to so many words count, of more … */
#define WORDS_BEST 4u /* … so many */

/* The words that weigh most, the heaviest first. */
typedef struct worths {
    double best[WORDS_ALL];
    uint32_t words;
} worths;

static void put_worth(worths *w, double worth)
{
    uint32_t at = w->words < WORDS_ALL ? w->words : WORDS_ALL;

    if (worth <= 0.0)
        return;
    w->words++;
    for (; at > 0 && w->best[at - 1] < worth; at--)
        if (at < WORDS_ALL)
            w->best[at] = w->best[at - 1];
    if (at < WORDS_ALL)
        w->best[at] = worth;
}

static double enough_of(const worths *w)
{
    uint32_t count = w->words > WORDS_ALL ? WORDS_BEST : w->words;
    double sum = 0.0;

    for (uint32_t i = 0; i < count; i++)
        sum += w->best[i];
    return SHARE_ENOUGH * sum;
}

/* What a document has of a word that has it as it counts most. */
static double worth_of(const dx_summand *t, dx_weight w, dx_summand_df df)
{
    if (t->kind == DX_SUMMAND_PAIR || t->kind == DX_SUMMAND_ALTERNATIVE)
        return 0.0;
    return df.exact ? w.exact : df.folded ? w.folded : 0.0;
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
    worths all = {.words = 0};
    for (uint32_t i = 0; i < summands->count; i++) {
        const dx_summand *t = &summands->list[i];
        out->list[i] = weigh(t, stats->docs, stats->dfs[i]);
        put_worth(&all, worth_of(t, out->list[i], stats->dfs[i]));
    }
    out->enough = enough_of(&all);
    return DX_OK;
}
