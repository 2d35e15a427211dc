#include "searcher/match/evaluate/cursor_pool.h"
#include "searcher/match/evaluate/matcher.h"
#include "searcher/match/evaluate/node_role.h"

#include <string.h>

#include "common/base/arena.h"
#include "common/index/codec/id_filter.h"
#include "common/index/codec/list.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/id.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/pairs.h"
#include "common/index/segment/segment.h"
#include "searcher/match/lookup/filter.h"

/* ---- words and phrases ---- */

static bool is_expanded(const dx_matcher *m, uint32_t word)
{
    return dx_plan_word_slot(m->plan, word) != DX_SLOT_NONE;
}

static const dx_word_ids *ids_of(const dx_matcher *m, uint32_t word)
{
    return &dx_plan_ids(m->plan, m->segment_index)[word];
}

static bool is_strict(const dx_matcher *m, const dx_node_match *c,
    uint32_t word)
{
    return dx_plan_is_strict(m->plan, c->node, c->exactly, word);
}

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
static dx_status add_word(dx_matcher *m, dx_node_match *c, uint32_t word)
{
    const dx_word_ids *ids = ids_of(m, word);
    bool title = c->node->field == DX_IN_TITLE;

    if (is_expanded(m, word))
        return add_list(m, c, DX_LIST_MADE, dx_plan_word_slot(m->plan, word),
            0);
    if (is_strict(m, c, word))
        return add_list(m, c, DX_LIST_EXACT,
            title ? ids->title_exact : ids->exact, 0);
    return add_list(m, c, DX_LIST_FOLDED,
        title ? ids->title_folded : ids->folded, 0);
}

