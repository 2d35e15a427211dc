/* Which terms of a segment mention the words of a query. */
#include "searcher/match/rank/mentions.h"

#include <math.h>
#include <string.h>

#include "common/index/codec/bm25.h"
#include "common/index/segment/dictionary.h"
#include "searcher/match/lookup/lookup.h"
#include "searcher/match/summand.h"

typedef struct finder {
    const dx_plan *plan;
    uint32_t segment;
    dx_arena *arena;
    dx_mentions *out;
} finder;

static uint64_t steps(double weight)
{
    return (uint64_t)llround(weight / (DX_BM25_K1 + 1.0) * DX_MENTION_UNIT);
}

uint64_t dx_mention_worth(const dx_plan *plan, uint32_t summand)
{
    const dx_summand *t = &plan->summands.list[summand];
    const dx_weight *w = &plan->weights.list[summand];
    uint64_t exact = t->by_exact ? steps(w->exact) : 0;
    uint64_t folded = t->by_folded ? steps(w->folded) : 0;

    return exact > folded ? exact : folded;
}

static const dx_segment *segment_of(const finder *f)
{
    return f->plan->lookup.generation->segments[f->segment];
}

/* ---- terms ---- */

static dx_id_spans *new_spans(finder *f, uint32_t count)
{
    return dx_arena_calloc(f->arena, count, sizeof(dx_id_spans));
}

static dx_status set_span(finder *f, dx_id_span span, dx_id_spans *out)
{
    dx_id_span *at = dx_arena_alloc(f->arena, sizeof *at);

    if (!at)
        return DX_ERR_NOMEM;
    *at = span;
    *out = (dx_id_spans){at, 1};
    return DX_OK;
}

static dx_id_span exact_span(uint32_t exact)
{
    return exact == DX_ID_NONE ? (dx_id_span){0, 0}
                               : (dx_id_span){exact, exact + 1};
}

static dx_id_span folded_span(const finder *f, uint32_t folded)
{
    dx_id_span span = {0, 0};

    if (folded != DX_ID_NONE)
        dx_segment_exact_range(segment_of(f), folded, folded + 1, &span.first,
            &span.end);
    return span;
}

/* Whoever is one of a row has to be tried with the row. */
static void note_ids(finder *f, dx_id_span ids, bool alone)
{
    uint32_t mention = f->out->count;

    if (ids.end - ids.first > DX_MENTIONS_TABLE)
        ids.end = ids.first + DX_MENTIONS_TABLE;
    for (uint32_t id = ids.first; id < ids.end; id++) {
        uint8_t *of = &f->out->of_id[id % DX_MENTIONS_TABLE];
        *of = *of == DX_MENTION_NONE && alone && mention < DX_MENTION_ANY
                  ? (uint8_t)mention
                  : DX_MENTION_ANY;
    }
}

static void add(finder *f, dx_mention m)
{
    for (uint32_t i = 0; i < m.count; i++) {
        dx_term_finder_add(&f->out->terms, m.terms[i]);
        for (uint32_t k = 0; k < m.terms[i].count; k++)
            note_ids(f, m.terms[i].at[k], m.count == 1);
    }
    f->out->list[f->out->count++] = m;
}

static dx_status add_one(finder *f, uint32_t word, uint64_t worth,
    dx_id_span span)
{
    dx_id_spans *terms = new_spans(f, 1);

    if (!terms)
        return DX_ERR_NOMEM;
    if (span.first == span.end || worth == 0)
        return DX_OK;
    DX_TRY(set_span(f, span, terms));
    add(f, (dx_mention){word, worth, 1, terms});
    return DX_OK;
}

/* ---- words ---- */

/* The folded ones but for the exact one, which has a mention of its own: then most
 * terms are of one mention. */
static dx_status add_others(finder *f, uint32_t word, uint64_t worth,
    dx_id_span folded, uint32_t exact)
{
    dx_id_spans *terms = new_spans(f, 1);
    dx_id_span *at = dx_arena_calloc(f->arena, 2, sizeof *at);
    uint32_t count = 0;

    if (!terms || !at)
        return DX_ERR_NOMEM;
    if (exact < folded.first || exact >= folded.end)
        exact = folded.end;
    if (folded.first < exact)
        at[count++] = (dx_id_span){folded.first, exact};
    if (exact + 1 < folded.end)
        at[count++] = (dx_id_span){exact + 1, folded.end};
    *terms = (dx_id_spans){at, count};
    if (count > 0 && worth > 0)
        add(f, (dx_mention){word, worth, 1, terms});
    return DX_OK;
}

