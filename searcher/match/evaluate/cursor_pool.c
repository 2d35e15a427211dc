/* The lists of one segment that a query needs, each opened once. */
#include "searcher/match/evaluate/cursor_pool.h"
#include "common/index/codec/list.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/pairs.h"

struct dx_pooled {
    struct dx_pooled *next;
    dx_list_kind kind;
    uint32_t first, second;
    dx_cursor cursor;
};

void dx_cursor_pool_init(dx_cursor_pool *pool, const dx_lookup *lookup,
    const dx_alternative_lists *alternatives, size_t segment, dx_arena *arena)
{
    *pool = (dx_cursor_pool){.lookup = lookup, .alternatives = alternatives,
        .segment_index = segment,
        .segment = lookup->generation->segments[segment], .arena = arena};
}

static dx_status find_list(const dx_segment *s, dx_list_kind kind,
    uint32_t first, uint32_t second, dx_list *out)
{
    *out = (dx_list){0};
    if (first == DX_ID_NONE || second == DX_ID_NONE)
        return DX_OK;
    if (kind == DX_LIST_PAIR)
        return dx_segment_pair_list(s, first, second, out);
    return kind == DX_LIST_EXACT ? dx_segment_exact_list(s, first, out)
                                 : dx_segment_folded_list(s, first, out);
}

static dx_status open_list(const dx_cursor_pool *pool, dx_list_kind kind,
    uint32_t first, uint32_t second, dx_cursor *out)
{
    uint32_t docs = dx_segment_docs(pool->segment);
    size_t s = pool->segment_index;
    dx_list list;

    switch (kind) {
    case DX_LIST_EXPANSION:
        return dx_cursor_open_bits(out,
            dx_lookup_expansion(pool->lookup, s, first)->set, docs,
            pool->arena);
    case DX_LIST_ALTERNATIVE:
        return dx_cursor_open_bits(out,
            dx_alternative_list_at(pool->alternatives, s, first)->set, docs,
            pool->arena);
    case DX_LIST_FOLDED:
    case DX_LIST_EXACT:
    case DX_LIST_PAIR:
        break;
    }
    DX_TRY(find_list(pool->segment, kind, first, second, &list));
    return dx_cursor_open(out, &list, pool->arena);
}

dx_status dx_cursor_pool_get(dx_cursor_pool *pool, dx_list_kind kind,
    uint32_t first, uint32_t second, dx_cursor **out)
{
    for (struct dx_pooled *p = pool->first; p; p = p->next) {
        if (p->kind == kind && p->first == first && p->second == second) {
            *out = &p->cursor;
            return DX_OK;
        }
    }
    struct dx_pooled *made = dx_arena_alloc(pool->arena, sizeof *made);
    if (!made)
        return DX_ERR_NOMEM;
    DX_TRY(open_list(pool, kind, first, second, &made->cursor));
    made->kind = kind;
    made->first = first;
    made->second = second;
    made->next = pool->first;
    pool->first = made;
    *out = &made->cursor;
    return DX_OK;
}
