/* Looking for elements of a page by CSS selectors. */
#include "indexer/input/html/dom.h"

#include "common/base/buf.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"

#define LINE_MAX_BYTES (1u << 20)

const char *dx_dom_attr_of(const dx_dom_node *node, const char *name)
{
    for (uint32_t i = 0; i < node->attr_count; i++)
        if (strcmp(node->attrs[i].name, name) == 0)
            return node->attrs[i].value;
    return NULL;
}

/* Whether `list`, separated by blanks, has `name`. */
static bool has_word(const char *list, dx_str name)
{
    while (list && *list) {
        size_t n = strcspn(list, " \t\r\n\f");
        if (dx_str_eq((dx_str){list, n}, name))
            return true;
        list += n + strspn(list + n, " \t\r\n\f");
    }
    return false;
}

/* "[name=v]", "[name$=v]", "[name*=v]" or "[name]" without its brackets. */
static bool matches_attr(const dx_dom_node *node, dx_str test)
{
    char name[40];
    size_t n = 0;

    while (n < test.len && n + 1 < sizeof name &&
           !strchr("=$*", test.ptr[n])) {
        name[n] = test.ptr[n];
        n++;
    }
    name[n] = '\0';
    const char *value = dx_dom_attr_of(node, name);
    if (!value || n == test.len)
        return value != NULL;
    char op = test.ptr[n];
    dx_str want = dx_str_from_offset(test, n + (op == '=' ? 1 : 2));
    size_t len = strlen(value);
    if (op == '=')
        return dx_str_eq(want, (dx_str){value, len});
    if (want.len > len)
        return false;
    if (op == '$')
        return memcmp(value + len - want.len, want.ptr, want.len) == 0;
    return memmem(value, len, want.ptr, want.len) != NULL;
}

/* Rules most nodes out at once: a page is searched for a hundred selectors. */
static bool may_match(const dx_dom_node *node, char first)
{
    if (node->kind == DX_DOM_TEXT)
        return false;
    return first == '#' || first == '.' || first == '['
        ? node->attr_count > 0 : node->tag[0] == first;
}

static bool matches(const dx_dom_node *node, dx_str compound)
{
    if (!may_match(node, compound.ptr[0]))
        return false;
    for (size_t i = 0; i < compound.len;) {
        char sign = compound.ptr[i];
        bool marked = sign == '#' || sign == '.' || sign == '[';
        const char *start = compound.ptr + i + marked;
        const char *stop = sign == '[' ? "]" : "#.[";
        size_t n = 0;
        i += marked;
        while (i < compound.len && !strchr(stop, compound.ptr[i])) {
            i++;
            n++;
        }
        i += sign == '[';
        dx_str name = {start, n};
        const char *id = sign == '#' ? dx_dom_attr_of(node, "id") : NULL;
        bool ok = sign == '#' ? id && dx_str_eq(dx_str_from(id), name)
            : sign == '.' ? has_word(dx_dom_attr_of(node, "class"), name)
            : sign == '[' ? matches_attr(node, name)
                          : dx_str_eq(dx_str_from(node->tag), name);
        if (!ok)
            return false;
    }
    return true;
}

uint32_t dx_dom_find(const dx_dom *dom, const char *selector, uint32_t from,
    uint32_t to)
{
    const char *blank = strrchr(selector, ' ');
    dx_str last = dx_str_from(blank ? blank + 1 : selector);
    dx_str within = {selector, blank ? (size_t)(blank - selector) : 0};

    for (uint32_t i = from; i < to && i < dom->count; i++) {
        if (!matches(&dom->nodes[i], last))
            continue;
        if (within.len == 0)
            return i;
        uint32_t up = dom->nodes[i].parent;
        while (up != DX_DOM_NONE && !matches(&dom->nodes[up], within))
            up = dom->nodes[up].parent;
        if (up != DX_DOM_NONE)
            return i;
    }
    return DX_DOM_NONE;
}

dx_status dx_dom_line(const dx_dom *dom, uint32_t i, dx_arena *arena,
    dx_str *out, dx_error *err)
{
    dx_buf b;
    uint32_t end = dom->nodes[i].end;
    dx_status status;

    *out = (dx_str){NULL, 0};
    dx_buf_init(&b, LINE_MAX_BYTES);
    for (uint32_t k = i; k < end;) {
        const dx_dom_node *node = &dom->nodes[k];
        if (node->kind >= DX_DOM_ASIDE && k != i) {
            k = node->end;
            continue;
        }
        if (node->kind == DX_DOM_TEXT)
            dx_buf_put_str(&b, node->text);
        else if (node->kind != DX_DOM_INLINE)
            dx_buf_putc(&b, ' ');
        k++;
    }
    status = b.status == DX_ERR_NOMEM ? dx_fail_nomem(err) : DX_OK;
    if (status == DX_OK && b.len)
        status = dx_clean_copy((dx_str){(const char *)b.data, b.len},
            DX_CLEAN_LINE, arena, out, err);
    dx_buf_free(&b);
    return status;
}
