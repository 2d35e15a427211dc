/* Looking for elements of a page by CSS selectors. */
#include "indexer/input/html/dom.h"

#include "common/base/buf.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"

#define BLANKS " \t\r\n\f"
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
        size_t n = strcspn(list, BLANKS);
        if (dx_str_eq((dx_str){list, n}, name))
            return true;
        list += n + strspn(list + n, BLANKS);
    }
    return false;
}

/* ---- names on the page ---- */

static uint32_t hash_of(char sign, dx_str name)
{
    uint32_t h = 2166136261u ^ (unsigned char)sign; /* FNV-1a */

    for (size_t i = 0; i < name.len; i++)
        h = (h ^ (unsigned char)name.ptr[i]) * 16777619u;
    return (h ^ h >> 15) % (DX_DOM_NAME_WORDS * 64);
}

static void note(dx_dom *dom, char sign, dx_str name)
{
    uint32_t h = hash_of(sign, name);

    dom->names[h / 64] |= 1ull << (h % 64);
}

static bool is_noted(const dx_dom *dom, char sign, dx_str name)
{
    uint32_t h = hash_of(sign, name);

    return dom->names[h / 64] >> (h % 64) & 1;
}

void dx_dom_note_names(dx_dom *dom)
{
    for (uint32_t i = 0; i < dom->count; i++) {
        const dx_dom_node *node = &dom->nodes[i];
        if (node->tag[0])
            note(dom, 0, dx_str_from(node->tag));
        for (uint32_t k = 0; k < node->attr_count; k++) {
            const dx_dom_attr *attr = &node->attrs[k];
            note(dom, '[', dx_str_from(attr->name));
            if (strcmp(attr->name, "id") == 0)
                note(dom, '#', dx_str_from(attr->value));
            const char *list = strcmp(attr->name, "class") == 0
                ? attr->value : NULL;
            while (list && *list) {
                size_t n = strcspn(list, BLANKS);
                note(dom, '.', (dx_str){list, n});
                list += n + strspn(list + n, BLANKS);
            }
        }
    }
}

/* ---- selectors ---- */

/* One part of a compound: "tag", "#id", ".class", "[attr]", or an attribute with
 * what its value is ('='), ends in ('$') or has in it ('*'). */
typedef struct part {
    char sign; /* '#' '.' '[', or 0 for a tag */
    char op;   /* '=' '$' '*', or 0 */
    dx_str name, want;
} part;

static void split_attr(part *p)
{
    dx_str test = p->name;
    size_t n = 0;

    while (n < test.len && !strchr("=$*", test.ptr[n]))
        n++;
    p->name.len = n;
    if (n == test.len)
        return;
    p->op = test.ptr[n];
    n += p->op == '=' ? 1 : 2;
    p->want = dx_str_from_offset(test, n < test.len ? n : test.len);
}

/* The one at *at, which moves behind it. */
static part next_part(dx_str compound, size_t *at)
{
    char c = compound.ptr[*at];
    bool marked = c == '#' || c == '.' || c == '[';
    size_t from = *at + marked, to = from;
    part p = {.sign = marked ? c : 0};

    while (to < compound.len &&
           !(c == '[' ? compound.ptr[to] == ']'
                      : compound.ptr[to] == '#' || compound.ptr[to] == '.' ||
                            compound.ptr[to] == '['))
        to++;
    *at = to + (c == '[');
    p.name = (dx_str){compound.ptr + from, to - from};
    if (c == '[')
        split_attr(&p);
    return p;
}

/* Whether an element that matches can be on the page. */
static bool may_exist(const dx_dom *dom, dx_str compound)
{
    for (size_t i = 0; i < compound.len;) {
        part p = next_part(compound, &i);
        if (!is_noted(dom, p.sign, p.name))
            return false;
    }
    return true;
}

/* Rules most nodes out at once. */
static bool may_match(const dx_dom_node *node, char first)
{
    if (node->kind == DX_DOM_TEXT)
        return false;
    return first == '#' || first == '.' || first == '['
        ? node->attr_count > 0 : node->tag[0] == first;
}

static const char *value_of(const dx_dom_node *node, dx_str name)
{
    for (uint32_t i = 0; name.len && i < node->attr_count; i++) {
        const char *its = node->attrs[i].name;
        if (its[0] == name.ptr[0] && strlen(its) == name.len &&
            memcmp(its, name.ptr, name.len) == 0)
            return node->attrs[i].value;
    }
    return NULL;
}

