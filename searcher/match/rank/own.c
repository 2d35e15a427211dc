/* Unites what the docno: filters of a query have. */
#include "searcher/match/rank/own.h"

#include "common/index/codec/window.h"
#include "common/index/segment/segment.h"
#include "searcher/match/lookup/docset.h"

static const uint64_t *own_of(const dx_lookup *l, size_t segment, uint32_t node)
{
    const dx_node *n = &l->query->nodes[node];

    return l->filters && n->kind == DX_NODE_FILTER
               ? dx_lookup_filter(l, segment, n)->own
               : NULL;
}

bool dx_own_is_asked(const dx_lookup *l)
{
    for (size_t s = 0; l->filters && s < l->generation->segment_count; s++)
        for (uint32_t i = 0; i < l->query->node_count; i++)
            if (own_of(l, s, i))
                return true;
    return false;
}

static dx_status unite(const uint64_t *a, const uint64_t *b, uint32_t docs,
    dx_arena *arena, const uint64_t **out)
{
    size_t words = (size_t)dx_window_count(docs) * DX_WINDOW_WORDS;
    uint64_t *both = dx_docset_new(docs, arena);

    if (!both)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < words; i++)
        both[i] = a[i] | b[i];
    *out = both;
    return DX_OK;
}

dx_status dx_own_find(const dx_lookup *l, size_t segment, dx_arena *arena,
    const uint64_t **out)
{
    uint32_t docs = dx_segment_docs(l->generation->segments[segment]);

    *out = NULL;
    for (uint32_t i = 0; i < l->query->node_count; i++) {
        const uint64_t *own = own_of(l, segment, i);
        if (own && *out)
            DX_TRY(unite(own, *out, docs, arena, out));
        else if (own)
            *out = own;
    }
    return DX_OK;
}

bool dx_own_has_any(const uint64_t *own, uint32_t window)
{
    uint64_t any = 0;

    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        any |= own[(size_t)window * DX_WINDOW_WORDS + k];
    return any != 0;
}
