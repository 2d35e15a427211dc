/* Which documents of a window a query holds in. */
#include "searcher/match/evaluate/matcher.h"

#include <string.h>

#include "common/index/codec/bits.h"
#include "common/index/codec/cursor.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "common/index/segment/hidden.h"
#include "common/index/segment/segment.h"
#include "searcher/match/evaluate/alternative_lists.h"
#include "searcher/match/evaluate/bounds.h"
#include "searcher/query/query.h"

/* A document is looked up in the time in which this many are expanded. */
#define LOOK_UP_SHARE 5u

/* ---- sets ---- */

static bool is_empty(const dx_bitset *s)
{
    uint64_t all = 0;

    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        all |= s->words[k];
    return all == 0;
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

static dx_status add_bits(dx_cursor *list, uint32_t window, dx_bitset *set)
{
    if (list && dx_cursor_load(list, window))
        for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
            set->words[k] |= list->bits[k];
    return list ? list->status : DX_OK;
}

static dx_status subtract(dx_cursor *list, uint32_t window, dx_bitset *set)
{
    if (list && dx_cursor_load(list, window))
        for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
            set->words[k] &= ~list->bits[k];
    return list ? list->status : DX_OK;
}

static dx_status keep(dx_matcher *m, const dx_node_match *c, uint32_t window,
    dx_bitset *set);

/* set &= the documents of all lists. */
static dx_status keep_lists(const dx_node_match *c, uint32_t window,
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
    for (uint32_t i = 0; i < c->without_count; i++)
        DX_TRY(subtract(c->without[i], window, set));
    return DX_OK;
}

/* A word or phrase, or what may stand for it. */
static dx_status keep_words(dx_matcher *m, const dx_node_match *c,
    uint32_t window, dx_bitset *set)
{
    dx_bitset instead;

    if (!c->instead) {
        DX_TRY(keep_lists(c, window, set));
        return dx_verifier_keep(&m->verifier, c, window, set);
    }
    instead = *set;
    if (dx_cursor_load(c->instead, window))
        intersect(c->instead, &instead);
    else
        memset(&instead, 0, sizeof instead);
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        set->words[k] &= ~instead.words[k];
    DX_TRY(keep_lists(c, window, set));
    DX_TRY(dx_verifier_keep(&m->verifier, c, window, set));
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        set->words[k] |= instead.words[k];
    return DX_OK;
}

static dx_status keep_quorum(dx_matcher *m, const dx_node_match *c,
    uint32_t window, dx_bitset *set)
{
    dx_bounds counts;

    memset(&counts, 0, sizeof counts);
    for (uint32_t i = 0; i < c->list_count; i++) {
        dx_bitset outside = {{0}};
        for (uint32_t k = 2 * i; k < 2 * i + 2 && k < c->without_count; k++)
            DX_TRY(add_bits(c->without[k], window, &outside));
        if (dx_cursor_load(c->lists[i], window))
            dx_bounds_add(&counts, c->lists[i]->bits,
                c->without_count ? outside.words : NULL, 1);
        if (c->lists[i]->status != DX_OK)
            return c->lists[i]->status;
    }
    dx_bounds_keep(&counts, c->node->quorum, set);
    return dx_verifier_keep(&m->verifier, c, window, set);
}

static dx_status keep_children(dx_matcher *m, const dx_node_match *c,
    uint32_t window, dx_bitset *set)
{
    for (uint32_t i = 0; i < c->child_count && !is_empty(set); i++)
        DX_TRY(keep(m, &c->children[i], window, set));
    return DX_OK;
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

static dx_status keep_any_child(dx_matcher *m, const dx_node_match *c,
    uint32_t window, dx_bitset *set)
{
    dx_bitset some = {{0}};

    for (uint32_t i = 0; i < c->child_count; i++)
        DX_TRY(add(m, &c->children[i], window, set, &some));
    *set = some;
    return DX_OK;
}

static dx_status drop(dx_matcher *m, const dx_node_match *c, uint32_t window,
    dx_bitset *set)
{
    dx_bitset without = *set;

    DX_TRY(keep_children(m, c, window, &without));
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        set->words[k] &= ~without.words[k];
    return DX_OK;
}

/* set &= the documents where the node holds. */
static dx_status keep(dx_matcher *m, const dx_node_match *c, uint32_t window,
    dx_bitset *set)
{
    switch (c->kind) {
    case DX_NODE_AND:
        return keep_children(m, c, window, set);
    case DX_NODE_OR:
        return keep_any_child(m, c, window, set);
    case DX_NODE_NOT:
        return drop(m, c, window, set);
    case DX_NODE_NEAR:
        DX_TRY(keep_children(m, c, window, set));
        return dx_verifier_keep(&m->verifier, c, window, set);
    case DX_NODE_QUORUM:
        return keep_quorum(m, c, window, set);
    case DX_NODE_FILTER:
        DX_TRY(keep_lists(c, window, set));
        return dx_verifier_keep(&m->verifier, c, window, set);
    case DX_NODE_WORD:
    case DX_NODE_PHRASE:
        return keep_words(m, c, window, set);
    case DX_NODE_EVERY:
        break;
    }
    return DX_OK;
}

/* ---- the root ---- */

static void keep_live(const dx_matcher *m, uint32_t window, dx_bitset *out)
{
    uint32_t left = m->segment_docs - (window << DX_WINDOW_BITS);

    if (left >= DX_WINDOW_DOCS && !m->withheld)
        return;
    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++) {
        uint64_t bits = ~(uint64_t)0;
        if (left < 64 * (k + 1))
            bits = left > 64 * k ? bits >> (64 * (k + 1) - left) : 0;
        if (m->withheld)
            bits &= ~m->withheld[(size_t)window * DX_WINDOW_WORDS + k];
        out->words[k] &= bits;
    }
}

static dx_status keep_some(dx_matcher *m, bool optional_too, uint32_t window,
    dx_bitset *set)
{
    const dx_node_match *root = &m->root;

    for (uint32_t i = 0; i < root->child_count && !is_empty(set); i++)
        if (optional_too || !root->children[i].optional)
            DX_TRY(keep(m, &root->children[i], window, set));
    return DX_OK;
}

static bool is_always(const dx_node_match *c)
{
    return c->always || c->kind == DX_NODE_NOT;
}

static dx_status keep_any(dx_matcher *m, uint32_t window, dx_bitset *set)
{
    const dx_node_match *root = &m->root;
    dx_bitset some = {{0}};
    bool enough = true; /* there is nothing else to choose from */

    for (uint32_t i = 0; i < root->child_count; i++)
        enough = enough && is_always(&root->children[i]);
    for (uint32_t i = 0; i < root->child_count; i++) {
        const dx_node_match *c = &root->children[i];
        if (!is_always(c) || c->kind == DX_NODE_NOT)
            continue;
        DX_TRY(keep(m, c, window, set));
        enough = enough || c->scores;
    }
    for (uint32_t i = 0; i < root->child_count && !enough; i++)
        if (!is_always(&root->children[i]))
            DX_TRY(add(m, &root->children[i], window, set, &some));
    if (!enough)
        *set = some;
    for (uint32_t i = 0; i < root->child_count && !is_empty(set); i++)
        if (root->children[i].kind == DX_NODE_NOT)
            DX_TRY(keep(m, &root->children[i], window, set));
    return DX_OK;
}

dx_status dx_matcher_find(dx_matcher *m, uint32_t window, dx_match_mode mode,
    dx_bitset *out, uint32_t *count)
{
    *count = 0;
    keep_live(m, window, out);
    if (m->root.kind != DX_NODE_AND)
        DX_TRY(keep(m, &m->root, window, out));
    else if (mode == DX_MATCHES_ANY)
        DX_TRY(keep_any(m, window, out));
    else
        DX_TRY(keep_some(m, mode == DX_MATCHES_ALL, window, out));
    *count = dx_bitset_count(out);
    return DX_OK;
}

bool dx_matcher_takes_scored(const dx_matcher *m, uint32_t window,
    dx_bitset *out, uint32_t *count)
{
    bool takes = m->root.kind == DX_NODE_AND &&
                 !m->pool.lookup->exact_accents;

    for (uint32_t i = 0; i < m->root.child_count && takes; i++)
        takes = m->root.children[i].optional;
    if (takes) {
        keep_live(m, window, out);
        *count = dx_bitset_count(out);
    }
    return takes;
}

/* ---- peeking ---- */

static bool may_hold(const dx_node_match *c, uint32_t window);

static uint32_t count_promising(const dx_node_match *c, uint32_t window)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < c->child_count; i++)
        count += may_hold(&c->children[i], window);
    for (uint32_t i = 0; i < c->list_count; i++)
        count += dx_cursor_peek(c->lists[i], window) > 0;
    return count;
}

