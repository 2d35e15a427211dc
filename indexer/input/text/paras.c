/* Paragraphs are added, removed and joined. */
#include "indexer/input/text/paras.h"

#include "common/base/mem.h"

dx_status dx_paras_add(dx_paras *p, dx_str text, bool after_blank,
    dx_error *err)
{
    void *items = p->items;

    if (dx_grow(&items, &p->cap, p->count + 1, sizeof *p->items) != 0)
        return dx_fail_nomem(err);
    p->items = items;
    p->items[p->count++] = (dx_para){text, after_blank};
    return DX_OK;
}

void dx_paras_remove(dx_paras *p, size_t at, size_t count)
{
    if (count == 0) /* perhaps of no items at all */
        return;
    memmove(p->items + at, p->items + at + count,
        (p->count - at - count) * sizeof *p->items);
    p->count -= count;
}

void dx_paras_free(dx_paras *p)
{
    dx_free(p->items);
    *p = (dx_paras){0};
}

dx_status dx_paras_join(const dx_paras *p, size_t from, dx_arena *arena,
    dx_str *out, dx_error *err)
{
    size_t bytes = 0, n = 0;

    *out = (dx_str){NULL, 0};
    for (size_t i = from; i < p->count; i++)
        bytes += p->items[i].text.len + 1;
    if (bytes == 0)
        return DX_OK;
    char *text = dx_arena_alloc(arena, bytes);
    if (!text)
        return dx_fail_nomem(err);
    for (size_t i = from; i < p->count; i++) {
        dx_str para = p->items[i].text;
        memcpy(text + n, para.ptr, para.len);
        n += para.len;
        text[n++] = '\n';
    }
    *out = (dx_str){text, n - 1};
    return DX_OK;
}
