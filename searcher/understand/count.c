/* In how many documents of an index something is. */
#include "searcher/understand/count.h"

#include "common/index/codec/list.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/pairs.h"

dx_status dx_count_word(const dx_generation *g, dx_str folded, uint64_t *count)
{
    dx_list list;

    *count = 0;
    for (size_t s = 0; s < g->segment_count; s++) {
        uint32_t id = dx_segment_find_folded(g->segments[s], folded);
        if (id == DX_ID_NONE)
            continue;
        DX_TRY(dx_segment_folded_list(g->segments[s], id, &list));
        *count += list.df;
    }
    return DX_OK;
}

dx_status dx_count_spelling(const dx_generation *g, dx_str folded,
    dx_str exact, uint64_t *count)
{
    dx_list list;

    *count = 0;
    for (size_t s = 0; s < g->segment_count; s++) {
        uint32_t id = dx_segment_find_folded(g->segments[s], folded);
        if (id != DX_ID_NONE)
            id = dx_segment_find_exact(g->segments[s], id, exact);
        if (id == DX_ID_NONE)
            continue;
        DX_TRY(dx_segment_exact_list(g->segments[s], id, &list));
        *count += list.df;
    }
    return DX_OK;
}

dx_status dx_count_pair(const dx_generation *g, dx_str first, dx_str second,
    uint64_t *count)
{
    dx_list list;

    *count = 0;
    for (size_t s = 0; s < g->segment_count; s++) {
        uint32_t a = dx_segment_find_folded(g->segments[s], first);
        uint32_t b = dx_segment_find_folded(g->segments[s], second);
        if (a == DX_ID_NONE || b == DX_ID_NONE)
            continue;
        DX_TRY(dx_segment_pair_list(g->segments[s], a, b, &list));
        *count += list.df;
    }
    return DX_OK;
}
