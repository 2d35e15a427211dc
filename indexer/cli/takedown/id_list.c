/* Gathers names of articles. */
#include "indexer/cli/takedown/id_list.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

void dx_id_list_free(dx_id_list *l)
{
    dx_free(l->items);
    dx_arena_free(&l->arena);
    *l = (dx_id_list){.count = 0};
}

bool dx_id_list_add(dx_id_list *l, const char *id)
{
    void *p = l->items;

    if (dx_grow(&p, &l->cap, l->count + 1, sizeof *l->items) != 0)
        return false;
    l->items = p;
    l->items[l->count++] = id;
    return true;
}

bool dx_id_list_copy(dx_id_list *l, const char *id, size_t len)
{
    char *copy = dx_arena_strndup(&l->arena, id, len);

    return copy && dx_id_list_add(l, copy);
}

bool dx_id_list_read(dx_id_list *l, FILE *in)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    bool is_whole = true;

    while (is_whole && (n = getline(&line, &cap, in)) >= 0) {
        while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
            n--;
        is_whole = n == 0 || dx_id_list_copy(l, line, (size_t)n);
    }
    free(line);
    return is_whole && !ferror(in);
}