/* The exact ids that are the word in running text. */
static dx_proximity_word spans_of(const dx_matcher *m, const dx_node_match *c,
    uint32_t word, dx_id_span *room)
{
    const dx_word_ids *ids = ids_of(m, word);

    if (is_expanded(m, word)) {
        const dx_made_list *made = &m->pool.made[dx_plan_word_slot(m->plan,
            word)];
        return (dx_proximity_word){made->spans, made->span_count};
    }
    *room = (dx_id_span){0, 0};
    if (!is_strict(m, c, word)) {
        if (ids->folded != DX_ID_NONE)
            dx_segment_exact_range(m->pool.segment, ids->folded,
                ids->folded + 1, &room->first, &room->end);
    } else if (ids->exact != DX_ID_NONE) {
        *room = (dx_id_span){ids->exact, ids->exact + 1};
    }
    return (dx_proximity_word){room, 1};
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

static dx_status add_phrase_word(dx_matcher *m, dx_node_match *c, uint32_t i)
{
    uint32_t word = c->node->first + i;
    const dx_word_ids *ids = ids_of(m, word);
    bool strict = is_strict(m, c, word);

    DX_TRY(dx_cursor_pool_get(&m->pool, DX_LIST_FOLDED, ids->folded, 0,
        &c->folded[i]));
    if (strict || c->node->field == DX_IN_TITLE || is_expanded(m, word))
        DX_TRY(add_word(m, c, word));
    if (!is_expanded(m, word))
        (void)spans_of(m, c, word, &c->words[i]);
    if (!strict)
        return DX_OK;
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

/* The lists of word `i` and its neighbours after it. *known: they tell all that
 * there is to know about those three. */
static dx_status add_neighbours(dx_matcher *m, dx_node_match *c, uint32_t i,
    dx_arena *arena, bool *known)
{
    uint32_t word = c->node->first + i, left = c->node->count - i;
    const dx_word_ids *ids = ids_of(m, word);

    *known = true;
    if (left == 1)
        return DX_OK;
    *known = false;
    if (is_expanded(m, word) || is_expanded(m, word + 1))
        return DX_OK;
    DX_TRY(add_list(m, c, DX_LIST_PAIR, ids[0].folded, ids[1].folded));
    c->pairs[i] = c->lists[c->list_count - 1];
    if (left > 2 && !is_expanded(m, word + 2))
        return add_triple(m, c, ids, arena, known);
    *known = left == 2;
    return DX_OK;
}

static dx_status add_pairs(dx_matcher *m, dx_node_match *c)
{
    const dx_node *n = c->node;

    for (uint32_t w = n->first; w < n->first + n->count; w++) {
        const dx_word_ids *ids = ids_of(m, w);
        if (is_strict(m, c, w))
            DX_TRY(add_word(m, c, w));
        if (w + 1 < n->first + n->count)
            DX_TRY(add_list(m, c, DX_LIST_PAIR, ids[0].folded,
                ids[1].folded));
    }
    return DX_OK;
}

/* A phrase: documents of all its pairs and triples, and of its words where
 * these do not know enough. Two words without accents are a pair and nothing
 * else, as three are a triple that is kept. */
static dx_status add_phrase(dx_matcher *m, dx_node_match *c, dx_arena *arena)
{
    const dx_node *n = c->node;
    bool verify = n->count > 3 || n->field == DX_IN_TITLE, known;

    DX_TRY(phrase_room(c, arena));
    for (uint32_t i = 0; i < n->count; i++) {
        verify |= is_strict(m, c, n->first + i);
        DX_TRY(add_phrase_word(m, c, i));
        DX_TRY(add_neighbours(m, c, i, arena, &known));
        verify |= !known;
    }
    c->check = verify ? DX_CHECK_ROW : DX_CHECK_NONE;
    return DX_OK;
}

/* ---- places ---- */

static uint8_t field_of(const dx_node *n)
{
    return n->field == DX_IN_TITLE  ? DX_FIELD_TITLE
           : n->field == DX_IN_LEAD ? DX_FIELD_LEAD
           : n->field == DX_IN_BODY ? DX_FIELD_BODY
                                    : DX_PROXIMITY_ANY_FIELD;
}

/* A row of `c`, which is the node `to` or below it. */
static dx_status add_row(dx_matcher *m, const dx_node_match *c, uint32_t first,
    uint32_t count, dx_arena *arena, dx_proximity *to)
{
    dx_proximity_row *row = &to->rows[to->count++];
    dx_id_span *room = dx_arena_calloc(arena, count, sizeof *room);

    row->words = dx_arena_calloc(arena, count, sizeof *row->words);
    row->count = count;
    to->longest = count > to->longest ? count : to->longest;
    if (!room || !row->words)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < count; i++) {
        row->words[i] = spans_of(m, c, first + i, &room[i]);
        for (uint32_t k = 0; k < row->words[i].span_count; k++)
            dx_id_filter_add(to->ids, row->words[i].spans[k].first,
                row->words[i].spans[k].end);
    }
    return DX_OK;
}

static dx_status places_room(dx_node_match *c, uint32_t rows, dx_arena *arena)
{
    c->check = DX_CHECK_PROXIMITY;
    c->places = (dx_proximity){.field = field_of(c->node),
        .at_start = c->node->at_start, .span = c->node->span,
        .ordered = c->node->ordered};
    c->places.rows = dx_arena_calloc(arena, rows, sizeof *c->places.rows);
    c->places.ids = dx_arena_calloc(arena, 1, sizeof *c->places.ids);
    return c->places.rows && c->places.ids ? DX_OK : DX_ERR_NOMEM;
}

/* Lists know a word's title, but not its other fields, nor where it stands. */
static bool needs_places(const dx_matcher *m, const dx_node *n)
{
    if (n->at_start || n->field == DX_IN_LEAD || n->field == DX_IN_BODY)
        return true;
    for (uint32_t i = 0; i < n->count && n->kind == DX_NODE_PHRASE; i++)
        if (is_expanded(m, n->first + i))
            return true;
    return false;
}

static dx_status init_words(dx_matcher *m, dx_node_match *c, dx_arena *arena)
{
    const dx_node *n = c->node;

    c->lists =
        dx_arena_calloc(arena, 3 * (size_t)n->count, sizeof *c->lists);
    if (!c->lists)
        return DX_ERR_NOMEM;
    if (n->by_pairs)
        return add_pairs(m, c);
    DX_TRY(n->kind == DX_NODE_PHRASE ? add_phrase(m, c, arena)
                                     : add_word(m, c, n->first));
    if (!needs_places(m, n))
        return DX_OK;
    DX_TRY(places_room(c, 1, arena));
    return add_row(m, c, n->first, n->count, arena, &c->places);
}

/* Its lists are counted; in some fields so are the words found there. */
static dx_status init_quorum(dx_matcher *m, dx_node_match *c, dx_arena *arena)
{
    const dx_node *n = c->node;

    c->lists = dx_arena_calloc(arena, n->count, sizeof *c->lists);
    if (!c->lists)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < n->count; i++)
        DX_TRY(add_word(m, c, n->first + i));
    c->cost = m->segment_docs;
    if (!needs_places(m, n))
        return DX_OK;
    DX_TRY(places_room(c, n->count, arena));
    c->places.least = n->quorum;
    for (uint32_t i = 0; i < n->count; i++)
        DX_TRY(add_row(m, c, n->first + i, 1, arena, &c->places));
    return DX_OK;
}

