#include "searcher/match/lookup/plan.h"

#include <string.h>

#include "common/index/codec/bm25.h"
#include "common/index/codec/list.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/pairs.h"
#include "common/index/segment/segment.h"
#include "common/text/term.h"
#include "searcher/match/evaluate/alternative.h"
#include "searcher/match/lookup/expand.h"

bool dx_plan_is_strict(const dx_plan *p, const dx_node *node, bool exactly,
    uint32_t word)
{
    const dx_query_word *w = &p->query->words[word];

    return p->exact_accents || w->strict ||
           (w->marked && (exactly || node->kind != DX_NODE_WORD));
}

static bool is_expanded(const dx_query *q, uint32_t word)
{
    return q->words[word].kind != DX_WORD_TERM;
}

bool dx_plan_has_own_list(const dx_plan *p, const dx_node *node)
{
    return node->kind == DX_NODE_WORD && node->field == DX_IN_ANY &&
           !node->at_start && !is_expanded(p->query, node->first);
}

/* Whether `word` scores by its reading. */
static bool reads_otherwise(const dx_plan *p, uint32_t word)
{
    const dx_query_word *w = &p->query->words[word];

    return w->reading.len && !p->exact_accents && !w->strict;
}

/* ---- summands ---- */

static bool same_word(const dx_query *q, uint32_t a, uint32_t b)
{
    const dx_query_word *x = &q->words[a], *y = &q->words[b];

    return dx_str_eq(x->exact, y->exact) && dx_str_eq(x->folded, y->folded) &&
           dx_str_eq(x->reading, y->reading);
}

/* A pair is one of folded words, so marks do not tell two pairs apart. */
static bool same_summand(const dx_query *q, const dx_summand *s,
    const dx_summand *t)
{
    if (s->kind != t->kind || s->kind == DX_SUMMAND_MADE)
        return false;
    if (s->kind == DX_SUMMAND_WORD)
        return same_word(q, s->word, t->word) && s->by_exact == t->by_exact &&
               s->by_folded == t->by_folded && s->fallback == t->fallback;
    return dx_str_eq(q->words[s->word].folded, q->words[t->word].folded) &&
           dx_str_eq(q->words[s->second].folded, q->words[t->second].folded);
}

static void add_summand(dx_plan *p, dx_summand s)
{
    for (uint32_t i = 0; i < p->summand_count; i++) {
        if (same_summand(p->query, &p->summands[i], &s)) {
            p->summands[i].count++;
            if (s.boost > p->summands[i].boost)
                p->summands[i].boost = s.boost;
            return;
        }
    }
    s.count = 1;
    p->summands[p->summand_count++] = s;
}

static void add_word(dx_plan *p, uint32_t word, double boost)
{
    const dx_query_word *w = &p->query->words[word];
    bool strict = p->exact_accents || w->strict;
    dx_summand s = {.kind = DX_SUMMAND_WORD, .word = word, .boost = boost,
        .by_exact = w->marked || strict, .by_folded = !strict,
        .fallback = 1.0, .node = DX_NODE_NONE, .unless = DX_WORD_NONE};

    if (is_expanded(p->query, word)) {
        s.kind = DX_SUMMAND_MADE;
        s.slot = dx_plan_word_slot(p, word);
        s.by_folded = true;
        s.by_exact = false;
    } else if (reads_otherwise(p, word)) {
        s.by_exact = true;
        s.guessed = !dx_str_eq(w->reading, w->exact);
        s.fallback = w->fallback;
    } else if (s.by_exact) {
        s.fallback = DX_WEIGHT_FALLBACK;
    }
    add_summand(p, s);
}

static void add_pair(dx_plan *p, uint32_t first, uint32_t second, double boost)
{
    if (!is_expanded(p->query, first) && !is_expanded(p->query, second))
        add_summand(p, (dx_summand){.kind = DX_SUMMAND_PAIR, .word = first,
                           .second = second, .by_folded = true,
                           .fallback = 1.0, .boost = boost,
                           .node = DX_NODE_NONE, .unless = DX_WORD_NONE});
}

static bool has_words_in_a_row(const dx_node *n)
{
    return n->kind == DX_NODE_WORD || n->kind == DX_NODE_PHRASE ||
           n->kind == DX_NODE_QUORUM;
}

static void add_words(dx_plan *p, const dx_node *n, const dx_node *before,
    double boost)
{
    uint32_t end = n->only_pairs ? n->first : n->first + n->count;

    (void)before;
    for (uint32_t w = n->first; w < end; w++)
        add_word(p, w, boost);
}

static void add_pairs(dx_plan *p, const dx_node *n, const dx_node *before,
    double boost)
{
    if (n->joined && before && has_words_in_a_row(before))
        add_pair(p, before->first + before->count - 1, n->first, boost);
    for (uint32_t w = n->first; w + 1 < n->first + n->count; w++)
        add_pair(p, w, w + 1, boost);
}

static void add_alternatives(dx_plan *p, const dx_node *n,
    const dx_node *before, double boost)
{
    const dx_node *nodes = p->query->nodes;

    uint32_t unless = dx_plan_has_own_list(p, n) ? n->first : DX_WORD_NONE;

    (void)before;
    if (dx_plan_node_slot(p, n) == DX_SLOT_NONE)
        return;
    for (uint32_t a = n->alternative; a != DX_NODE_NONE; a = nodes[a].next)
        add_summand(p, (dx_summand){.kind = DX_SUMMAND_MADE, .node = a,
                           .word = nodes[a].first, .slot = p->node_slots[a],
                           .unless = unless, .by_folded = true,
                           .fallback = 1.0, .boost = boost * nodes[a].boost});
}

