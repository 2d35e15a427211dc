/* The lists of one segment that a query needs, each opened once. */
#include "searcher/match/evaluate/cursor_pool.h"
#include "common/index/codec/list.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/id.h"
#include "common/index/segment/pairs.h"

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
    case DX_LIST_MADE:
        break;
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
    if (kind == DX_LIST_MADE) {
        DX_TRY(dx_cursor_open_bits(&made->cursor, pool->made[first].bits,
            dx_segment_docs(pool->segment), pool->arena));
    } else {
        DX_TRY(open_list(pool->segment, kind, first, second, &list));
        DX_TRY(dx_cursor_open(&made->cursor, &list, pool->arena));
    }
    made->kind = kind;
    made->first = first;
    made->second = second;
    made->next = pool->first;
    pool->first = made;
    *out = &made->cursor;
    return DX_OK;
}