static bool may_hold(const dx_node_match *c, uint32_t window)
{
    switch (c->kind) {
    case DX_NODE_OR:
        return count_promising(c, window) > 0;
    case DX_NODE_NOT:
        return true;
    case DX_NODE_QUORUM:
        return count_promising(c, window) >= c->node->quorum;
    case DX_NODE_AND:
    case DX_NODE_WORD:
    case DX_NODE_PHRASE:
    case DX_NODE_NEAR:
    case DX_NODE_FILTER:
    case DX_NODE_EVERY:
        break;
    }
    if (c->instead && dx_cursor_peek(c->instead, window) > 0)
        return true;
    for (uint32_t i = 0; i < c->list_count; i++)
        if (dx_cursor_peek(c->lists[i], window) == 0)
            return false;
    for (uint32_t i = 0; i < c->child_count; i++)
        if (!may_hold(&c->children[i], window))
            return false;
    return true;
}

bool dx_matcher_may_have_all(dx_matcher *m, uint32_t window)
{
    return may_hold(&m->root, window);
}

/* ---- a segment ---- */

static void init_segment(dx_matcher *m, const dx_lookup *lookup,
    const dx_alternative_lists *alternatives, size_t segment,
    dx_deadline *deadline, dx_arena *arena)
{
    const dx_segment *s = lookup->generation->segments[segment];

    *m = (dx_matcher){.segment_docs = dx_segment_docs(s)};
    dx_cursor_pool_init(&m->pool, lookup, alternatives, segment, arena);
    dx_verifier_init(&m->verifier, s, deadline);
}

dx_status dx_matcher_init(dx_matcher *m, const dx_lookup *lookup,
    const dx_alternative_lists *alternatives, size_t segment,
    dx_deadline *deadline, dx_arena *arena)
{
    init_segment(m, lookup, alternatives, segment, deadline, arena);
    m->withheld = dx_segment_withheld(m->pool.segment);
    return dx_node_match_init(&m->pool, &lookup->query->nodes[0], false,
        &m->root);
}

dx_status dx_matcher_init_node(dx_matcher *m, const dx_lookup *lookup,
    size_t segment, const dx_node *node, dx_deadline *deadline,
    dx_arena *arena)
{
    init_segment(m, lookup, NULL, segment, deadline, arena);
    return dx_node_match_init(&m->pool, node, false, &m->root);
}

void dx_matcher_free(dx_matcher *m)
{
    dx_verifier_free(&m->verifier);
}
