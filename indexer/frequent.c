#include <stdlib.h>

#include "common/base/mem.h"
#include "indexer/postings_internal.h"

dx_status dx_frequent_add(dx_frequent_pairs *f, dx_frequent_pair pair)
{
    void *p = f->at;

    if (dx_grow(&p, &f->cap, f->count + 1, sizeof pair) != 0)
        return DX_ERR_NOMEM;
    f->at = p;
    f->at[f->count++] = pair;
    return DX_OK;
}

static int compare_pairs(const void *a, const void *b)
{
    const dx_frequent_pair *x = a, *y = b;

    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->second > y->second) - (x->second < y->second);
}

dx_status dx_frequent_end(dx_frequent_pairs *f, uint32_t foldeds)
{
    uint32_t cap = 16;

    if (f->count > UINT32_MAX / 8)
        return DX_ERR_LIMIT;
    while (cap < f->count * 4)
        cap *= 2;
    if (f->count)
        qsort(f->at, f->count, sizeof *f->at, compare_pairs);
    f->table_mask = cap - 1;
    f->table = dx_calloc(cap, sizeof *f->table);
    f->is_first = dx_calloc((size_t)foldeds + 1, 1);
    if (!f->table || !f->is_first)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < f->count; i++) {
        uint32_t at = dx_pair_hash(f->at[i].first, f->at[i].second);
        while (f->table[at & f->table_mask].number)
            at++;
        f->table[at & f->table_mask] =
            (dx_frequent_slot){f->at[i].first, f->at[i].second, i + 1};
        f->is_first[f->at[i].first] = 1;
    }
    return DX_OK;
}

void dx_frequent_free(dx_frequent_pairs *f)
{
    dx_free(f->at);
    dx_free(f->table);
    dx_free(f->is_first);
    *f = (dx_frequent_pairs){0};
}
