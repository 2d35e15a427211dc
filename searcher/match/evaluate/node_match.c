/* A clause of a query on one segment. */
#include "searcher/match/evaluate/node_match.h"

#include "common/base/arena.h"
#include "common/index/codec/list.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/pairs.h"
#include "common/index/segment/segment.h"
#include "searcher/match/evaluate/alternative_lists.h"
#include "searcher/match/evaluate/date_range.h"
#include "searcher/match/evaluate/node_role.h"
#include "searcher/match/lookup/expand.h"
#include "searcher/match/lookup/filter.h"
#include "searcher/match/lookup/lookup.h"

/* ---- words and phrases ---- */

static bool is_expanded(const dx_cursor_pool *pool, uint32_t word)
{
    return pool->lookup->query->words[word].kind != DX_WORD_TERM;
}

static const dx_word_ids *ids_of(const dx_cursor_pool *pool, uint32_t word)
{
    return &dx_lookup_ids(pool->lookup, pool->segment_index)[word];
}

/* Whether a word is matched by its exact spelling only: on demand, and when it was
 * typed with marks in phrases, quorums, NEAR and exclusions. */
static bool is_strict(const dx_cursor_pool *pool, const dx_node_match *c,
    uint32_t word)
{
    const dx_query_word *w = &pool->lookup->query->words[word];

    return pool->lookup->exact_accents || w->strict ||
           (w->marked && (c->exactly || c->kind != DX_NODE_WORD));
}

static dx_status add_list(dx_cursor_pool *pool, dx_node_match *c, dx_list_kind kind,
    uint32_t first, uint32_t second)
{
    dx_cursor *cursor;

    DX_TRY(dx_cursor_pool_get(pool, kind, first, second, &cursor));
    c->lists[c->list_count++] = cursor;
    if (cursor->list.df < c->cost)
        c->cost = cursor->list.df;
    return DX_OK;
}

/* The list of one word: of the node's field, and spelling where it counts. */
static dx_status add_word(dx_cursor_pool *pool, dx_node_match *c, uint32_t word)
{
    const dx_word_ids *ids = ids_of(pool, word);
    bool title = c->node->field == DX_IN_TITLE;

    if (is_expanded(pool, word))
        return add_list(pool, c, DX_LIST_EXPANSION, word, 0);
    if (is_strict(pool, c, word))
        return add_list(pool, c, DX_LIST_EXACT,
            title ? ids->title_exact : ids->exact, 0);
    return add_list(pool, c, DX_LIST_FOLDED,
        title ? ids->title_folded : ids->folded, 0);
}

static dx_status add_outside(dx_cursor_pool *pool, dx_node_match *c,
    dx_list_kind kind, uint32_t id)
{
    dx_cursor **to = &c->without[c->without_count++];

    return id == DX_ID_NONE ? DX_OK : dx_cursor_pool_get(pool, kind, id, 0, to);
}

/* Documents in which words of the node stand outside the body only. A word that
 * stands for several was found without them. */
static dx_status init_without(dx_cursor_pool *pool, dx_node_match *c)
{
    const dx_node *n = c->node;

    if (n->field != DX_IN_BODY)
        return DX_OK;
    c->without =
        dx_arena_calloc(pool->arena, 2 * (size_t)n->count, sizeof *c->without);
    if (!c->without)
        return DX_ERR_NOMEM;
    for (uint32_t w = n->first; w < n->first + n->count; w++) {
        const dx_word_ids *ids = ids_of(pool, w);
        bool strict = is_strict(pool, c, w) && !is_expanded(pool, w);
        DX_TRY(add_outside(pool, c, strict ? DX_LIST_EXACT : DX_LIST_FOLDED,
            strict ? ids->outside_exact : ids->outside_folded));
        DX_TRY(add_outside(pool, c, DX_LIST_EXACT,
            strict ? ids->outside_spelt : DX_ID_NONE));
    }
    return DX_OK;
}

