/* The one adapter of gumbo. Why it: Debian's, Apache-2.0, an HTML5 parser in C
 * that repairs what browsers repair, with entities resolved.
 *
 * It does not survive a failed allocation and frees its tree recursively, so
 * it is given memory from an arena: a failure jumps out of it, and freeing is
 * the arena's, at any depth of nesting. */
#include "indexer/input/html/dom_gumbo.h"

#include <gumbo.h>
#include <setjmp.h>
#include <string.h>

#include "common/base/arena.h"
#include "common/base/mem.h"
#include "common/base/stop.h"

typedef struct memory {
    dx_arena *arena;
    const atomic_bool *stop;
    jmp_buf failed;
} memory;

enum { NO_MEMORY = 1, STOPPED };

static void *gumbo_alloc(void *ctx, size_t bytes)
{
    memory *m = ctx;
    void *p = dx_arena_alloc(m->arena, bytes);

    if (!p)
        longjmp(m->failed, NO_MEMORY);
    if (dx_stop_is_asked(m->stop))
        longjmp(m->failed, STOPPED);
    return p;
}

static void gumbo_release(void *ctx, void *p)
{
    (void)ctx;
    (void)p;
}

static const uint8_t kinds[GUMBO_TAG_LAST + 1] = { /* others: inline */
    [GUMBO_TAG_SCRIPT] = DX_DOM_SKIP, [GUMBO_TAG_STYLE] = DX_DOM_SKIP,
    [GUMBO_TAG_NAV] = DX_DOM_ASIDE, [GUMBO_TAG_FOOTER] = DX_DOM_ASIDE,
    [GUMBO_TAG_ASIDE] = DX_DOM_ASIDE, [GUMBO_TAG_NOSCRIPT] = DX_DOM_ASIDE,
    [GUMBO_TAG_FIGCAPTION] = DX_DOM_ASIDE, [GUMBO_TAG_BUTTON] = DX_DOM_ASIDE,
    [GUMBO_TAG_SELECT] = DX_DOM_SKIP, [GUMBO_TAG_TEXTAREA] = DX_DOM_ASIDE,
    [GUMBO_TAG_IFRAME] = DX_DOM_SKIP, [GUMBO_TAG_OBJECT] = DX_DOM_SKIP,
    [GUMBO_TAG_SVG] = DX_DOM_SKIP, [GUMBO_TAG_TEMPLATE] = DX_DOM_SKIP,
    [GUMBO_TAG_HEAD] = DX_DOM_SKIP, [GUMBO_TAG_AUDIO] = DX_DOM_SKIP,
    [GUMBO_TAG_VIDEO] = DX_DOM_SKIP, [GUMBO_TAG_CANVAS] = DX_DOM_SKIP,
    [GUMBO_TAG_TD] = DX_DOM_CELL, [GUMBO_TAG_TH] = DX_DOM_CELL,
    [GUMBO_TAG_HTML] = DX_DOM_BLOCK, [GUMBO_TAG_BODY] = DX_DOM_BLOCK,
    [GUMBO_TAG_DIV] = DX_DOM_BLOCK, [GUMBO_TAG_P] = DX_DOM_BLOCK,
    [GUMBO_TAG_BR] = DX_DOM_BLOCK, [GUMBO_TAG_HR] = DX_DOM_BLOCK,
    [GUMBO_TAG_ARTICLE] = DX_DOM_BLOCK, [GUMBO_TAG_SECTION] = DX_DOM_BLOCK,
    [GUMBO_TAG_HEADER] = DX_DOM_BLOCK, [GUMBO_TAG_MAIN] = DX_DOM_BLOCK,
    [GUMBO_TAG_H1] = DX_DOM_BLOCK, [GUMBO_TAG_H2] = DX_DOM_BLOCK,
    [GUMBO_TAG_H3] = DX_DOM_BLOCK, [GUMBO_TAG_H4] = DX_DOM_BLOCK,
    [GUMBO_TAG_H5] = DX_DOM_BLOCK, [GUMBO_TAG_H6] = DX_DOM_BLOCK,
    [GUMBO_TAG_UL] = DX_DOM_BLOCK, [GUMBO_TAG_OL] = DX_DOM_BLOCK,
    [GUMBO_TAG_LI] = DX_DOM_BLOCK, [GUMBO_TAG_DL] = DX_DOM_BLOCK,
    [GUMBO_TAG_DT] = DX_DOM_BLOCK, [GUMBO_TAG_DD] = DX_DOM_BLOCK,
    [GUMBO_TAG_TABLE] = DX_DOM_BLOCK, [GUMBO_TAG_TR] = DX_DOM_BLOCK,
    [GUMBO_TAG_TBODY] = DX_DOM_BLOCK, [GUMBO_TAG_THEAD] = DX_DOM_BLOCK,
    [GUMBO_TAG_TFOOT] = DX_DOM_BLOCK, [GUMBO_TAG_CAPTION] = DX_DOM_BLOCK,
    [GUMBO_TAG_BLOCKQUOTE] = DX_DOM_BLOCK, [GUMBO_TAG_PRE] = DX_DOM_BLOCK,
    [GUMBO_TAG_FIGURE] = DX_DOM_BLOCK, [GUMBO_TAG_FORM] = DX_DOM_BLOCK,
    [GUMBO_TAG_FIELDSET] = DX_DOM_BLOCK, [GUMBO_TAG_ADDRESS] = DX_DOM_BLOCK,
    [GUMBO_TAG_CENTER] = DX_DOM_BLOCK, [GUMBO_TAG_DETAILS] = DX_DOM_BLOCK,
    [GUMBO_TAG_SUMMARY] = DX_DOM_BLOCK,
};

