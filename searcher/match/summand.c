/* What the score of a document is the sum of, for one query. */
#include "searcher/match/summand.h"

#include "common/base/str.h"
#include "searcher/match/evaluate/node_role.h"
#include "searcher/match/lookup/lookup.h"

typedef struct lister {
    const dx_query *query;
    bool exact_accents;
    const dx_alternative_lists *alternatives;
    dx_summands *out;
} lister;

static bool is_expanded(const dx_query *q, uint32_t word)
{
    return q->words[word].kind != DX_WORD_TERM;
}

static bool same_word(const dx_query *q, uint32_t a, uint32_t b)
{
    const dx_query_word *x = &q->words[a], *y = &q->words[b];

    return dx_str_eq(x->exact, y->exact) && dx_str_eq(x->folded, y->folded) &&
           dx_str_eq(x->reading, y->reading);
}

bool dx_summand_is_word(const dx_query *q, const dx_summand *s, uint32_t word)
{
    return s->kind == DX_SUMMAND_WORD && same_word(q, s->word, word);
}

/* A pair is one of folded words, so marks do not tell two pairs apart. */
static bool same_summand(const dx_query *q, const dx_summand *s,
    const dx_summand *t)
{
    if (s->kind != t->kind)
        return false;
    switch (s->kind) {
    case DX_SUMMAND_WORD:
        return same_word(q, s->word, t->word) && s->by_exact == t->by_exact &&
               s->by_folded == t->by_folded && s->fallback == t->fallback;
    case DX_SUMMAND_PAIR:
        return dx_str_eq(q->words[s->word].folded, q->words[t->word].folded) &&
               dx_str_eq(q->words[s->second].folded,
                   q->words[t->second].folded);
    case DX_SUMMAND_EXPANSION:
    case DX_SUMMAND_ALTERNATIVE:
        break;
    }
    return false;
}

static void add_summand(lister *l, dx_summand s)
{
    dx_summands *out = l->out;

    for (uint32_t i = 0; i < out->count; i++) {
        if (same_summand(l->query, &out->list[i], &s)) {
            out->list[i].count++;
            if (s.boost > out->list[i].boost)
                out->list[i].boost = s.boost;
            return;
        }
    }
    s.count = 1;
    out->list[out->count++] = s;
}

/* One that has one list, in which it counts fully. */
static dx_summand summand_of(dx_summand_kind kind, uint32_t word, double boost)
{
    return (dx_summand){.kind = kind, .word = word, .boost = boost,
        .by_folded = true, .fallback = 1.0, .node = DX_NODE_NONE,
        .unless = DX_WORD_NONE};
}

static void add_word(lister *l, uint32_t word, double boost)
{
    const dx_query_word *w = &l->query->words[word];
    bool strict = l->exact_accents || w->strict;
    dx_summand s = summand_of(DX_SUMMAND_WORD, word, boost);

    if (is_expanded(l->query, word)) {
        s.kind = DX_SUMMAND_EXPANSION;
        add_summand(l, s);
        return;
    }
    s.by_folded = !strict;
    s.by_exact = w->marked || strict;
    if (dx_word_is_read(w, l->exact_accents)) {
        s.by_exact = true;
        s.guessed = !dx_str_eq(w->reading, w->exact);
        s.fallback = w->fallback;
    } else if (s.by_exact) {
        s.fallback = DX_WEIGHT_FALLBACK;
    }
    add_summand(l, s);
}

static void add_pair(lister *l, uint32_t first, uint32_t second, double boost)
{
    dx_summand s = summand_of(DX_SUMMAND_PAIR, first, boost);

    s.second = second;
    if (!is_expanded(l->query, first) && !is_expanded(l->query, second))
        add_summand(l, s);
}

/* ---- the nodes of a query ---- */

static bool has_words_in_a_row(const dx_node *n)
{
    return n->kind == DX_NODE_WORD || n->kind == DX_NODE_PHRASE ||
           n->kind == DX_NODE_QUORUM;
}

static void add_words(lister *l, const dx_node *n, const dx_node *before,
    double boost)
{
    uint32_t end = n->only_pairs ? n->first : n->first + n->count;

    (void)before;
    for (uint32_t w = n->first; w < end; w++)
        add_word(l, w, boost);
}

static void add_pairs(lister *l, const dx_node *n, const dx_node *before,
    double boost)
{
    if (n->joined && before && has_words_in_a_row(before))
        add_pair(l, before->first + before->count - 1, n->first, boost);
    for (uint32_t w = n->first; w + 1 < n->first + n->count; w++)
        add_pair(l, w, w + 1, boost);
}

static void add_alternatives(lister *l, const dx_node *n,
    const dx_node *before, double boost)
{
    const dx_query *q = l->query;
    const dx_node *nodes = q->nodes;

    (void)before;
    if (dx_alternative_slot(l->alternatives, (size_t)(n - nodes)) ==
        DX_SLOT_NONE)
        return;
    for (uint32_t a = n->alternative; a != DX_NODE_NONE; a = nodes[a].next) {
        dx_summand s = summand_of(DX_SUMMAND_ALTERNATIVE, nodes[a].first,
            boost * nodes[a].boost);
        s.node = a;
        s.slot = dx_alternative_slot(l->alternatives, a);
        if (dx_node_has_own_list(q, n))
            s.unless = n->first;
        add_summand(l, s);
    }
}

/* Calls `add` for all that has words. What is excluded has no score. */
static void add_below(lister *l, const dx_node *parent, double boost,
    void (*add)(lister *l, const dx_node *n, const dx_node *before,
        double boost))
{
    const dx_node *nodes = l->query->nodes, *before = NULL;

    for (uint32_t c = parent->child; c != DX_NODE_NONE; c = nodes[c].next) {
        const dx_node *n = &nodes[c];
        if (has_words_in_a_row(n))
            add(l, n, before, boost * n->boost);
        else if (n->kind != DX_NODE_NOT)
            add_below(l, n, boost * n->boost, add);
        before = n;
    }
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

dx_status dx_summands_make(const dx_query *q, bool exact_accents,
    const dx_alternative_lists *alternatives, dx_arena *arena,
    dx_summands *out)
{
    lister l = {q, exact_accents, alternatives, out};
    size_t room = 2 * (size_t)q->word_count + q->node_count +
                  count_alternatives(q) + 1;
    const dx_node *root = &q->nodes[0];

    *out = (dx_summands){dx_arena_alloc(arena, room * sizeof *out->list), 0};
    if (!out->list)
        return DX_ERR_NOMEM;
    add_below(&l, root, root->boost, add_words);
    add_below(&l, root, root->boost, add_pairs);
    add_below(&l, root, root->boost, add_alternatives);
    return DX_OK;
}