/* ---- groups ---- */

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

static uint32_t count_children(const dx_query *q, const dx_node *n)
{
    uint32_t count = 0;

    for (uint32_t c = n->child; c != DX_NODE_NONE; c = q->nodes[c].next)
        count++;
    return count;
}

static dx_status init_children(dx_matcher *m, dx_node_match *c,
    dx_arena *arena)
{
    const dx_query *q = m->plan->query;
    bool exactly = c->exactly || c->kind == DX_NODE_NOT ||
                   c->kind == DX_NODE_NEAR;

    c->children = dx_arena_alloc(arena,
        (count_children(q, c->node) + (size_t)1) * sizeof *c->children);
    if (!c->children)
        return DX_ERR_NOMEM;
    for (uint32_t i = c->node->child; i != DX_NODE_NONE; i = q->nodes[i].next)
        DX_TRY(dx_node_match_init(m, &q->nodes[i], exactly, arena,
            &c->children[c->child_count++]));
    return DX_OK;
}

/* What to exclude is looked for last, where little is left. */
static dx_status init_group(dx_matcher *m, dx_node_match *c, dx_arena *arena)
{
    uint64_t sum = 0, least = UINT64_MAX;

    DX_TRY(init_children(m, c, arena));
    sort_by_cost(c->children, c->child_count);
    for (uint32_t i = 0; i < c->child_count; i++) {
        const dx_node_match *child = &c->children[i];
        least = child->cost < least ? child->cost : least;
        sum += child->cost < m->segment_docs ? child->cost : m->segment_docs;
    }
    c->cost = c->kind == DX_NODE_AND ? least
              : c->kind == DX_NODE_OR ? sum
                                      : UINT64_MAX;
    return DX_OK;
}

/* Words and phrases near one another: as candidates documents that have them
 * all, by their lists. */
static dx_status init_near(dx_matcher *m, dx_node_match *c, dx_arena *arena)
{
    DX_TRY(init_children(m, c, arena));
    DX_TRY(places_room(c, c->child_count, arena));
    for (uint32_t i = 0; i < c->child_count; i++) {
        dx_node_match *child = &c->children[i];
        const dx_node *n = child->node;
        child->check = DX_CHECK_NONE;
        child->instead = NULL;
        if (child->cost < c->cost)
            c->cost = child->cost;
        DX_TRY(add_row(m, child, n->first, n->count, arena, &c->places));
        if (n->field != DX_IN_ANY)
            c->places.field = field_of(n);
    }
    sort_by_cost(c->children, c->child_count);
    return DX_OK;
}

