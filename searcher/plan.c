#include "searcher/plan.h"

#include <string.h>

#include "common/index/bm25.h"
#include "common/text/analyzer.h"

bool dx_plan_is_strict(const dx_plan *p, const dx_node *node, bool negated,
    uint32_t word)
{
    const dx_query_word *w = &p->query->words[word];
    bool exactly = negated || node->kind != DX_NODE_WORD;

    return p->exact_accents || w->strict || (w->marked && exactly);
}

/* ---- summands ---- */

static bool same_word(const dx_query *q, uint32_t a, uint32_t b)
{
    const dx_query_word *x = &q->words[a], *y = &q->words[b];

    return dx_str_eq(x->exact, y->exact) && dx_str_eq(x->folded, y->folded);
}

/* A pair is one of folded words, so marks do not tell two pairs apart. */
static bool same_summand(const dx_query *q, const dx_summand *s,
    const dx_summand *t)
{
    if (s->pair != t->pair)
        return false;
    if (!s->pair)
        return same_word(q, s->word, t->word);
    return dx_str_eq(q->words[s->word].folded, q->words[t->word].folded) &&
           dx_str_eq(q->words[s->second].folded, q->words[t->second].folded);
}

static void add_summand(dx_plan *p, dx_summand s)
{
    for (uint32_t i = 0; i < p->summand_count; i++) {
        if (same_summand(p->query, &p->summands[i], &s)) {
            p->summands[i].count++;
            return;
        }
    }
    s.count = 1;
    p->summands[p->summand_count++] = s;
}

static void add_words(dx_plan *p, const dx_node *n)
{
    for (uint32_t w = n->first; w < n->first + n->count; w++) {
        bool marked = p->query->words[w].marked;
        add_summand(p, (dx_summand){.word = w,
                           .by_exact = marked || p->exact_accents,
                           .by_folded = !p->exact_accents});
    }
}

static void add_pairs(dx_plan *p, const dx_node *n)
{
    uint32_t first = n->joined ? n->first - 1 : n->first;

    for (uint32_t w = first; w + 1 < n->first + n->count; w++)
        add_summand(p, (dx_summand){.word = w, .second = w + 1, .pair = true,
                           .by_folded = true});
}

/* What is excluded has no score. */
static void add_children(dx_plan *p, const dx_node *parent,
    void (*add)(dx_plan *p, const dx_node *n))
{
    const dx_node *nodes = p->query->nodes;

    for (uint32_t c = parent->child; c != DX_NODE_NONE; c = nodes[c].next)
        if (nodes[c].kind == DX_NODE_WORD || nodes[c].kind == DX_NODE_PHRASE)
            add(p, &nodes[c]);
}

/* ---- looking up ---- */

static void find_title(const dx_segment *s, const dx_query_word *w,
    dx_word_ids *ids)
{
    char key[DX_TERM_MAX_BYTES + 1] = {DX_TITLE_MARK};

    memcpy(key + 1, w->folded.ptr, w->folded.len);
    ids->title_folded =
        dx_segment_find_folded(s, (dx_str){key, w->folded.len + 1});
    if (ids->title_folded == DX_ID_NONE)
        return;
    memcpy(key + 1, w->exact.ptr, w->exact.len);
    ids->title_exact = dx_segment_find_exact(s, ids->title_folded,
        (dx_str){key, w->exact.len + 1});
}

static void find_words(dx_plan *p, size_t segment)
{
    const dx_segment *s = p->generation->segments[segment];
    const dx_query *q = p->query;
    dx_word_ids *ids = p->ids + segment * q->word_count;

    for (uint32_t w = 0; w < q->word_count; w++) {
        ids[w] =
            (dx_word_ids){DX_ID_NONE, DX_ID_NONE, DX_ID_NONE, DX_ID_NONE};
        ids[w].folded = dx_segment_find_folded(s, q->words[w].folded);
        if (ids[w].folded != DX_ID_NONE)
            ids[w].exact =
                dx_segment_find_exact(s, ids[w].folded, q->words[w].exact);
    }
    for (uint32_t i = 0; i < q->node_count; i++) {
        const dx_node *n = &q->nodes[i];
        uint32_t end = n->field == DX_IN_TITLE ? n->first + n->count : 0;
        for (uint32_t w = n->first; w < end; w++)
            if (ids[w].folded != DX_ID_NONE)
                find_title(s, &q->words[w], &ids[w]);
    }
}

static dx_status count_summand(dx_plan *p, size_t segment, dx_summand *t)
{
    const dx_segment *s = p->generation->segments[segment];
    const dx_word_ids *ids = dx_plan_ids(p, segment);
    dx_list list;

    if (t->pair) {
        if (ids[t->word].folded == DX_ID_NONE ||
            ids[t->second].folded == DX_ID_NONE)
            return DX_OK;
        DX_TRY(dx_segment_pair_list(s, ids[t->word].folded,
            ids[t->second].folded, &list));
        t->folded_df += list.df;
        return DX_OK;
    }
    if (t->by_folded) {
        DX_TRY(dx_segment_folded_list(s, ids[t->word].folded, &list));
        t->folded_df += list.df;
    }
    if (t->by_exact) {
        DX_TRY(dx_segment_exact_list(s, ids[t->word].exact, &list));
        t->exact_df += list.df;
    }
    return DX_OK;
}

static void weigh(const dx_plan *p, dx_summand *t)
{
    uint64_t docs = p->generation->docs;
    double unit = t->count * (DX_BM25_K1 + 1.0);

    if (t->pair)
        unit *= DX_WEIGHT_PAIR;
    t->exact_weight = unit * dx_bm25_idf(docs, t->exact_df);
    t->folded_weight = unit * dx_bm25_idf(docs, t->folded_df) *
                       (t->by_exact ? DX_WEIGHT_FALLBACK : 1.0);
}

dx_status dx_plan_make(const dx_generation *g, const dx_query *q,
    bool exact_accents, dx_arena *arena, dx_plan *out)
{
    *out = (dx_plan){.generation = g, .query = q,
        .exact_accents = exact_accents, .average_length = 1.0};
    if (g->docs && g->length_sum)
        out->average_length = (double)g->length_sum / (double)g->docs;
    out->summands = dx_arena_calloc(arena, 2 * (size_t)q->word_count + 1,
        sizeof *out->summands);
    out->ids = dx_arena_calloc(arena, g->segment_count * q->word_count + 1,
        sizeof *out->ids);
    if (!out->summands || !out->ids)
        return DX_ERR_NOMEM;
    add_children(out, &q->nodes[0], add_words);
    add_children(out, &q->nodes[0], add_pairs);
    for (size_t s = 0; s < g->segment_count; s++) {
        find_words(out, s);
        for (uint32_t i = 0; i < out->summand_count; i++)
            DX_TRY(count_summand(out, s, &out->summands[i]));
    }
    for (uint32_t i = 0; i < out->summand_count; i++)
        weigh(out, &out->summands[i]);
    return DX_OK;
}
