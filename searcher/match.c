#include "searcher/match.h"

#include <string.h>

#include "common/index/bits.h"

/* A document is looked up in the time in which this many are expanded. */
#define LOOK_UP_SHARE 5u

/* ---- cursors ---- */

struct dx_pooled {
    struct dx_pooled *next;
    dx_list_kind kind;
    uint32_t first, second;
    dx_cursor cursor;
};

static dx_status open_list(const dx_segment *s, dx_list_kind kind,
    uint32_t first, uint32_t second, dx_list *out)
{
    *out = (dx_list){0};
    if (first == DX_ID_NONE || second == DX_ID_NONE)
        return DX_OK;
    switch (kind) {
    case DX_LIST_FOLDED:
        return dx_segment_folded_list(s, first, out);
    case DX_LIST_EXACT:
        return dx_segment_exact_list(s, first, out);
    case DX_LIST_PAIR:
        return dx_segment_pair_list(s, first, second, out);
    }
    return DX_ERR_INVALID;
}

dx_status dx_cursor_pool_get(dx_cursor_pool *pool, dx_list_kind kind,
    uint32_t first, uint32_t second, dx_cursor **out)
{
    dx_list list;

    for (struct dx_pooled *p = pool->first; p; p = p->next) {
        if (p->kind == kind && p->first == first && p->second == second) {
            *out = &p->cursor;
            return DX_OK;
        }
    }
    struct dx_pooled *made = dx_arena_alloc(pool->arena, sizeof *made);
    if (!made)
        return DX_ERR_NOMEM;
    DX_TRY(open_list(pool->segment, kind, first, second, &list));
    DX_TRY(dx_cursor_open(&made->cursor, &list, pool->arena));
    made->kind = kind;
    made->first = first;
    made->second = second;
    made->next = pool->first;
    pool->first = made;
    *out = &made->cursor;
    return DX_OK;
}

/* ---- nodes ---- */

static dx_status add_list(dx_matcher *m, dx_node_match *c, dx_list_kind kind,
    uint32_t first, uint32_t second)
{
    dx_cursor *cursor;

    DX_TRY(dx_cursor_pool_get(&m->pool, kind, first, second, &cursor));
    c->lists[c->list_count++] = cursor;
    if (cursor->list.df < c->cost)
        c->cost = cursor->list.df;
    return DX_OK;
}

/* The list of one word: of the node's field, and spelling where it counts. */
static dx_status add_word(dx_matcher *m, dx_node_match *c,
    const dx_word_ids *ids, bool strict)
{
    bool title = c->node->field == DX_IN_TITLE;

    if (strict)
        return add_list(m, c, DX_LIST_EXACT,
            title ? ids->title_exact : ids->exact, 0);
    return add_list(m, c, DX_LIST_FOLDED,
        title ? ids->title_folded : ids->folded, 0);
}

static dx_status phrase_room(dx_node_match *c, dx_arena *arena)
{
    uint32_t count = c->node->count;

    c->words = dx_arena_calloc(arena, count, sizeof *c->words);
    c->pairs = dx_arena_calloc(arena, count, sizeof *c->pairs);
    c->folded = dx_arena_calloc(arena, count, sizeof *c->folded);
    c->exact = dx_arena_calloc(arena, count, sizeof *c->exact);
    return c->words && c->pairs && c->folded && c->exact ? DX_OK
                                                         : DX_ERR_NOMEM;
}

static dx_status add_phrase_word(dx_matcher *m, dx_node_match *c, uint32_t i,
    const dx_word_ids *ids, bool strict)
{
    dx_id_span *span = &c->words[i];

    DX_TRY(dx_cursor_pool_get(&m->pool, DX_LIST_FOLDED, ids->folded, 0,
        &c->folded[i]));
    if (strict || c->node->field == DX_IN_TITLE)
        DX_TRY(add_word(m, c, ids, strict));
    if (!strict) {
        if (ids->folded != DX_ID_NONE)
            dx_segment_exact_range(m->pool.segment, ids->folded,
                ids->folded + 1, &span->first, &span->end);
        return DX_OK;
    }
    if (ids->exact != DX_ID_NONE)
        *span = (dx_id_span){ids->exact, ids->exact + 1};
    return dx_cursor_pool_get(&m->pool, DX_LIST_EXACT, ids->exact, 0,
        &c->exact[i]);
}

/* The list of three words in a row, if the segment has it. */
static dx_status add_triple(dx_matcher *m, dx_node_match *c,
    const dx_word_ids *word, dx_arena *arena, bool *known)
{
    dx_list list;

    *known = false;
    for (unsigned i = 0; i < 3; i++)
        if (word[i].folded == DX_ID_NONE)
            return DX_OK;
    DX_TRY(dx_segment_triple_list(m->pool.segment, word[0].folded,
        word[1].folded, word[2].folded, known, &list));
    if (!*known)
        return DX_OK;
    dx_cursor *cursor = dx_arena_alloc(arena, sizeof *cursor);
    if (!cursor)
        return DX_ERR_NOMEM;
    c->lists[c->list_count++] = cursor;
    if (list.df < c->cost)
        c->cost = list.df;
    return dx_cursor_open(cursor, &list, arena);
}

