/* What a query's words and filters are in each segment. */
#include "searcher/match/lookup/lookup.h"

#include <string.h>

#include "common/base/str.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/segment.h"
#include "common/text/term.h"

/* ---- words ---- */

static void find_title(const dx_segment *s, const dx_query_word *w,
    dx_word_ids *ids)
{
    ids->title_folded = dx_segment_find_marked(s, DX_TITLE_MARK, w->folded);
    ids->title_exact =
        dx_segment_find_marked_exact(s, DX_TITLE_MARK, w->folded, w->exact);
}

static void find_outside(const dx_segment *s, const dx_query_word *w,
    dx_word_ids *ids)
{
    ids->outside_folded = dx_segment_find_marked(s, DX_OUTSIDE_MARK, w->folded);
    ids->outside_exact =
        dx_segment_find_marked_exact(s, DX_OUTSIDE_MARK, w->folded, w->exact);
    ids->outside_spelt = dx_segment_find_marked_exact(s, DX_OUTSIDE_SPELT_MARK,
        w->folded, w->exact);
}

static void find_word(const dx_segment *s, const dx_query_word *w,
    bool exact_accents, dx_word_ids *ids)
{
    *ids = (dx_word_ids){DX_ID_NONE, DX_ID_NONE, DX_ID_NONE, DX_ID_NONE,
        DX_ID_NONE, DX_ID_NONE, DX_ID_NONE, DX_ID_NONE};
    if (w->kind != DX_WORD_TERM)
        return;
    ids->folded = dx_segment_find_folded(s, w->folded);
    if (ids->folded == DX_ID_NONE)
        return;
    ids->exact = dx_segment_find_exact(s, ids->folded, w->exact);
    ids->scored = dx_word_is_read(w, exact_accents)
                      ? dx_segment_find_exact(s, ids->folded, w->reading)
                      : ids->exact;
}

static void find_words(dx_lookup *l, size_t segment)
{
    const dx_segment *s = l->generation->segments[segment];
    const dx_query *q = l->query;
    dx_word_ids *ids = l->ids + segment * q->word_count;

    for (uint32_t w = 0; w < q->word_count; w++)
        find_word(s, &q->words[w], l->exact_accents, &ids[w]);
    for (uint32_t i = 0; i < q->node_count; i++) {
        const dx_node *n = &q->nodes[i];
        for (uint32_t w = n->first; w < n->first + n->count; w++) {
            if (n->field == DX_IN_TITLE && ids[w].folded != DX_ID_NONE)
                find_title(s, &q->words[w], &ids[w]);
            if (n->field == DX_IN_BODY && ids[w].folded != DX_ID_NONE)
                find_outside(s, &q->words[w], &ids[w]);
        }
    }
}

/* ---- words that stand for several ---- */

static bool has_expanded(const dx_query *q)
{
    for (uint32_t w = 0; w < q->word_count; w++)
        if (q->words[w].kind != DX_WORD_TERM)
            return true;
    return false;
}

static dx_status expand(dx_lookup *l, uint32_t word, dx_query_field field,
    dx_deadline *deadline, dx_arena *arena)
{
    const dx_generation *g = l->generation;
    uint32_t words = l->query->word_count;

    for (size_t s = 0; s < g->segment_count; s++)
        DX_TRY(dx_expand(g->segments[s], &l->query->words[word], field,
            l->exact_accents, deadline, arena, &l->expansions[s * words + word],
            &l->words_cut));
    return DX_OK;
}

static dx_status expand_words(dx_lookup *l, dx_deadline *deadline,
    dx_arena *arena)
{
    const dx_query *q = l->query;

    if (!has_expanded(q))
        return DX_OK;
    l->expansions = dx_arena_calloc(arena,
        l->generation->segment_count * q->word_count, sizeof *l->expansions);
    if (!l->expansions)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < q->node_count; i++) {
        const dx_node *n = &q->nodes[i];
        for (uint32_t w = n->first; w < n->first + n->count; w++)
            if (q->words[w].kind != DX_WORD_TERM)
                DX_TRY(expand(l, w, n->field, deadline, arena));
    }
    return DX_OK;
}

/* ---- filters ---- */

static bool has_filters(const dx_query *q)
{
    for (uint32_t i = 0; i < q->node_count; i++)
        if (q->nodes[i].kind == DX_NODE_FILTER)
            return true;
    return false;
}

static dx_status find_filters(dx_lookup *l, dx_arena *arena)
{
    const dx_generation *g = l->generation;
    const dx_query *q = l->query;

    if (!has_filters(q))
        return DX_OK;
    l->filters = dx_arena_calloc(arena, g->segment_count * q->node_count,
        sizeof *l->filters);
    if (!l->filters)
        return DX_ERR_NOMEM;
    for (size_t s = 0; s < g->segment_count; s++)
        for (uint32_t i = 0; i < q->node_count; i++)
            if (q->nodes[i].kind == DX_NODE_FILTER)
                DX_TRY(dx_filter_make(g->segments[s], s, &q->nodes[i], arena,
                    &l->filters[s * q->node_count + i]));
    return DX_OK;
}

dx_status dx_lookup_make(const dx_generation *g, const dx_query *q,
    bool exact_accents, dx_deadline *deadline, dx_arena *arena, dx_lookup *out)
{
    *out = (dx_lookup){
        .generation = g, .query = q, .exact_accents = exact_accents};
    out->ids = dx_arena_alloc(arena,
        (g->segment_count * q->word_count + 1) * sizeof *out->ids);
    if (!out->ids)
        return DX_ERR_NOMEM;
    for (size_t s = 0; s < g->segment_count; s++)
        find_words(out, s);
    DX_TRY(expand_words(out, deadline, arena));
    return find_filters(out, arena);
}
