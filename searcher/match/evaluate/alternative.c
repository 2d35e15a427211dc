#include "searcher/match/evaluate/alternative.h"

#include <string.h>

#include "common/index/codec/list.h"
#include "common/index/segment/segment.h"
#include "searcher/match/evaluate/matcher.h"
#include "searcher/match/lookup/docset.h"

/* All documents of a segment where `node` holds, by itself. */
static dx_status find_all(const dx_plan *p, size_t segment,
    const dx_node *node, uint64_t *bits)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_matcher m;
    dx_bitset set;
    uint32_t count;
    dx_status rc = dx_matcher_init_node(&m, p, segment, node, &arena);
    uint32_t windows = dx_window_count(m.segment_docs);

    for (uint32_t w = 0; w < windows && rc == DX_OK; w++) {
        if (!dx_matcher_may_have_all(&m, w))
            continue;
        if (dx_deadline_is_over(p->deadline))
            break;
        memset(&set, 0xFF, sizeof set);
        rc = dx_matcher_find(&m, w, DX_MATCHES_ALL, &set, &count);
        memcpy(bits + (size_t)w * DX_WINDOW_WORDS, set.words,
            sizeof set.words);
    }
    dx_matcher_free(&m);
    dx_arena_free(&arena);
    return rc;
}

/* What the node has itself is found when documents are scored, if one list
 * tells that: dx_summand.unless. */
static dx_status find_taken(const dx_plan *p, size_t segment, uint32_t node,
    uint64_t *taken)
{
    const dx_node *n = &p->query->nodes[node];

    return dx_plan_has_own_list(p, n) ? DX_OK
                                      : find_all(p, segment, n, taken);
}

static dx_status find_alternatives(dx_plan *p, size_t segment, uint32_t node,
    uint32_t slot, dx_arena *arena)
{
    const dx_node *nodes = p->query->nodes;
    uint32_t docs = dx_segment_docs(p->generation->segments[segment]);
    size_t words = (size_t)dx_window_count(docs) * DX_WINDOW_WORDS;
    dx_made_list *made = p->made + segment * p->slot_cap;
    uint64_t *taken = dx_docset_new(docs, arena), *any = dx_docset_new(docs, arena);

    if (!taken || !any)
        return DX_ERR_NOMEM;
    DX_TRY(find_taken(p, segment, node, taken));
    for (uint32_t a = nodes[node].alternative; a != DX_NODE_NONE;
         a = nodes[a].next) {
        dx_made_list *list = &made[p->node_slots[a]];
        uint64_t *bits = dx_docset_new(docs, arena);
        if (!bits)
            return DX_ERR_NOMEM;
        DX_TRY(find_all(p, segment, &nodes[a], bits));
        list->df = dx_docset_count(bits, docs);
        for (size_t i = 0; i < words; i++) {
            bits[i] &= ~taken[i];
            taken[i] |= bits[i];
            any[i] |= bits[i];
        }
        list->bits = bits;
    }
    made[slot].bits = any;
    made[slot].df = dx_docset_count(any, docs);
    return DX_OK;
}

/* Where several words have the same alternatives, they are found once. */
static bool find_shared(const dx_plan *p, uint32_t node, uint32_t *slot)
{
    const dx_node *nodes = p->query->nodes;

    for (uint32_t n = 0; n < p->query->node_count && p->node_slots; n++) {
        if (nodes[n].alternative != nodes[node].alternative ||
            p->node_slots[n] == DX_SLOT_NONE ||
            !dx_plan_has_own_list(p, &nodes[n]))
            continue;
        *slot = p->node_slots[n];
        return true;
    }
    return false;
}

/* The node's own slot is given last: looked for by itself, it has no
 * alternatives. */
static dx_status add_alternatives(dx_plan *p, uint32_t node, dx_arena *arena)
{
    const dx_node *nodes = p->query->nodes;
    uint32_t slot;

    if (dx_plan_has_own_list(p, &nodes[node]) && find_shared(p, node, &slot)) {
        p->node_slots[node] = slot;
        return DX_OK;
    }
    for (uint32_t a = nodes[node].alternative; a != DX_NODE_NONE;
         a = nodes[a].next) {
        DX_TRY(dx_plan_add_slot(p, arena, &slot));
        p->node_slots[a] = slot;
    }
    DX_TRY(dx_plan_add_slot(p, arena, &slot));
    for (size_t s = 0; s < p->generation->segment_count; s++)
        DX_TRY(find_alternatives(p, s, node, slot, arena));
    p->node_slots[node] = slot;
    return DX_OK;
}

static dx_status add_below(dx_plan *p, const dx_node *parent, dx_arena *arena)
{
    const dx_node *nodes = p->query->nodes;

    for (uint32_t c = parent->child; c != DX_NODE_NONE; c = nodes[c].next) {
        const dx_node *n = &nodes[c];
        bool words = n->kind == DX_NODE_WORD || n->kind == DX_NODE_PHRASE;
        if (words && n->alternative != DX_NODE_NONE)
            DX_TRY(add_alternatives(p, c, arena));
        else if (n->kind == DX_NODE_AND || n->kind == DX_NODE_OR)
            DX_TRY(add_below(p, n, arena));
    }
    return DX_OK;
}

dx_status dx_plan_alternatives(dx_plan *p, dx_arena *arena)
{
    return add_below(p, &p->query->nodes[0], arena);
}
