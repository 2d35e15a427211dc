/* The element that holds a page's article, and the paragraphs in it. */
#include "indexer/input/html/body/body.h"

#include "common/base/buf.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"
#include "indexer/input/html/body/choose.h"
#include "indexer/input/html/body/layout.h"

#define BODY_MAX_BYTES (64u << 20)
#define NO_BLOCK DX_DOM_NONE

typedef struct builder {
    dx_buf line;
    size_t link_bytes, emphasis_bytes; /* of line */
    uint32_t block; /* of the text in line */
    uint32_t image; /* block of an <img> since the last paragraph */
    bool after_block; /* what comes next follows a block, not only a <br> */
    dx_arena *arena;
    dx_paras *paras;
} builder;

static bool ends_sentence(dx_str line)
{
    return strchr(".?!:;\")\xA6\x9D", line.ptr[line.len - 1]) != NULL;
}

/* A paragraph that is a link as a whole leads to another article. One in italics
 * is the caption of the picture beside it, and below a picture when it is no
 * sentence: a paragraph may well be in italics there. */
static bool is_aside(const builder *b, dx_str line)
{
    const size_t link_min_bytes = 24, caption_max_bytes = 300;

    if (line.len >= link_min_bytes && b->link_bytes >= line.len)
        return true;
    return b->image != NO_BLOCK && line.len <= caption_max_bytes &&
           b->emphasis_bytes >= line.len &&
           (b->image == b->block ? line.ptr[line.len - 1] != '?'
                                 : !ends_sentence(line));
}

/* Ends the paragraph. */
static dx_status flush(builder *b, dx_error *err)
{
    dx_str line;

    if (b->line.status != DX_OK)
        return b->line.status == DX_ERR_NOMEM ? dx_fail_nomem(err)
            : dx_fail(err, DX_ERR_LIMIT, "an HTML paragraph is too long");
    if (b->line.len == 0)
        return DX_OK;
    dx_str raw = {(const char *)b->line.data, b->line.len};
    DX_TRY(dx_clean_copy(raw, DX_CLEAN_LINE, b->arena, &line, err));
    bool aside = line.len && is_aside(b, line);
    dx_buf_clear(&b->line);
    b->link_bytes = b->emphasis_bytes = 0;
    if (line.len == 0)
        return DX_OK;
    b->image = NO_BLOCK;
    if (aside)
        return DX_OK;
    DX_TRY(dx_paras_add(b->paras, line, b->after_block, err));
    b->after_block = false;
    return DX_OK;
}

static void add_text(builder *b, dx_str text, uint8_t within)
{
    size_t bytes = dx_trim(text).len;

    dx_buf_put_str(&b->line, text);
    if (within & DX_IN_LINK)
        b->link_bytes += bytes;
    if (within & DX_IN_EMPHASIS)
        b->emphasis_bytes += bytes;
}

/* A box that has more links than text lists other articles. */
static bool is_list_of_links(const dx_layout *lay, uint32_t i)
{
    static const char *const boxes[] = {"div", "section", "ul", "ol", "table",
        "header", "form", "dl"};
    uint32_t plain = dx_layout_plain(lay, i), linked = dx_layout_linked(lay, i);

    if (linked <= plain || plain > 300)
        return false;
    for (size_t k = 0; k < sizeof boxes / sizeof *boxes; k++)
        if (strcmp(lay->dom->nodes[i].tag, boxes[k]) == 0)
            return true;
    return false;
}

static dx_status add_paras(const dx_layout *lay, uint32_t root, builder *b,
    dx_error *err)
{
    const dx_dom *dom = lay->dom;

    b->block = NO_BLOCK;
    for (uint32_t i = root, n = 0; i < dom->nodes[root].end; n++) {
        const dx_dom_node *node = &dom->nodes[i];
        DX_TRY(dx_layout_check_stop(lay, n, err));
        if ((lay->within[i] & (DX_IN_NOISE | DX_IN_CAPTION)) ||
            (i != root && is_list_of_links(lay, i))) {
            if (node->kind != DX_DOM_INLINE)
                b->block = NO_BLOCK;
            if (node->end > i + 1)
                b->image = NO_BLOCK; /* had its caption */
            i = node->end;
            continue;
        }
        bool br = strcmp(node->tag, "br") == 0;
        if (lay->block[i] == i) {
            DX_TRY(flush(b, err));
            b->block = NO_BLOCK;
            b->after_block |= !br;
        } else if (node->kind == DX_DOM_CELL) {
            dx_buf_putc(&b->line, ' ');
        } else if (node->kind == DX_DOM_TEXT) {
            if (lay->block[i] != b->block) {
                DX_TRY(flush(b, err));
                b->after_block |= b->block != NO_BLOCK;
                b->block = lay->block[i];
            }
            add_text(b, node->text, lay->within[i]);
        } else if (strcmp(node->tag, "img") == 0) {
            DX_TRY(flush(b, err));
            b->image = lay->block[i];
        }
        i++;
    }
    return flush(b, err);
}

static dx_status add_parts(const dx_layout *lay, const dx_parts *parts,
    dx_arena *arena, dx_paras *out, dx_error *err)
{
    builder b = {.after_block = true, .block = NO_BLOCK, .image = NO_BLOCK,
        .arena = arena, .paras = out};
    dx_status status = DX_OK;

    dx_buf_init(&b.line, BODY_MAX_BYTES);
    for (uint32_t i = 0; i < parts->count && status == DX_OK; i++)
        status = add_paras(lay, parts->nodes[i], &b, err);
    dx_buf_free(&b.line);
    return status;
}

static dx_status read_paras(const dx_dom *dom, dx_layout_of of,
    const atomic_bool *stop, dx_arena *arena, dx_paras *out, dx_error *err)
{
    dx_layout lay;
    dx_parts parts;

    DX_TRY(dx_layout_make(dom, of, stop, arena, &lay, err));
    DX_TRY(dx_parts_choose(&lay, arena, &parts, err));
    return add_parts(&lay, &parts, arena, out, err);
}

dx_status dx_html_paras(const dx_dom *dom, const atomic_bool *stop, dx_arena *arena,
    dx_paras *out, dx_error *err)
{
    return read_paras(dom, DX_LAYOUT_OF_ARTICLE, stop, arena, out, err);
}

dx_status dx_html_visible_paras(const dx_dom *dom, const atomic_bool *stop,
    dx_arena *arena, dx_paras *out, dx_error *err)
{
    return read_paras(dom, DX_LAYOUT_OF_ALL, stop, arena, out, err);
}

dx_status dx_html_paras_all(const dx_dom *dom, const atomic_bool *stop,
    dx_arena *arena, dx_paras *out, dx_error *err)
{
    dx_layout lay;
    uint32_t root = 0;

    DX_TRY(dx_layout_make(dom, DX_LAYOUT_OF_ARTICLE, stop, arena, &lay, err));
    return add_parts(&lay, &(dx_parts){.nodes = &root, .count = 1}, arena, out, err);
}
