/* The documents that have what may stand for a word or phrase instead of it. */
#include "searcher/match/evaluate/alternative.h"

#include <string.h>

#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "common/index/segment/segment.h"
#include "searcher/match/evaluate/bitset.h"
#include "searcher/match/evaluate/matcher.h"
#include "searcher/match/evaluate/node_role.h"
#include "searcher/match/lookup/docset.h"
#include "searcher/query/query.h"

/* What is under way. */
typedef struct finder {
    const dx_lookup *lookup;
    dx_deadline *deadline;
    dx_arena *arena;
    dx_alternative_lists *out;
} finder;

/* All documents of a segment where `node` holds, by itself. */
static dx_status find_all(const finder *f, size_t segment,
    const dx_node *node, uint64_t *set)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_matcher m;
    dx_bitset found;
    uint32_t count;
    dx_status rc = dx_matcher_init_node(&m, f->lookup, segment, node,
        f->deadline, &arena);
    uint32_t windows = dx_window_count(m.segment_docs);

    for (uint32_t w = 0; w < windows && rc == DX_OK; w++) {
        if (!dx_matcher_may_have_all(&m, w))
            continue;
        if (dx_deadline_is_over(f->deadline))
            break;
        memset(&found, 0xFF, sizeof found);
        rc = dx_matcher_find(&m, w, DX_MATCHES_ALL, &found, &count);
        memcpy(set + (size_t)w * DX_WINDOW_WORDS, found.words,
            sizeof found.words);
    }
    dx_matcher_free(&m);
    dx_arena_free(&arena);
    return rc;
}

/* What the node has itself is found when documents are scored, if one list
 * tells that: dx_summand.unless. */
static dx_status find_taken(const finder *f, size_t segment, uint32_t node,
    uint64_t *taken)
{
    const dx_query *q = f->lookup->query;
    const dx_node *n = &q->nodes[node];

    return dx_node_has_own_list(q, n) ? DX_OK : find_all(f, segment, n, taken);
}

static dx_status find_in_segment(const finder *f, size_t segment,
    uint32_t node, uint32_t slot)
{
    const dx_node *nodes = f->lookup->query->nodes;
    uint32_t docs =
        dx_segment_docs(f->lookup->generation->segments[segment]);
    size_t words = (size_t)dx_window_count(docs) * DX_WINDOW_WORDS;
    dx_alternative_list *lists = f->out->lists + segment * f->out->slot_cap;
    uint64_t *taken = dx_docset_new(docs, f->arena);
    uint64_t *any = dx_docset_new(docs, f->arena);

    if (!taken || !any)
        return DX_ERR_NOMEM;
    DX_TRY(find_taken(f, segment, node, taken));
    for (uint32_t a = nodes[node].alternative; a != DX_NODE_NONE;
         a = nodes[a].next) {
        dx_alternative_list *list = &lists[f->out->slots[a]];
        uint64_t *set = dx_docset_new(docs, f->arena);
        if (!set)
            return DX_ERR_NOMEM;
        DX_TRY(find_all(f, segment, &nodes[a], set));
        list->df = dx_docset_count(set, docs);
        for (size_t i = 0; i < words; i++) {
            set[i] &= ~taken[i];
            taken[i] |= set[i];
            any[i] |= set[i];
        }
        list->set = set;
    }
    lists[slot] = (dx_alternative_list){any, dx_docset_count(any, docs)};
    return DX_OK;
}

/* ---- slots ---- */

/* Each node needs one, and one for each of its alternatives. */
static uint32_t count_slots(const dx_query *q)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < q->node_count; i++) {
        count += q->nodes[i].alternative != DX_NODE_NONE;
        for (uint32_t a = q->nodes[i].alternative; a != DX_NODE_NONE;
             a = q->nodes[a].next)
            count++;
    }
    return count;
}

static dx_status make_room(finder *f)
{
    const dx_query *q = f->lookup->query;
    dx_alternative_lists *out = f->out;

    out->slot_cap = count_slots(q);
    if (out->slot_cap == 0)
        return DX_OK;
    out->slots = dx_arena_alloc(f->arena, q->node_count * sizeof *out->slots);
    out->lists = dx_arena_calloc(f->arena,
        f->lookup->generation->segment_count * out->slot_cap,
        sizeof *out->lists);
    if (!out->slots || !out->lists)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < q->node_count; i++)
        out->slots[i] = DX_SLOT_NONE;
    return DX_OK;
}

/* Where several words have the same alternatives, they are found once. */
static bool find_shared(const finder *f, uint32_t node, uint32_t *slot)
{
    const dx_query *q = f->lookup->query;

    if (!dx_node_has_own_list(q, &q->nodes[node]))
        return false;
    for (uint32_t n = 0; n < q->node_count; n++) {
        if (q->nodes[n].alternative != q->nodes[node].alternative ||
            f->out->slots[n] == DX_SLOT_NONE ||
            !dx_node_has_own_list(q, &q->nodes[n]))
            continue;
        *slot = f->out->slots[n];
        return true;
    }
    return false;
}

static dx_status find(finder *f, uint32_t node)
{
    const dx_node *nodes = f->lookup->query->nodes;
    uint32_t slot;

    if (find_shared(f, node, &f->out->slots[node]))
        return DX_OK;
    for (uint32_t a = nodes[node].alternative; a != DX_NODE_NONE;
         a = nodes[a].next)
        f->out->slots[a] = f->out->slot_count++;
    slot = f->out->slot_count++;
    for (size_t s = 0; s < f->lookup->generation->segment_count; s++)
        DX_TRY(find_in_segment(f, s, node, slot));
    f->out->slots[node] = slot;
    return DX_OK;
}

static dx_status find_below(finder *f, const dx_node *parent)
{
    const dx_node *nodes = f->lookup->query->nodes;

    for (uint32_t c = parent->child; c != DX_NODE_NONE; c = nodes[c].next) {
        const dx_node *n = &nodes[c];
        bool words = n->kind == DX_NODE_WORD || n->kind == DX_NODE_PHRASE;
        if (words && n->alternative != DX_NODE_NONE)
            DX_TRY(find(f, c));
        else if (dx_node_is_group(n->kind))
            DX_TRY(find_below(f, n));
    }
    return DX_OK;
}

dx_status dx_alternatives_find(const dx_lookup *lookup, dx_deadline *deadline,
    dx_arena *arena, dx_alternative_lists *out)
{
    finder f = {lookup, deadline, arena, out};

    *out = (dx_alternative_lists){.slots = NULL};
    DX_TRY(make_room(&f));
    return out->slots ? find_below(&f, &lookup->query->nodes[0]) : DX_OK;
}