static dx_status init_filter(dx_matcher *m, dx_node_match *c, dx_arena *arena)
{
    dx_filter f;

    DX_TRY(dx_filter_make(m->pool.segment, c->node, arena, &f));
    c->check = f.check;
    c->text = f.text;
    c->cost = m->segment_docs;
    if (!f.has_list)
        return DX_OK;
    c->lists = dx_arena_calloc(arena, 1, sizeof *c->lists);
    dx_cursor *list = dx_arena_alloc(arena, sizeof *list);
    if (!c->lists || !list)
        return DX_ERR_NOMEM;
    c->lists[c->list_count++] = list;
    dx_status rc = f.bits ? dx_cursor_open_bits(list, f.bits, m->segment_docs,
                                arena)
                          : dx_cursor_open(list, &f.list, arena);
    c->cost = list->list.df;
    return rc;
}

static dx_status init_instead(dx_matcher *m, dx_node_match *c)
{
    uint32_t slot = dx_plan_node_slot(m->plan, c->node);

    if (slot == DX_SLOT_NONE || c->exactly ||
        c->node->alternative == DX_NODE_NONE)
        return DX_OK;
    DX_TRY(dx_cursor_pool_get(&m->pool, DX_LIST_MADE, slot, 0, &c->instead));
    c->cost += c->instead->list.df;
    return DX_OK;
}

dx_status dx_node_match_init(dx_matcher *m, const dx_node *node, bool exactly,
    dx_arena *arena, dx_node_match *out)
{
    *out = (dx_node_match){.node = node, .kind = node->kind,
        .exactly = exactly, .cost = UINT64_MAX,
        .optional = dx_node_is_optional(m->plan->query, node),
        .scores = dx_node_scores(m->plan->query, node)};
    out->always = node->required || !out->scores;
    switch (node->kind) {
    case DX_NODE_WORD:
    case DX_NODE_PHRASE:
        DX_TRY(init_words(m, out, arena));
        return init_instead(m, out);
    case DX_NODE_NEAR:
        return init_near(m, out, arena);
    case DX_NODE_QUORUM:
        return init_quorum(m, out, arena);
    case DX_NODE_FILTER:
        return init_filter(m, out, arena);
    case DX_NODE_EVERY:
        out->cost = m->segment_docs;
        return DX_OK;
    case DX_NODE_AND:
    case DX_NODE_OR:
    case DX_NODE_NOT:
        break;
    }
    return init_group(m, out, arena);
}

/* ---- the whole ---- */

static void init_segment(dx_matcher *m, const dx_plan *plan, size_t segment,
    dx_arena *arena)
{
    const dx_segment *s = plan->generation->segments[segment];

    *m = (dx_matcher){.plan = plan, .segment_index = segment,
        .pool = {.segment = s, .arena = arena,
            .made = plan->made ? dx_plan_made(plan, segment, 0) : NULL},
        .segment_docs = dx_segment_docs(s)};
    dx_doc_init(&m->doc);
    dx_meta_reader_init(&m->meta);
}

dx_status dx_matcher_init(dx_matcher *m, const dx_plan *plan, size_t segment,
    dx_arena *arena)
{
    init_segment(m, plan, segment, arena);
    m->deleted = dx_segment_deleted(m->pool.segment);
    return dx_node_match_init(m, &plan->query->nodes[0], false, arena,
        &m->root);
}

dx_status dx_matcher_init_node(dx_matcher *m, const dx_plan *plan,
    size_t segment, const dx_node *node, dx_arena *arena)
{
    init_segment(m, plan, segment, arena);
    return dx_node_match_init(m, node, false, arena, &m->root);
}

void dx_matcher_free(dx_matcher *m)
{
    dx_doc_free(&m->doc);
    dx_meta_reader_free(&m->meta);
}
