/* The suggestions found so far. */
#include "searcher/suggest/list.h"

#include <strings.h>

#include "common/text/utf8.h"

dx_status dx_suggest_list_add(dx_suggest_list *list, dx_str text)
{
    if (list->count == list->limit)
        return DX_OK;
    char *copy = dx_arena_strndup(list->arena, text.ptr, text.len);
    if (!copy)
        return DX_ERR_NOMEM;
    dx_utf8_clean(copy, text.len); /* some of it stays as it was typed */
    for (uint32_t i = 0; i < list->count; i++)
        if (strcasecmp(list->text[i], copy) == 0)
            return DX_OK;
    list->text[list->count++] = copy;
    return DX_OK;
}