static dx_status add_word(finder *f, uint32_t summand, uint32_t word)
{
    const dx_summand *t = &f->plan->summands.list[summand];
    const dx_weight *w = &f->plan->weights.list[summand];
    const dx_word_ids *ids =
        &dx_lookup_ids(&f->plan->lookup, f->segment)[t->word];
    uint32_t exact = t->by_exact ? ids->scored : DX_ID_NONE;
    bool others = t->by_folded &&
                  (!t->by_exact || t->fallback >= DX_MENTION_LEAST);
    uint64_t worth = others ? steps(w->folded) : 0;

    if (exact != DX_ID_NONE)
        DX_TRY(add_one(f, word,
            steps(w->exact) > worth ? steps(w->exact) : worth,
            (dx_id_span){exact, exact + 1}));
    return others ? add_others(f, word, worth, folded_span(f, ids->folded),
                        exact)
                  : DX_OK;
}

/* A row of terms, as they are spelt where they were given with marks. It is worth no
 * more than the word itself, however rare it is. */
static dx_status add_alternative(finder *f, uint32_t summand, uint32_t of,
    uint32_t word)
{
    const dx_query *q = f->plan->lookup.query;
    const dx_node *n = &q->nodes[f->plan->summands.list[summand].node];
    const dx_word_ids *ids = dx_lookup_ids(&f->plan->lookup, f->segment);
    dx_id_spans *terms = new_spans(f, n->count);
    uint64_t worth = steps(f->plan->weights.list[summand].folded);
    uint64_t most = dx_mention_worth(f->plan, of);

    if (!terms)
        return DX_ERR_NOMEM;
    if (n->count == 0 || n->count > DX_MENTION_ROW_MAX)
        return DX_OK;
    for (uint32_t i = 0; i < n->count; i++) {
        uint32_t w = n->first + i;
        dx_id_span span = q->words[w].marked ? exact_span(ids[w].exact)
                                             : folded_span(f, ids[w].folded);
        if (q->words[w].kind != DX_WORD_TERM || span.first == span.end)
            return DX_OK;
        DX_TRY(set_span(f, span, &terms[i]));
    }
    add(f, (dx_mention){word, worth < most ? worth : most, n->count, terms});
    return DX_OK;
}

static bool stands_in_for(const dx_plan *plan, uint32_t alternative,
    uint32_t summand)
{
    const dx_summand *a = &plan->summands.list[alternative];

    return a->kind == DX_SUMMAND_ALTERNATIVE && a->unless != DX_WORD_NONE &&
           dx_summand_is_word(plan->lookup.query,
               &plan->summands.list[summand], a->unless);
}

bool dx_mention_is_replaceable(const dx_plan *plan, uint32_t summand)
{
    for (uint32_t a = summand + 1; a < plan->summands.count; a++)
        if (stands_in_for(plan, a, summand))
            return true;
    return false;
}

static dx_status add_all_of_word(finder *f, uint32_t summand, uint32_t word)
{
    const dx_summands *s = &f->plan->summands;

    DX_TRY(add_word(f, summand, word));
    for (uint32_t a = summand + 1; a < s->count; a++)
        if (stands_in_for(f->plan, a, summand))
            DX_TRY(add_alternative(f, a, summand, word));
    return DX_OK;
}

dx_status dx_mentions_find(const dx_plan *plan, uint32_t segment,
    dx_arena *arena, dx_mentions *out)
{
    const dx_summands *s = &plan->summands;
    size_t room = 2 * (size_t)s->count;
    finder f = {plan, segment, arena, out};
    uint32_t word = 0;

    out->list = NULL;
    out->count = 0;
    dx_term_finder_init(&out->terms, segment_of(&f));
    memset(out->of_id, DX_MENTION_NONE, sizeof out->of_id);
    /* a word that several summands are of has its alternatives with each */
    for (uint32_t i = 0; i < s->count; i++)
        for (uint32_t a = i + 1; a < s->count; a++)
            room += stands_in_for(plan, a, i);
    out->list = dx_arena_alloc(arena, (room + 1) * sizeof *out->list);
    if (!out->list)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < s->count; i++)
        if (s->list[i].kind == DX_SUMMAND_WORD)
            DX_TRY(add_all_of_word(&f, i, word++));
    return DX_OK;
}