/* The exact ids that are the word in running text. */
static dx_id_spans spans_of(const dx_cursor_pool *pool, const dx_node_match *c,
    uint32_t word, dx_id_span *room)
{
    const dx_word_ids *ids = ids_of(pool, word);

    if (is_expanded(pool, word)) {
        const dx_expansion *e = dx_lookup_expansion(pool->lookup,
            pool->segment_index, word);
        return (dx_id_spans){e->spans, e->span_count};
    }
    *room = (dx_id_span){0, 0};
    if (!is_strict(pool, c, word)) {
        if (ids->folded != DX_ID_NONE)
            dx_segment_exact_range(pool->segment, ids->folded,
                ids->folded + 1, &room->first, &room->end);
    } else if (ids->exact != DX_ID_NONE) {
        *room = (dx_id_span){ids->exact, ids->exact + 1};
    }
    return (dx_id_spans){room, 1};
}

/* The list of the same ids. */
static dx_status list_of(dx_cursor_pool *pool, const dx_node_match *c,
    uint32_t word, dx_cursor **out)
{
    const dx_word_ids *ids = ids_of(pool, word);

    if (is_expanded(pool, word))
        return DX_OK;
    return is_strict(pool, c, word)
               ? dx_cursor_pool_get(pool, DX_LIST_EXACT, ids->exact, 0, out)
               : dx_cursor_pool_get(pool, DX_LIST_FOLDED, ids->folded, 0, out);
}

static dx_status phrase_room(dx_cursor_pool *pool, dx_node_match *c)
{
    uint32_t count = c->node->count;

    c->pairs = dx_arena_calloc(pool->arena, count, sizeof *c->pairs);
    c->triples = dx_arena_calloc(pool->arena, count, sizeof *c->triples);
    c->folded = dx_arena_calloc(pool->arena, count, sizeof *c->folded);
    c->exact = dx_arena_calloc(pool->arena, count, sizeof *c->exact);
    return c->pairs && c->triples && c->folded && c->exact ? DX_OK
                                                           : DX_ERR_NOMEM;
}

static dx_status add_phrase_word(dx_cursor_pool *pool, dx_node_match *c,
    uint32_t i)
{
    uint32_t word = c->node->first + i;
    const dx_word_ids *ids = ids_of(pool, word);
    bool strict = is_strict(pool, c, word);

    DX_TRY(dx_cursor_pool_get(pool, DX_LIST_FOLDED, ids->folded, 0,
        &c->folded[i]));
    if (strict || c->node->field == DX_IN_TITLE || is_expanded(pool, word))
        DX_TRY(add_word(pool, c, word));
    if (!strict)
        return DX_OK;
    return dx_cursor_pool_get(pool, DX_LIST_EXACT, ids->exact, 0,
        &c->exact[i]);
}

/* The list of three words in a row, if the segment has it. */
static dx_status add_triple(dx_cursor_pool *pool, dx_node_match *c,
    const dx_word_ids *word, bool *known)
{
    dx_list list;

    *known = false;
    for (unsigned i = 0; i < 3; i++)
        if (word[i].folded == DX_ID_NONE)
            return DX_OK;
    DX_TRY(dx_segment_triple_list(pool->segment, word[0].folded,
        word[1].folded, word[2].folded, known, &list));
    if (!*known)
        return DX_OK;
    dx_cursor *cursor = dx_arena_alloc(pool->arena, sizeof *cursor);
    if (!cursor)
        return DX_ERR_NOMEM;
    c->lists[c->list_count++] = cursor;
    if (list.df < c->cost)
        c->cost = list.df;
    return dx_cursor_open(cursor, &list, pool->arena);
}

/* The lists of word `i` and its neighbours after it. *known: they tell all that
 * there is to know about those three. */
static dx_status add_neighbours(dx_cursor_pool *pool, dx_node_match *c,
    uint32_t i, bool *known)
{
    uint32_t word = c->node->first + i, left = c->node->count - i;
    const dx_word_ids *ids = ids_of(pool, word);

    *known = true;
    if (left == 1)
        return DX_OK;
    *known = false;
    if (is_expanded(pool, word) || is_expanded(pool, word + 1))
        return DX_OK;
    DX_TRY(dx_cursor_pool_get(pool, DX_LIST_PAIR, ids[0].folded, ids[1].folded,
        &c->pairs[i]));
    if (left > 2 && !is_expanded(pool, word + 2))
        DX_TRY(add_triple(pool, c, ids, &c->triples[i]));
    *known = left == 2 || c->triples[i];
    /* What is in a list of three is in both lists of two. */
    if (c->triples[i] || (i > 0 && c->triples[i - 1]))
        return DX_OK;
    return add_list(pool, c, DX_LIST_PAIR, ids[0].folded, ids[1].folded);
}

