/* Lists of block numbers. */
#include "indexer/run/files/numbers.h"

#include <stdlib.h>

#include "common/base/mem.h"

dx_status dx_numbers_add(dx_numbers *n, uint32_t number)
{
    void *p = n->items;

    if (dx_grow(&p, &n->cap, n->count + 1, sizeof *n->items) != 0)
        return DX_ERR_NOMEM;
    n->items = p;
    n->items[n->count++] = number;
    return DX_OK;
}

static int ascending(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

void dx_numbers_sort(dx_numbers *n)
{
    size_t kept = 0;

    if (n->count)
        qsort(n->items, n->count, sizeof *n->items, ascending);
    for (size_t i = 0; i < n->count; i++)
        if (kept == 0 || n->items[kept - 1] != n->items[i])
            n->items[kept++] = n->items[i];
    n->count = kept;
}

void dx_numbers_free(dx_numbers *n)
{
    dx_free(n->items);
    *n = (dx_numbers){0};
}

const uint32_t *dx_numbers_find(const uint32_t *numbers, size_t count,
    uint32_t number)
{
    return count ? bsearch(&number, numbers, count, sizeof number, ascending) : NULL;
}
