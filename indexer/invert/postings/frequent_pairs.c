/* An array of frequent pairs; then a hash table, with a filter before it. */
#include "indexer/invert/postings/frequent_pairs.h"

#include <stdlib.h>

#include "common/base/mem.h"

#define FILTER_BITS 32u /* a pair, at least; 30 KiB for 100,000 articles */

dx_status dx_frequent_pairs_add(dx_frequent_pairs *f, dx_frequent_pair pair)
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

static void add_to_tables(dx_frequent_pairs *f, uint32_t number)
{
    const dx_frequent_pair *pair = &f->at[number];
    uint32_t hash = dx_frequent_pairs_hash(pair->first, pair->second);
    uint32_t bit = hash & f->filter_mask, at = hash;

    while (f->table[at & f->table_mask].number)
        at++;
    f->table[at & f->table_mask] =
        (dx_frequent_pair_slot){pair->first, pair->second, number + 1};
    f->filter[bit / 64] |= (uint64_t)1 << bit % 64;
}

dx_status dx_frequent_pairs_end(dx_frequent_pairs *f)
{
    uint32_t cap = 16;

    if (f->count > UINT32_MAX / FILTER_BITS / 2)
        return DX_ERR_LIMIT;
    while (cap < f->count * 4)
        cap *= 2;
    if (f->count)
        qsort(f->at, f->count, sizeof *f->at, compare_pairs);
    f->table_mask = cap - 1;
    f->table = dx_calloc(cap, sizeof *f->table);
    f->filter_mask = cap * (FILTER_BITS / 4) - 1;
    f->filter = dx_calloc(f->filter_mask / 64 + 1, sizeof *f->filter);
    if (!f->table || !f->filter)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < f->count; i++)
        add_to_tables(f, i);
    return DX_OK;
}

void dx_frequent_pairs_free(dx_frequent_pairs *f)
{
    dx_free(f->at);
    dx_free(f->table);
    dx_free(f->filter);
    *f = (dx_frequent_pairs){0};
}