static dx_status add_pairs(dx_cursor_pool *pool, dx_node_match *c)
{
    const dx_node *n = c->node;

    for (uint32_t w = n->first; w < n->first + n->count; w++) {
        const dx_word_ids *ids = ids_of(pool, w);
        if (is_strict(pool, c, w))
            DX_TRY(add_word(pool, c, w));
        if (w + 1 < n->first + n->count)
            DX_TRY(add_list(pool, c, DX_LIST_PAIR, ids[0].folded,
                ids[1].folded));
    }
    return DX_OK;
}

/* A phrase: documents of all its pairs and triples, and of its words where
 * these do not know enough. Two words without accents are a pair and nothing
 * else, as three are a triple that is kept. */
static dx_status add_phrase(dx_cursor_pool *pool, dx_node_match *c)
{
    const dx_node *n = c->node;
    bool verify = n->count > 3 || n->field == DX_IN_TITLE, known;

    DX_TRY(phrase_room(pool, c));
    for (uint32_t i = 0; i < n->count; i++) {
        verify |= is_strict(pool, c, n->first + i);
        DX_TRY(add_phrase_word(pool, c, i));
        DX_TRY(add_neighbours(pool, c, i, &known));
        verify |= !known;
    }
    c->verify = verify ? DX_VERIFY_ROW : DX_VERIFY_NONE;
    return DX_OK;
}

/* ---- words near one another ---- */

static uint8_t field_of(const dx_node *n)
{
    return n->field == DX_IN_TITLE  ? DX_FIELD_TITLE
           : n->field == DX_IN_LEAD ? DX_FIELD_LEAD
           : n->field == DX_IN_BODY ? DX_FIELD_BODY
                                    : DX_PROXIMITY_ANY_FIELD;
}

/* A row of `c`, which is the node `to` or below it. */
static dx_status add_row(dx_cursor_pool *pool, const dx_node_match *c,
    uint32_t first, uint32_t count, dx_proximity *to)
{
    dx_proximity_row *row = &to->rows[to->count++];
    dx_id_span *room = dx_arena_calloc(pool->arena, count, sizeof *room);

    row->words = dx_arena_calloc(pool->arena, count, sizeof *row->words);
    row->lists = dx_arena_calloc(pool->arena, count, sizeof *row->lists);
    row->count = count;
    if (!room || !row->words || !row->lists)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < count; i++) {
        row->words[i] = spans_of(pool, c, first + i, &room[i]);
        DX_TRY(list_of(pool, c, first + i, &row->lists[i]));
    }
    return DX_OK;
}

/* `count` proximities of `rows` rows each. */
static dx_status proximity_room(dx_cursor_pool *pool, dx_node_match *c,
    uint32_t count, uint32_t rows)
{
    c->proximities =
        dx_arena_calloc(pool->arena, count, sizeof *c->proximities);
    if (!c->proximities)
        return DX_ERR_NOMEM;
    c->proximity_count = count;
    for (uint32_t i = 0; i < count; i++) {
        dx_proximity *p = &c->proximities[i];
        DX_TRY(dx_proximity_init(p, rows, pool->arena));
        p->field = field_of(c->node);
        p->at_start = c->node->at_start;
        p->span = c->node->span;
        p->ordered = c->node->ordered;
    }
    return DX_OK;
}

/* Lists know whether a word is in title or body, but not of the lead, nor where it
 * stands. */
static bool needs_proximity(const dx_cursor_pool *pool, const dx_node *n)
{
    bool phrase = n->kind == DX_NODE_PHRASE;

    if (n->at_start || n->field == DX_IN_LEAD ||
        (n->field == DX_IN_BODY && phrase))
        return true;
    for (uint32_t i = 0; i < n->count && phrase; i++)
        if (is_expanded(pool, n->first + i))
            return true;
    return false;
}

