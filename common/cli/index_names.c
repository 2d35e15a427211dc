/* Collects the names of the indexes to search. */
#include "common/cli/index_names.h"

#include <string.h>

#include "common/base/mem.h"

bool dx_index_names_add(dx_index_names *n, const char *name)
{
    void *p = n->list;

    if (dx_grow(&p, &n->cap, (size_t)n->count + 1, sizeof *n->list) != 0)
        return false;
    n->list = p;
    n->list[n->count++] = name;
    return true;
}

bool dx_index_names_read(dx_index_names *n, const char *setting)
{
    uint32_t before = n->count;

    n->lines = dx_strndup(setting ? setting : "", setting ? strlen(setting) : 0);
    if (!n->lines)
        return false;
    for (char *line = n->lines, *end; *line; line = end) {
        end = line + strcspn(line, "\n");
        bool is_name = end > line;
        if (*end)
            *end++ = '\0';
        if (is_name && !dx_index_names_add(n, line))
            return false;
    }
    return n->count > before || dx_index_names_add(n, DX_INDEX_NAME_DEFAULT);
}

void dx_index_names_free(dx_index_names *n)
{
    dx_free(n->list);
    dx_free(n->lines);
    *n = (dx_index_names){0};
}