static bool has_attr(const dx_dom_node *node, const part *p)
{
    const char *value = value_of(node, p->name);
    size_t len = value && p->op ? strlen(value) : 0;

    if (!value || !p->op)
        return value != NULL;
    if (p->op == '=')
        return dx_str_eq(p->want, (dx_str){value, len});
    if (p->want.len > len)
        return false;
    if (p->op == '$')
        return memcmp(value + len - p->want.len, p->want.ptr, p->want.len) == 0;
    return memmem(value, len, p->want.ptr, p->want.len) != NULL;
}

static bool has_part(const dx_dom_node *node, const part *p)
{
    const char *id = p->sign == '#' ? dx_dom_attr_of(node, "id") : NULL;

    switch (p->sign) {
    case '#':
        return id && dx_str_eq(dx_str_from(id), p->name);
    case '.':
        return has_word(dx_dom_attr_of(node, "class"), p->name);
    case '[':
        return has_attr(node, p);
    default:
        return dx_str_eq(dx_str_from(node->tag), p->name);
    }
}

/* Whether it has the parts of `compound` from offset `at` on. */
static bool has_parts(const dx_dom_node *node, dx_str compound, size_t at)
{
    while (at < compound.len) {
        part p = next_part(compound, &at);
        if (!has_part(node, &p))
            return false;
    }
    return true;
}

static bool matches(const dx_dom_node *node, dx_str compound)
{
    return may_match(node, compound.ptr[0]) && has_parts(node, compound, 0);
}

/* The last compound of `selector`, which becomes what stands in front of it. */
static dx_str cut_last(dx_str *selector)
{
    const char *blank = memrchr(selector->ptr, ' ', selector->len);
    size_t n = blank ? (size_t)(blank - selector->ptr) : 0;
    dx_str last = dx_str_from_offset(*selector, blank ? n + 1 : 0);

    selector->len = n;
    return last;
}

static bool may_all_exist(const dx_dom *dom, dx_str selector)
{
    while (selector.len)
        if (!may_exist(dom, cut_last(&selector)))
            return false;
    return true;
}

/* Whether elements above node i match `selector`, outermost first. */
static bool is_within(const dx_dom *dom, uint32_t i, dx_str selector)
{
    while (selector.len) {
        dx_str last = cut_last(&selector);
        do
            i = dom->nodes[i].parent;
        while (i != DX_DOM_NONE && !matches(&dom->nodes[i], last));
        if (i == DX_DOM_NONE)
            return false;
    }
    return true;
}

uint32_t dx_dom_find(const dx_dom *dom, const char *selector, uint32_t from,
    uint32_t to)
{
    dx_str within = dx_str_from(selector), last = cut_last(&within);

    if (!may_exist(dom, last) || !may_all_exist(dom, within))
        return DX_DOM_NONE;
    size_t rest = 0;
    part first = next_part(last, &rest);
    for (uint32_t i = from; i < to && i < dom->count; i++)
        if (may_match(&dom->nodes[i], last.ptr[0]) &&
            has_part(&dom->nodes[i], &first) &&
            has_parts(&dom->nodes[i], last, rest) && is_within(dom, i, within))
            return i;
    return DX_DOM_NONE;
}

/* Whether a block that text `last` is in has ended before node k. */
static bool has_block_ended(const dx_dom *dom, uint32_t last, uint32_t k)
{
    uint32_t up = dom->nodes[last].parent;

    for (; up != DX_DOM_NONE && dom->nodes[up].end <= k; up = dom->nodes[up].parent)
        if (dom->nodes[up].kind != DX_DOM_INLINE)
            return true;
    return false;
}

dx_status dx_dom_line(const dx_dom *dom, uint32_t i, dx_arena *arena,
    dx_str *out, dx_error *err)
{
    dx_buf b;
    uint32_t end = dom->nodes[i].end, last = i;
    dx_status status;

    *out = (dx_str){NULL, 0};
    dx_buf_init(&b, LINE_MAX_BYTES);
    for (uint32_t k = i; k < end;) {
        const dx_dom_node *node = &dom->nodes[k];
        if (node->kind >= DX_DOM_ASIDE && k != i) {
            k = node->end;
            continue;
        }
        if (node->kind == DX_DOM_TEXT) {
            if (last != i && has_block_ended(dom, last, k))
                dx_buf_putc(&b, ' ');
            dx_buf_put_str(&b, node->text);
            last = k;
        } else if (node->kind != DX_DOM_INLINE) {
            dx_buf_putc(&b, ' ');
        }
        k++;
    }
    status = b.status == DX_ERR_NOMEM ? dx_fail_nomem(err) : DX_OK;
    if (status == DX_OK && b.len)
        status = dx_clean_copy((dx_str){(const char *)b.data, b.len},
            DX_CLEAN_LINE, arena, out, err);
    dx_buf_free(&b);
    return status;
}