static dx_status init_words(dx_cursor_pool *pool, dx_node_match *c)
{
    const dx_node *n = c->node;

    c->lists =
        dx_arena_calloc(pool->arena, 3 * (size_t)n->count, sizeof *c->lists);
    if (!c->lists)
        return DX_ERR_NOMEM;
    if (n->by_pairs)
        return add_pairs(pool, c);
    DX_TRY(n->kind == DX_NODE_PHRASE ? add_phrase(pool, c)
                                     : add_word(pool, c, n->first));
    DX_TRY(init_without(pool, c));
    if (needs_proximity(pool, n))
        c->verify = DX_VERIFY_PROXIMITY;
    if (c->verify == DX_VERIFY_NONE)
        return DX_OK;
    DX_TRY(proximity_room(pool, c, 1, 1));
    return add_row(pool, c, n->first, n->count, c->proximities);
}

/* Its lists are counted; in some fields so are the words found there. */
static dx_status init_quorum(dx_cursor_pool *pool, dx_node_match *c)
{
    const dx_node *n = c->node;

    c->lists = dx_arena_calloc(pool->arena, n->count, sizeof *c->lists);
    if (!c->lists)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < n->count; i++)
        DX_TRY(add_word(pool, c, n->first + i));
    DX_TRY(init_without(pool, c));
    c->cost = dx_segment_docs(pool->segment);
    if (!needs_proximity(pool, n))
        return DX_OK;
    c->verify = DX_VERIFY_PROXIMITY;
    DX_TRY(proximity_room(pool, c, n->count, 1));
    for (uint32_t i = 0; i < n->count; i++)
        DX_TRY(add_row(pool, c, n->first + i, 1, &c->proximities[i]));
    return DX_OK;
}

/* ---- filters ---- */

/* By `list`, unless `set` is not NULL. */
static dx_status open_filter(dx_cursor_pool *pool, dx_node_match *c,
    const uint64_t *set, dx_list list)
{
    dx_cursor *cursor = dx_arena_alloc(pool->arena, sizeof *cursor);

    c->lists = dx_arena_calloc(pool->arena, 1, sizeof *c->lists);
    if (!c->lists || !cursor)
        return DX_ERR_NOMEM;
    c->lists[c->list_count++] = cursor;
    dx_status rc = set ? dx_cursor_open_bits(cursor, set,
                             dx_segment_docs(pool->segment), pool->arena)
                       : dx_cursor_open(cursor, &list, pool->arena);
    c->cost = cursor->list.df;
    return rc;
}

/* How many days there are is known before any is looked at. */
static dx_status init_date(dx_cursor_pool *pool, dx_node_match *c)
{
    uint32_t first, end;

    dx_segment_date_run(pool->segment, c->node->from_day, c->node->to_day, &first,
        &end);
    c->cost = end - first;
    c->verify = c->cost < dx_segment_docs(pool->segment) ? DX_VERIFY_DATE
                                                         : DX_VERIFY_NONE;
    return c->cost ? DX_OK : open_filter(pool, c, NULL, (dx_list){0});
}

/* What is rarest is looked for first, everywhere: so its documents are put together
 * once, and not tested window by window. */