/* A phrase: documents of all its pairs and triples, and of its words where
 * these do not know enough. Two words without accents are a pair and nothing
 * else, as three are a triple that is kept. */
static dx_status add_phrase(dx_matcher *m, dx_node_match *c,
    const dx_plan *plan, const dx_word_ids *ids, dx_arena *arena)
{
    const dx_node *n = c->node;
    bool verify = n->count > 3 || n->field == DX_IN_TITLE, known;

    DX_TRY(phrase_room(c, arena));
    for (uint32_t i = 0; i < n->count; i++) {
        const dx_word_ids *word = &ids[n->first + i];
        bool strict = dx_plan_is_strict(plan, n, c->negated, n->first + i);
        verify |= strict;
        DX_TRY(add_phrase_word(m, c, i, word, strict));
        if (i + 1 == n->count)
            break;
        DX_TRY(add_list(m, c, DX_LIST_PAIR, word[0].folded, word[1].folded));
        c->pairs[i] = c->lists[c->list_count - 1];
        if (i + 2 == n->count)
            continue;
        DX_TRY(add_triple(m, c, word, arena, &known));
        verify |= !known;
    }
    if (!verify)
        c->words = NULL;
    return DX_OK;
}

static dx_status add_node(dx_matcher *m, const dx_plan *plan, size_t segment,
    const dx_node *node, bool negated, dx_arena *arena)
{
    const dx_word_ids *ids = dx_plan_ids(plan, segment);
    dx_node_match *to = negated ? &m->negative[m->negative_count++]
                                : &m->positive[m->positive_count++];

    *to = (dx_node_match){.node = node, .negated = negated,
        .cost = UINT64_MAX,
        .optional = node->kind == DX_NODE_WORD && node->field == DX_IN_ANY};
    to->lists =
        dx_arena_calloc(arena, 3 * (size_t)node->count, sizeof *to->lists);
    if (!to->lists)
        return DX_ERR_NOMEM;
    if (node->kind == DX_NODE_PHRASE)
        return add_phrase(m, to, plan, ids, arena);
    return add_word(m, to, &ids[node->first],
        dx_plan_is_strict(plan, node, negated, node->first));
}

static void sort_by_cost(dx_node_match *c, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        dx_node_match x = c[i];
        uint32_t k = i;
        for (; k > 0 && c[k - 1].cost > x.cost; k--)
            c[k] = c[k - 1];
        c[k] = x;
    }
}

dx_status dx_matcher_init(dx_matcher *m, const dx_plan *plan, size_t segment,
    dx_arena *arena)
{
    const dx_query *q = plan->query;
    const dx_segment *s = plan->generation->segments[segment];

    *m = (dx_matcher){.pool = {.segment = s, .arena = arena},
        .segment_docs = dx_segment_docs(s),
        .deleted = dx_segment_deleted(s)};
    m->positive = dx_arena_calloc(arena, q->node_count, sizeof *m->positive);
    m->negative = dx_arena_calloc(arena, q->node_count, sizeof *m->negative);
    if (!m->positive || !m->negative)
        return DX_ERR_NOMEM;
    for (uint32_t c = q->nodes[0].child; c != DX_NODE_NONE;
         c = q->nodes[c].next) {
        const dx_node *n = &q->nodes[c];
        bool negated = n->kind == DX_NODE_NOT;
        DX_TRY(add_node(m, plan, segment,
            negated ? &q->nodes[n->child] : n, negated, arena));
    }
    sort_by_cost(m->positive, m->positive_count);
    sort_by_cost(m->negative, m->negative_count);
    return DX_OK;
}

/* ---- phrases ---- */

/* Documents where the phrase must be, by counting alone. Of the places of a
 * word, those that follow the one before and those that precede the one after
 * must meet when they are more than there are places. So the phrase stands at
 * least this often in a document, marks aside:
 *
 *     sum of tf(pairs) - sum of tf(words but the first and the last)
 *
 * and each place of a word in another spelling can spoil one of these. */
static bool must_hold(const dx_node_match *c, uint32_t d)
{
    uint32_t count = c->node->count;
    int64_t places = 0;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t tf = dx_cursor_tf(c->folded[i], d);
        bool inner = i > 0 && i + 1 < count;
        if (tf == DX_TF_MAX) /* or more */
            return false;
        places -= inner ? tf : 0;
        if (c->exact[i])
            places -= tf - dx_cursor_tf(c->exact[i], d);
        if (i + 1 < count)
            places += dx_cursor_tf(c->pairs[i], d);
    }
    return places > 0;
}

/* Looks for the node's words in the text of each document of `set` that does
 * not tell without. All the node's lists have those documents. */