/* Calls `add` for all that has words. What is excluded has no score. */
static void add_below(dx_plan *p, const dx_node *parent, double boost,
    void (*add)(dx_plan *p, const dx_node *n, const dx_node *before,
        double boost))
{
    const dx_node *nodes = p->query->nodes, *before = NULL;

    for (uint32_t c = parent->child; c != DX_NODE_NONE; c = nodes[c].next) {
        const dx_node *n = &nodes[c];
        if (has_words_in_a_row(n))
            add(p, n, before, boost * n->boost);
        else if (n->kind != DX_NODE_NOT)
            add_below(p, n, boost * n->boost, add);
        before = n;
    }
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
            (dx_word_ids){DX_ID_NONE, DX_ID_NONE, DX_ID_NONE, DX_ID_NONE,
                DX_ID_NONE};
        if (is_expanded(q, w))
            continue;
        ids[w].folded = dx_segment_find_folded(s, q->words[w].folded);
        if (ids[w].folded == DX_ID_NONE)
            continue;
        ids[w].exact =
            dx_segment_find_exact(s, ids[w].folded, q->words[w].exact);
        ids[w].scored = reads_otherwise(p, w)
                            ? dx_segment_find_exact(s, ids[w].folded,
                                  q->words[w].reading)
                            : ids[w].exact;
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

    if (t->kind == DX_SUMMAND_MADE) {
        t->folded_df += dx_plan_made(p, segment, t->slot)->df;
        return DX_OK;
    }
    if (t->kind == DX_SUMMAND_PAIR) {
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
        DX_TRY(dx_segment_exact_list(s, ids[t->word].scored, &list));
        t->exact_df += list.df;
    }
    return DX_OK;
}

static void weigh(const dx_plan *p, dx_summand *t)
{
    uint64_t docs = p->generation->docs;
    double unit = t->boost * (DX_BM25_K1 + 1.0);

    if (t->kind == DX_SUMMAND_PAIR)
        unit *= DX_WEIGHT_PAIR;
    double exact = dx_bm25_idf(docs, t->exact_df);
    double folded = dx_bm25_idf(docs, t->folded_df);
    t->exact_weight = unit * (t->guessed ? (exact + folded) / 2.0 : exact);
    t->folded_weight = unit * folded * t->fallback;
}

/* One for each word that they stand for. */
static size_t count_alternatives(const dx_query *q)
{
    size_t count = 0;

    for (uint32_t i = 0; i < q->node_count; i++)
        for (uint32_t a = q->nodes[i].alternative; a != DX_NODE_NONE;
             a = q->nodes[a].next)
            count++;
    return count;
}

static dx_status make_room(dx_plan *p, dx_arena *arena)
{
    const dx_query *q = p->query;
    size_t summands = 2 * (size_t)q->word_count + q->node_count +
                      count_alternatives(q) + 1;

    p->summands = dx_arena_alloc(arena, summands * sizeof *p->summands);
    p->ids = dx_arena_alloc(arena,
        (p->generation->segment_count * q->word_count + 1) * sizeof *p->ids);
    return p->summands && p->ids ? DX_OK : DX_ERR_NOMEM;
}

static uint32_t *no_slots(dx_arena *arena, uint32_t count)
{
    uint32_t *slots = dx_arena_alloc(arena, (count + 1) * sizeof *slots);

    for (uint32_t i = 0; slots && i < count; i++)
        slots[i] = DX_SLOT_NONE;
    return slots;
}

dx_status dx_plan_add_slot(dx_plan *p, dx_arena *arena, uint32_t *slot)
{
    const dx_query *q = p->query;

    if (!p->made) {
        p->slot_cap = q->word_count + q->node_count;
        p->word_slots = no_slots(arena, q->word_count);
        p->node_slots = no_slots(arena, q->node_count);
        p->made = dx_arena_calloc(arena,
            p->generation->segment_count * p->slot_cap, sizeof *p->made);
    }
    *slot = p->slot_count++;
    return p->made && p->word_slots && p->node_slots ? DX_OK : DX_ERR_NOMEM;
}

dx_status dx_plan_make(const dx_generation *g, const dx_query *q,
    bool exact_accents, dx_deadline *deadline, dx_arena *arena, dx_plan *out)
{
    *out = (dx_plan){.generation = g, .query = q, .deadline = deadline,
        .exact_accents = exact_accents, .average_length = 1.0};
    if (g->docs && g->length_sum)
        out->average_length = (double)g->length_sum / (double)g->docs;
    DX_TRY(make_room(out, arena));
    for (size_t s = 0; s < g->segment_count; s++)
        find_words(out, s);
    DX_TRY(dx_plan_expand(out, arena));
    DX_TRY(dx_plan_alternatives(out, arena));
    add_below(out, &q->nodes[0], q->nodes[0].boost, add_words);
    add_below(out, &q->nodes[0], q->nodes[0].boost, add_pairs);
    add_below(out, &q->nodes[0], q->nodes[0].boost, add_alternatives);
    for (size_t s = 0; s < g->segment_count; s++)
        for (uint32_t i = 0; i < out->summand_count; i++)
            DX_TRY(count_summand(out, s, &out->summands[i]));
    for (uint32_t i = 0; i < out->summand_count; i++)
        weigh(out, &out->summands[i]);
    return DX_OK;
}