static dx_status open_rare_date(dx_cursor_pool *pool, dx_node_match *c)
{
    if (c->verify != DX_VERIFY_DATE || c->cost == 0)
        return DX_OK;
    const uint64_t *set = dx_date_range_set(pool->segment, c->node->from_day,
        c->node->to_day, pool->arena);
    c->verify = DX_VERIFY_NONE;
    return set ? open_filter(pool, c, set, (dx_list){0}) : DX_ERR_NOMEM;
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

static dx_status init_children(dx_cursor_pool *pool, dx_node_match *c)
{
    const dx_query *q = pool->lookup->query;
    bool exactly = c->exactly || c->kind == DX_NODE_NOT ||
                   c->kind == DX_NODE_NEAR;

    c->children = dx_arena_alloc(pool->arena,
        (count_children(q, c->node) + (size_t)1) * sizeof *c->children);
    if (!c->children)
        return DX_ERR_NOMEM;
    for (uint32_t i = c->node->child; i != DX_NODE_NONE; i = q->nodes[i].next)
        DX_TRY(dx_node_match_init(pool, &q->nodes[i], exactly,
            &c->children[c->child_count++]));
    return DX_OK;
}

/* What to exclude is looked for last, where little is left. */
static dx_status init_group(dx_cursor_pool *pool, dx_node_match *c)
{
    uint64_t docs = dx_segment_docs(pool->segment);
    uint64_t sum = 0, least = UINT64_MAX;

    DX_TRY(init_children(pool, c));
    sort_by_cost(c->children, c->child_count);
    for (uint32_t i = 0; i < c->child_count; i++) {
        const dx_node_match *child = &c->children[i];
        least = child->cost < least ? child->cost : least;
        sum += child->cost < docs ? child->cost : docs;
    }
    c->cost = c->kind == DX_NODE_AND ? least
              : c->kind == DX_NODE_OR ? sum
                                      : UINT64_MAX;
    return c->kind == DX_NODE_AND && c->child_count
               ? open_rare_date(pool, &c->children[0])
               : DX_OK;
}

/* Words and phrases near one another: as candidates documents that have them
 * all, by their lists. */
static dx_status init_near(dx_cursor_pool *pool, dx_node_match *c)
{
    DX_TRY(init_children(pool, c));
    c->verify = DX_VERIFY_PROXIMITY;
    DX_TRY(proximity_room(pool, c, 1, c->child_count));
    for (uint32_t i = 0; i < c->child_count; i++) {
        dx_node_match *child = &c->children[i];
        const dx_node *n = child->node;
        child->verify = DX_VERIFY_NONE;
        child->instead = NULL;
        if (child->cost < c->cost)
            c->cost = child->cost;
        DX_TRY(add_row(pool, child, n->first, n->count, c->proximities));
        if (n->field != DX_IN_ANY)
            c->proximities->field = field_of(n);
    }
    sort_by_cost(c->children, c->child_count);
    return DX_OK;
}

static dx_status init_filter(dx_cursor_pool *pool, dx_node_match *c)
{
    const dx_filter *f =
        dx_lookup_filter(pool->lookup, pool->segment_index, c->node);

    c->cost = dx_segment_docs(pool->segment);
    switch (f->kind) {
    case DX_FILTER_LIST:
        return open_filter(pool, c, NULL, f->list);
    case DX_FILTER_SET:
        return open_filter(pool, c, f->set, f->list);
    case DX_FILTER_DATE:
        return init_date(pool, c);
    case DX_FILTER_URL:
        c->verify = DX_VERIFY_URL;
        c->text = f->text;
        return DX_OK;
    case DX_FILTER_EVERY:
        break;
    }
    return DX_OK;
}

static dx_status init_instead(dx_cursor_pool *pool, dx_node_match *c)
{
    size_t node = (size_t)(c->node - pool->lookup->query->nodes);
    uint32_t slot = dx_alternative_slot(pool->alternatives, node);

    if (slot == DX_SLOT_NONE || c->exactly ||
        c->node->alternative == DX_NODE_NONE)
        return DX_OK;
    DX_TRY(dx_cursor_pool_get(pool, DX_LIST_ALTERNATIVE, slot, 0, &c->instead));
    c->cost += c->instead->list.df;
    return DX_OK;
}

dx_status dx_node_match_init(dx_cursor_pool *pool, const dx_node *node,
    bool exactly, dx_node_match *out)
{
    *out = (dx_node_match){.node = node, .kind = node->kind,
        .exactly = exactly, .cost = UINT64_MAX,
        .optional = dx_node_is_optional(pool->lookup->query, node),
        .scores = dx_node_scores(pool->lookup->query, node)};
    out->always = node->required || !out->scores;
    switch (node->kind) {
    case DX_NODE_WORD:
    case DX_NODE_PHRASE:
        DX_TRY(init_words(pool, out));
        return init_instead(pool, out);
    case DX_NODE_NEAR:
        return init_near(pool, out);
    case DX_NODE_QUORUM:
        return init_quorum(pool, out);
    case DX_NODE_FILTER:
        return init_filter(pool, out);
    case DX_NODE_EVERY:
        out->cost = dx_segment_docs(pool->segment);
        return DX_OK;
    case DX_NODE_AND:
    case DX_NODE_OR:
    case DX_NODE_NOT:
        break;
    }
    return init_group(pool, out);
}
