/* A page as lines. */
#include "indexer/input/html/facts/lines.h"

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"

#define LINE_MAX_BYTES (1u << 20)

/* ---- names of elements ---- */

static inline char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static inline bool starts_with(const char *value, const char *part)
{
    while (*part && small(*value) == *part) {
        value++;
        part++;
    }
    return *part == '\0';
}

/* A page has thousands of class names: what begins with none of the parts'
 * first letters is passed over at once. */
static bool has_part(const char *value, const char *const *parts)
{
    uint32_t firsts = 0;

    for (size_t i = 0; parts[i]; i++)
        firsts |= 1u << (parts[i][0] & 31);
    for (; value && *value; value++) {
        if (!(firsts & 1u << (*value & 31)))
            continue;
        char first = small(*value);
        for (size_t i = 0; parts[i]; i++)
            if (parts[i][0] == first && starts_with(value + 1, parts[i] + 1))
                return true;
    }
    return false;
}

static bool names_element(const char *attr)
{
    static const char *const names[] = {"class", "id", "rel", "role",
        "data-role", "data-field"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (attr[0] == names[i][0] && strcmp(attr, names[i]) == 0)
            return true;
    return false;
}

bool dx_node_is_named(const dx_dom *dom, uint32_t i, const char *const *parts,
    int levels)
{
    for (; i != DX_DOM_NONE && levels >= 0; i = dom->nodes[i].parent, levels--)
        for (uint32_t a = 0; a < dom->nodes[i].attr_count; a++)
            if (names_element(dom->nodes[i].attrs[a].name) &&
                has_part(dom->nodes[i].attrs[a].value, parts))
                return true;
    return false;
}

/* ---- looks ---- */

static bool is_tag(const char *tag, const char *const *tags)
{
    for (; *tags; tags++)
        if (strcmp(tag, *tags) == 0)
            return true;
    return false;
}

static bool is_hidden(const dx_dom_node *node, const char *style)
{
    static const char *const parts[] = {"display:none", "display: none", NULL};

    return dx_dom_attr_of(node, "hidden") || has_part(style, parts);
}

static bool is_right(const dx_dom_node *node, const char *style)
{
    static const char *const styles[] = {"align:right", "align: right",
        "float:right", "float: right", NULL};
    static const char *const classes[] = {"text-right", "align-right",
        "text-end", "pull-right", NULL};
    const char *align = dx_dom_attr_of(node, "align");

    return (align && dx_equals(dx_str_from(align), "right")) ||
           has_part(style, styles) ||
           has_part(dx_dom_attr_of(node, "class"), classes);
}

static bool is_bold(const dx_dom_node *node, const char *style)
{
    static const char *const styles[] = {"font-weight:bold",
        "font-weight: bold", "font-weight:700", "font-weight: 700", NULL};
    static const char *const tags[] = {"b", "strong", NULL};

    return is_tag(node->tag, tags) || has_part(style, styles);
}

/* Narrow, as a page may call its whole middle "col-sidebar-right". */
static bool is_aside(const dx_dom_node *node)
{
    static const char *const parts[] = {"related", "lienquan", "lien-quan",
        "lien_quan", "comment", "binhluan", "binh-luan", "breadcrumb",
        "bread-crumb", "othernews", "other-news", "other_news", "tinkhac",
        "tin-khac", "tin_khac", "cungchuyenmuc", "cung-chuyen-muc",
        "cungchude", "tinmoi", "tin-moi", "docnhieu", "doc-nhieu", "xemnhieu",
        "xem-nhieu", "menu", "navbar", "popup", "modal", NULL};
    static const char *const containers[] = {"html", "body", "main", "article",
        "form", NULL};

    if (strcmp(node->tag, "nav") == 0 || strcmp(node->tag, "aside") == 0)
        return true;
    return node->attr_count > 0 && !is_tag(node->tag, containers) &&
           (has_part(dx_dom_attr_of(node, "class"), parts) ||
               has_part(dx_dom_attr_of(node, "id"), parts));
}

/* An article has a footer of its own: its category, its author. */
static bool is_footer(const dx_dom *dom, uint32_t i)
{
    static const char *const parts[] = {"footer", NULL};
    static const char *const entries[] = {"hentry", NULL};
    static const char *const types[] = {"article", "blogposting", NULL};
    const dx_dom_node *node = &dom->nodes[i];

    if (strcmp(node->tag, "footer") != 0 &&
        (node->attr_count == 0 || strcmp(node->tag, "body") == 0 ||
            (!has_part(dx_dom_attr_of(node, "class"), parts) &&
                !has_part(dx_dom_attr_of(node, "id"), parts))))
        return false;
    for (i = node->parent; i != DX_DOM_NONE; i = node->parent) {
        node = &dom->nodes[i];
        if (strcmp(node->tag, "body") == 0)
            break;
        if (strcmp(node->tag, "article") == 0 ||
            has_part(dx_dom_attr_of(node, "class"), entries) ||
            has_part(dx_dom_attr_of(node, "itemtype"), types))
            return false;
    }
    return true;
}

static bool is_heading(const char *tag)
{
    return tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6' && tag[2] == '\0';
}

static bool leads_elsewhere(const dx_dom_node *node)
{
    const char *href = strcmp(node->tag, "a") == 0
                           ? dx_dom_attr_of(node, "href")
                           : NULL;

    return href && *href && *href != '#' &&
           dx_find_ascii(dx_str_from(href), "javascript:") != 0;
}

static uint8_t own_looks(const dx_dom *dom, uint32_t i)
{
    static const char *const cells[] = {"td", "th", "dt", "dd", NULL};
    const dx_dom_node *node = &dom->nodes[i];
    const char *style = dx_dom_attr_of(node, "style");
    unsigned looks = 0;

    if (node->kind == DX_DOM_TEXT)
        return 0;
    if (leads_elsewhere(node))
        looks |= DX_LINE_LINK;
    if (is_heading(node->tag))
        looks |= DX_LINE_HEADING | DX_LINE_BOLD;
    if (is_tag(node->tag, cells))
        looks |= DX_LINE_CELL;
    if (is_bold(node, style))
        looks |= DX_LINE_BOLD;
    if (node->attr_count > 0 && is_right(node, style))
        looks |= DX_LINE_RIGHT;
    if (node->attr_count > 0 && is_hidden(node, style))
        looks |= DX_LINE_HIDDEN;
    if (is_aside(node) || is_footer(dom, i))
        looks |= DX_LINE_ASIDE;
    return (uint8_t)looks;
}

/* Bytes of text before each node, and of all at the end; without scripts. */
static uint32_t *sum_text(const dx_dom *dom, dx_arena *arena)
{
    uint32_t *sums = dx_arena_calloc(arena, (size_t)dom->count + 1,
        sizeof *sums);

    for (uint32_t i = 0, shown = 0; sums && i < dom->count; i++) {
        if (dom->nodes[i].kind == DX_DOM_SKIP && dom->nodes[i].end > shown)
            shown = dom->nodes[i].end;
        size_t bytes = i < shown ? 0 : dom->nodes[i].text.len;
        sums[i + 1] = sums[i] + (uint32_t)bytes;
    }
    return sums;
}

static uint8_t *find_looks(const dx_dom *dom, dx_arena *arena)
{
    uint8_t *looks = dx_arena_calloc(arena, dom->count, 1);
    const uint32_t *sums = looks ? sum_text(dom, arena) : NULL;

    for (uint32_t i = 0; sums && i < dom->count; i++) {
        const dx_dom_node *node = &dom->nodes[i];
        uint8_t above = node->parent == DX_DOM_NONE ? 0 : looks[node->parent];
        unsigned own = own_looks(dom, i);
        /* A menu left open is around all that follows. */
        if (sums[node->end] - sums[i] > sums[dom->count] / 2)
            own &= ~(unsigned)(DX_LINE_ASIDE | DX_LINE_HIDDEN);
        looks[i] = (uint8_t)(own | above);
    }
    return sums ? looks : NULL;
}

/* ---- lines ---- */

typedef struct builder {
    const dx_dom *dom;
    const uint8_t *looks;
    dx_arena *arena;
    void *items; /* of dx_line, owned */
    size_t count, cap;
    dx_buf text;
    dx_line line; /* that is being made */
} builder;

static dx_status end_line(builder *b, dx_error *err)
{
    dx_str raw = {(const char *)b->text.data, b->text.len};

    if (b->text.status == DX_ERR_NOMEM)
        return dx_fail_nomem(err);
    if (raw.len)
        DX_TRY(dx_clean_copy(raw, DX_CLEAN_LINE, b->arena, &b->line.text, err));
    dx_buf_clear(&b->text);
    if (raw.len == 0 || b->line.text.len == 0)
        return DX_OK;
    if (dx_grow(&b->items, &b->cap, b->count + 1, sizeof(dx_line)) != 0)
        return dx_fail_nomem(err);
    ((dx_line *)b->items)[b->count++] = b->line;
    return DX_OK;
}

static bool is_word_byte(char c)
{
    return dx_is_digit(c) || dx_char_is_letter((unsigned char)c) ||
           (unsigned char)c >= 0x80;
}

static bool grow_together(dx_str before, dx_str after)
{
    if (!before.ptr || !before.len || !after.len)
        return false;
    char a = before.ptr[before.len - 1], b = after.ptr[0];

    return is_word_byte(a) && is_word_byte(b) &&
           (dx_is_digit(a) || dx_is_digit(b));
}

static void add_text(builder *b, uint32_t i, uint32_t block)
{
    dx_str text = b->dom->nodes[i].text;
    bool blank = dx_trim(text).len == 0;

    if (text.len == 0 || (blank && b->text.len == 0))
        return;
    if (b->text.len == 0)
        b->line = (dx_line){.first = i, .block = block, .looks = 0xFF};
    else if (grow_together((dx_str){(const char *)b->text.data, b->text.len},
                 text))
        dx_buf_putc(&b->text, ' ');
    dx_buf_put_str(&b->text, text);
    if (!blank)
        b->line.looks &= b->looks[i];
    b->line.end = i + 1;
}

static dx_status add_lines(builder *b, dx_error *err)
{
    const dx_dom *dom = b->dom;
    uint32_t block = 0, block_end = 0;

    for (uint32_t i = 0; i < dom->count;) {
        const dx_dom_node *node = &dom->nodes[i];
        if (i >= block_end) { /* left a block */
            DX_TRY(end_line(b, err));
            block = i;
            while (dom->nodes[block].kind < DX_DOM_BLOCK &&
                   dom->nodes[block].parent != DX_DOM_NONE)
                block = dom->nodes[block].parent;
            block_end = dom->nodes[block].end;
        }
        if (node->kind == DX_DOM_SKIP) {
            i = node->end;
            continue;
        }
        if (node->kind >= DX_DOM_BLOCK) {
            DX_TRY(end_line(b, err));
            block = i;
            block_end = node->end;
        } else if (node->kind == DX_DOM_TEXT) {
            add_text(b, i, block);
        }
        i++;
    }
    return end_line(b, err);
}

dx_status dx_lines_make(const dx_dom *dom, dx_arena *arena, dx_lines *out,
    dx_error *err)
{
    builder b = {.dom = dom, .arena = arena,
        .looks = find_looks(dom, arena)};
    dx_status status = b.looks ? DX_OK : dx_fail_nomem(err);

    dx_buf_init(&b.text, LINE_MAX_BYTES);
    if (status == DX_OK)
        status = add_lines(&b, err);
    dx_line *items = dx_arena_calloc(arena, b.count + 1, sizeof *items);
    if (status == DX_OK && !items)
        status = dx_fail_nomem(err);
    if (items && b.items)
        memcpy(items, b.items, b.count * sizeof *items);
    *out = (dx_lines){dom, items, (uint32_t)b.count, b.looks};
    dx_free(b.items);
    dx_buf_free(&b.text);
    return status;
}

uint32_t dx_lines_at(const dx_lines *lines, uint32_t node)
{
    uint32_t from = 0, to = lines->count;

    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (lines->items[middle].first < node)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}
