/* Metas, values and fields of a page. */
#include "indexer/input/html/facts/page.h"

#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"
#include "indexer/input/html/dom_gumbo.h"

static size_t each_meta(const dx_dom *dom, uint32_t *out)
{
    size_t count = 0;

    for (uint32_t i = 0; i < dom->count; i++) {
        if (strcmp(dom->nodes[i].tag, "meta") != 0)
            continue;
        if (out)
            out[count] = i;
        count++;
    }
    return count;
}

dx_status dx_page_find_metas(dx_page *p)
{
    p->meta_count = each_meta(p->dom, NULL);
    uint32_t *metas = dx_arena_calloc(p->arena, p->meta_count + 1,
        sizeof *metas);
    if (!metas)
        return dx_fail_nomem(p->err);
    each_meta(p->dom, metas);
    p->metas = metas;
    return DX_OK;
}

dx_str dx_page_next_meta(const dx_page *p, const char *name, size_t *from)
{
    static const char *const keys[] = {"property", "name", "itemprop"};

    while (*from < p->meta_count) {
        const dx_dom_node *node = &p->dom->nodes[p->metas[(*from)++]];
        dx_str content = dx_trim(dx_str_from(dx_dom_attr_of(node, "content")));
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
            if (content.len &&
                dx_equals(dx_str_from(dx_dom_attr_of(node, keys[k])), name))
                return content;
    }
    return (dx_str){NULL, 0};
}

dx_str dx_page_meta(const dx_page *p, const char *name)
{
    size_t from = 0;

    return dx_page_next_meta(p, name, &from);
}

/* "&#7879;", "&eacute;" */
static bool has_entity(dx_str s)
{
    for (size_t i = 0; i + 3 < s.len; i++) {
        if (s.ptr[i] != '&')
            continue;
        size_t n = i + 1 + (s.ptr[i + 1] == '#');
        while (n < s.len && n < i + 10 &&
               (dx_is_digit(s.ptr[n]) ||
                   dx_char_is_letter((unsigned char)s.ptr[n])))
            n++;
        if (n > i + 2 && n < s.len && s.ptr[n] == ';')
            return true;
    }
    return false;
}

dx_status dx_page_line(const dx_page *p, dx_str value, dx_str *out)
{
    DX_TRY(dx_clean_copy(value, DX_CLEAN_LINE, p->arena, out, p->err));
    for (int times = 0; times < 3 && has_entity(*out); times++) {
        dx_dom dom;
        DX_TRY(dx_dom_parse(*out, NULL, p->arena, &dom, p->err));
        DX_TRY(dx_dom_line(&dom, 0, p->arena, out, p->err));
    }
    return DX_OK;
}

dx_status dx_page_said_by(const dx_page *p, uint32_t i, dx_str *out)
{
    const dx_dom_node *node = &p->dom->nodes[i];
    const char *content = dx_dom_attr_of(node, "content");
    dx_str text = {NULL, 0};

    if (content && *content)
        return dx_page_line(p, dx_str_from(content), out);
    DX_TRY(dx_dom_line(p->dom, i, p->arena, &text, p->err));
    return dx_page_line(p, text, out);
}

dx_status dx_page_set(const dx_page *p, dx_field field, dx_str value,
    const char *from)
{
    dx_str *at = &p->out->at[field];

    if (at->len || !value.len)
        return DX_OK;
    DX_TRY(dx_page_line(p, value, at));
    if (at->len)
        p->out->from.field[field] = from;
    return DX_OK;
}