static dx_status verify(dx_matcher *m, const dx_node_match *c,
    uint32_t window, dx_bitset *set)
{
    for (uint32_t i = 0; i < c->node->count; i++)
        (void)dx_cursor_seek(c->folded[i], window);
    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++) {
        for (uint64_t left = set->words[k]; left; left &= left - 1) {
            uint32_t d = k << 6 | dx_ctz64(left);
            bool holds;
            if (c->node->field != DX_IN_TITLE && must_hold(c, d))
                continue;
            DX_TRY(dx_segment_has_row(m->pool.segment,
                window << DX_WINDOW_BITS | d, c->words, c->node->count,
                c->node->field == DX_IN_TITLE, &holds));
            if (!holds)
                set->words[k] &= ~((uint64_t)1 << (d & 63));
        }
    }
    return DX_OK;
}

/* ---- sets ---- */

static bool is_empty(const dx_bitset *s)
{
    uint64_t all = 0;

    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        all |= s->words[k];
    return all == 0;
}

DX_POPCNT_CLONES
uint32_t dx_bitset_count(const dx_bitset *s)
{
    uint32_t n = 0;

    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        n += dx_popcount64(s->words[k]);
    return n;
}

static void intersect(const dx_cursor *list, dx_bitset *set)
{
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        set->words[k] &= list->bits[k];
}

static void look_up(dx_cursor *list, dx_bitset *set)
{
    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
        for (uint64_t left = set->words[k]; left; left &= left - 1)
            if (!dx_cursor_has(list, k << 6 | dx_ctz64(left)))
                set->words[k] &= ~(left & -left);
}

/* set &= the documents where the node holds. */
static dx_status keep(dx_matcher *m, const dx_node_match *c, uint32_t window,
    dx_bitset *set)
{
    for (uint32_t i = 0; i < c->list_count; i++) {
        dx_cursor *list = c->lists[i];
        uint32_t count = dx_cursor_seek(list, window);
        if (!list->loaded && count / LOOK_UP_SHARE > dx_bitset_count(set))
            look_up(list, set);
        else if (dx_cursor_load(list, window))
            intersect(list, set);
        else
            memset(set, 0, sizeof *set);
        if (list->status != DX_OK)
            return list->status;
    }
    return c->words ? verify(m, c, window, set) : DX_OK;
}

/* set |= the documents of `within` where the node holds. */
static dx_status add(dx_matcher *m, const dx_node_match *c, uint32_t window,
    const dx_bitset *within, dx_bitset *set)
{
    dx_bitset found;

    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        found.words[k] = within->words[k] & ~set->words[k];
    DX_TRY(keep(m, c, window, &found));
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        set->words[k] |= found.words[k];
    return DX_OK;
}

static void fill_live(const dx_matcher *m, uint32_t window, dx_bitset *out)
{
    uint32_t left = m->segment_docs - (window << DX_WINDOW_BITS);

    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++) {
        uint64_t bits = ~(uint64_t)0;
        if (left < 64 * (k + 1))
            bits = left > 64 * k ? bits >> (64 * (k + 1) - left) : 0;
        if (m->deleted)
            bits &= ~m->deleted[(size_t)window * DX_WINDOW_WORDS + k];
        out->words[k] = bits;
    }
}

static dx_status keep_all(dx_matcher *m, uint32_t window, bool optional_too,
    dx_bitset *set)
{
    for (uint32_t i = 0; i < m->positive_count && !is_empty(set); i++)
        if (optional_too || !m->positive[i].optional)
            DX_TRY(keep(m, &m->positive[i], window, set));
    return DX_OK;
}

static dx_status keep_any(dx_matcher *m, uint32_t window, dx_bitset *set)
{
    dx_bitset some = {{0}};

    for (uint32_t i = 0; i < m->positive_count; i++)
        DX_TRY(add(m, &m->positive[i], window, set, &some));
    *set = some;
    return DX_OK;
}

dx_status dx_matcher_find(dx_matcher *m, uint32_t window, dx_match_mode mode,
    dx_bitset *out, uint32_t *count)
{
    *count = 0;
    fill_live(m, window, out);
    if (mode == DX_MATCHES_ANY)
        DX_TRY(keep_any(m, window, out));
    else
        DX_TRY(keep_all(m, window, mode == DX_MATCHES_ALL, out));
    for (uint32_t i = 0; i < m->negative_count && !is_empty(out); i++) {
        dx_bitset without = *out;
        DX_TRY(keep(m, &m->negative[i], window, &without));
        for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
            out->words[k] &= ~without.words[k];
    }
    *count = dx_bitset_count(out);
    return DX_OK;
}

bool dx_matcher_may_have_all(dx_matcher *m, uint32_t window)
{
    for (uint32_t i = 0; i < m->positive_count; i++)
        for (uint32_t l = 0; l < m->positive[i].list_count; l++)
            if (dx_cursor_peek(m->positive[i].lists[l], window) == 0)
                return false;
    return true;
}