/* A newer gumbo may know tags that this one's header does not. */
static uint8_t kind_of(const GumboElement *e)
{
    if (e->tag < GUMBO_TAG_UNKNOWN)
        return kinds[e->tag];
    /* <my-header>: a page's own elements are seldom part of a sentence */
    size_t n = e->original_tag.length;
    const char *blank = memchr(e->original_tag.data, ' ', n);
    if (blank)
        n = (size_t)(blank - e->original_tag.data);
    return memchr(e->original_tag.data, '-', n) ? DX_DOM_BLOCK : DX_DOM_INLINE;
}

static bool is_element(const GumboNode *n)
{
    return n->type == GUMBO_NODE_ELEMENT || n->type == GUMBO_NODE_TEMPLATE;
}

static bool is_text(const GumboNode *n)
{
    return n->type == GUMBO_NODE_TEXT || n->type == GUMBO_NODE_CDATA ||
           n->type == GUMBO_NODE_WHITESPACE;
}

/* The node after `n` in document order within the root, going into children;
 * *closed counts the elements left behind on the way. */
static const GumboNode *next_node(const GumboNode *n, const GumboNode *root,
    uint32_t *closed)
{
    *closed = 0;
    if (is_element(n) && n->v.element.children.length > 0)
        return n->v.element.children.data[0];
    while (n != root) {
        const GumboVector *siblings = &n->parent->v.element.children;
        ++*closed;
        if (n->index_within_parent + 1 < siblings->length)
            return siblings->data[n->index_within_parent + 1];
        n = n->parent;
    }
    ++*closed;
    return NULL;
}

static int copy_attrs(const GumboNode *n, dx_arena *arena, dx_dom_node *out)
{
    const GumboVector *v = &n->v.element.attributes;

    if (v->length == 0)
        return 0;
    dx_dom_attr *attrs = dx_arena_calloc(arena, v->length, sizeof *attrs);
    if (!attrs)
        return -1;
    for (unsigned i = 0; i < v->length; i++) {
        const GumboAttribute *a = v->data[i];
        attrs[i] = (dx_dom_attr){a->name, a->value};
    }
    out->attrs = attrs;
    out->attr_count = v->length;
    return 0;
}

static int copy_node(const GumboNode *n, dx_arena *arena, dx_dom_node *out)
{
    out->tag = "";
    if (is_element(n)) {
        out->tag = gumbo_normalized_tagname(n->v.element.tag);
        out->kind = kind_of(&n->v.element);
        return copy_attrs(n, arena, out);
    }
    /* Comments stay as empty inline elements. */
    out->kind = is_text(n) ? DX_DOM_TEXT : DX_DOM_INLINE;
    if (is_text(n))
        out->text = dx_str_from(n->v.text.text);
    return 0;
}

static uint32_t count_nodes(const GumboNode *root)
{
    uint32_t count = 0, closed;

    for (const GumboNode *n = root; n; n = next_node(n, root, &closed))
        if (++count > DX_DOM_MAX_NODES)
            break;
    return count;
}

static dx_status flatten(const GumboNode *root, dx_arena *arena, dx_dom *out,
    dx_error *err)
{
    uint32_t count = count_nodes(root), i = 0, open = DX_DOM_NONE, closed;

    if (count > DX_DOM_MAX_NODES)
        return dx_fail(err, DX_ERR_LIMIT,
            "an HTML page of more than %u elements", DX_DOM_MAX_NODES);
    out->nodes = dx_arena_calloc(arena, count, sizeof *out->nodes);
    if (!out->nodes)
        return dx_fail_nomem(err);
    for (const GumboNode *n = root; n; i++) {
        dx_dom_node *node = &out->nodes[i];
        if (copy_node(n, arena, node) != 0)
            return dx_fail_nomem(err);
        node->parent = open;
        open = i;
        for (n = next_node(n, root, &closed); closed > 0; closed--) {
            out->nodes[open].end = i + 1;
            open = out->nodes[open].parent;
        }
    }
    out->count = count;
    return DX_OK;
}

dx_status dx_dom_parse(dx_str html, const atomic_bool *stop, dx_arena *arena,
    dx_dom *out, dx_error *err)
{
    GumboOptions options = kGumboDefaultOptions;
    memory m = {.arena = arena, .stop = stop};

    *out = (dx_dom){.nodes = NULL};
    options.allocator = gumbo_alloc;
    options.deallocator = gumbo_release;
    options.userdata = &m;
    options.max_errors = 0;
    switch (setjmp(m.failed)) {
    case 0:
        break;
    case STOPPED:
        return dx_stop_check(stop, err);
    default:
        return dx_fail_nomem(err);
    }
    /* Never gumbo_destroy_output(): the arena owns it all. */
    const GumboOutput *page =
        gumbo_parse_with_options(&options, html.ptr, html.len);
    DX_TRY(flatten(page->root, arena, out, err));
    dx_dom_note_names(out);
    return DX_OK;
}
