/* The element that holds a page's article, and the paragraphs in it. */
#include "indexer/input/html/body.h"

#include "common/base/buf.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"

#define BODY_MIN_BYTES 200u /* of text outside links, to be believed */
#define BODY_MAX_BYTES (64u << 20)
#define NO_BLOCK DX_DOM_NONE

/* Elements known to hold an article's text, the surest first. */
static const char *const body_selectors[] = {"[itemprop=articleBody]",
    "#news-bodyhtml", "#divArticleDescription2", "#divArticleContent",
    "#news-detail", "#show_content", "[data-role=content]", ".afcbc-body",
    ".detail-content", ".cms-body", ".zce-content-body", ".article__body",
    ".fck_detail", ".singular-content", ".dt-news__content",
    ".__MASTERCMS_CONTENT", ".cmscontents", ".article-body", ".maincontent",
    ".contentDetail", ".bodytext", ".News_Detail_Content", ".article-content",
    ".entry-content", ".post-content", ".detail__content", ".news-content",
    ".content-detail", "#content-detail", ".journal-content-article"};

/* Class or id pieces of what stands inside an article without being it. Long
 * ones may be part of a word, as in "boxRelatedNews". */
static const char *const noise_parts[] = {"related", "lien-quan", "lienquan",
    "tin-khac", "tinkhac", "othernews", "other-news", "morenews", "breadcrumb",
    "bread-crumb", "comment", "binh-luan", "binhluan", "sidebar", "social",
    "caption", "chu-thich", "chuthich", "advert", "quang-cao", "quangcao",
    "copyright", "toolbar", "box-tin", "boxtin", "newsletter", "sapo-image"};
static const char *const noise_words[] = {"ads", "ad", "tag", "tags", "share",
    "menu", "nav", "navbar", "banner", "rating", "print", "author", "hidden",
    "keywords", "footer", "popup"};

static bool has_noise_word(dx_str name)
{
    while (name.len) {
        size_t n = 0;
        while (n < name.len &&
               dx_char_is_letter((unsigned char)name.ptr[n]))
            n++;
        for (size_t i = 0; n && i < sizeof noise_words / sizeof *noise_words;
             i++)
            if (dx_equals((dx_str){name.ptr, n}, noise_words[i]))
                return true;
        name = dx_str_from_offset(name, n < name.len ? n + 1 : n);
    }
    return false;
}

static bool is_noise_name(const char *value)
{
    dx_str name = dx_str_from(value);

    if (name.len == 0)
        return false;
    for (size_t i = 0; i < sizeof noise_parts / sizeof *noise_parts; i++)
        if (dx_find_ascii(name, noise_parts[i]) >= 0)
            return true;
    return has_noise_word(name);
}

static bool is_noise(const dx_dom_node *node)
{
    if (node->kind == DX_DOM_SKIP)
        return true;
    if (node->attr_count == 0)
        return false;
    const char *style = dx_dom_attr_of(node, "style");
    if (style && (strstr(style, "display:none") ||
                     strstr(style, "display: none")))
        return true;
    return dx_dom_attr_of(node, "hidden") ||
           is_noise_name(dx_dom_attr_of(node, "class")) ||
           is_noise_name(dx_dom_attr_of(node, "id"));
}

enum { IN_LINK = 1, IN_EMPHASIS = 2 }; /* <a>; <em>, <i> */

/* What the walks need to know of each node, by its index. */
typedef struct layout {
    uint32_t *block; /* nearest block element at or above */
    uint8_t *within; /* IN_ flags */
} layout;

static uint8_t own_flags(const char *tag)
{
    if (strcmp(tag, "a") == 0)
        return IN_LINK;
    return strcmp(tag, "em") == 0 || strcmp(tag, "i") == 0 ? IN_EMPHASIS : 0;
}

static dx_status lay_out(const dx_dom *dom, dx_arena *arena, layout *out,
    dx_error *err)
{
    out->block = dx_arena_calloc(arena, dom->count, sizeof *out->block);
    out->within = dx_arena_calloc(arena, dom->count, 1);
    if (!out->block || !out->within)
        return dx_fail_nomem(err);
    for (uint32_t i = 0; i < dom->count; i++) {
        const dx_dom_node *node = &dom->nodes[i];
        bool root = node->parent == DX_DOM_NONE;
        out->block[i] = node->kind == DX_DOM_BLOCK || root
            ? i : out->block[node->parent];
        out->within[i] = (uint8_t)(own_flags(node->tag) |
                                   (root ? 0 : out->within[node->parent]));
    }
    return DX_OK;
}

/* Bytes of text in node i that are not links or noise. */
static size_t plain_bytes(const dx_dom *dom, const layout *lay, uint32_t i)
{
    size_t bytes = 0;

    for (uint32_t k = i; k < dom->nodes[i].end;) {
        const dx_dom_node *node = &dom->nodes[k];
        if (k != i && is_noise(node)) {
            k = node->end;
            continue;
        }
        if (node->kind == DX_DOM_TEXT && !(lay->within[k] & IN_LINK))
            bytes += dx_trim(node->text).len;
        k++;
    }
    return bytes;
}

static uint32_t known_body(const dx_dom *dom, const layout *lay)
{
    for (size_t s = 0; s < sizeof body_selectors / sizeof *body_selectors; s++) {
        uint32_t i = dx_dom_find(dom, body_selectors[s], 0, dom->count);
        for (; i != DX_DOM_NONE;
             i = dx_dom_find(dom, body_selectors[s], i + 1, dom->count))
            if (plain_bytes(dom, lay, i) >= BODY_MIN_BYTES)
                return i;
    }
    return DX_DOM_NONE;
}

static bool holds_one_paragraph(const char *tag)
{
    static const char *const tags[] = {"p", "li", "blockquote", "h1", "h2",
        "h3", "h4", "dd", "dt", "br", "pre"};

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (strcmp(tag, tags[i]) == 0)
            return true;
    return false;
}

static uint32_t block_above(const dx_dom *dom, const layout *lay, uint32_t i)
{
    uint32_t parent = dom->nodes[i].parent;

    return parent == DX_DOM_NONE ? i : lay->block[parent];
}

/* The element with the most text directly in its paragraphs: each text counts
 * for the element around its paragraph, and half for the one above; links
 * count against it twice, which rules out menus. */
static dx_status densest_block(const dx_dom *dom, const layout *lay,
    dx_arena *arena, uint32_t *out, dx_error *err)
{
    const size_t worth_bytes = 20;
    int64_t *score = dx_arena_calloc(arena, dom->count, sizeof *score);

    if (!score)
        return dx_fail_nomem(err);
    *out = 0;
    for (uint32_t i = 0; i < dom->count;) {
        const dx_dom_node *node = &dom->nodes[i];
        if (is_noise(node)) {
            i = node->end;
            continue;
        }
        size_t bytes = dx_trim(node->text).len;
        if (bytes >= worth_bytes) {
            uint32_t host = lay->block[i];
            int64_t weight = (int64_t)bytes;
            if (lay->within[i] & IN_LINK)
                weight *= -2;
            if (holds_one_paragraph(dom->nodes[host].tag))
                host = block_above(dom, lay, host);
            score[host] += weight;
            score[block_above(dom, lay, host)] += weight / 2;
        }
        i++;
    }
    for (uint32_t i = 0; i < dom->count; i++)
        if (score[i] > score[*out])
            *out = i;
    return DX_OK;
}

typedef struct builder {
    dx_buf line;
    size_t link_bytes, emphasis_bytes; /* of line */
    bool after_image; /* an <img> came since the last paragraph */
    bool after_block; /* what comes next follows a block, not only a <br> */
    dx_arena *arena;
    dx_paras *paras;
} builder;

/* A paragraph that is a link as a whole leads to another article; one in
 * italics below a picture is its caption, unless it asks: interviews set their
 * questions so. */
static bool is_aside(const builder *b, dx_str line)
{
    const size_t link_min_bytes = 24, caption_max_bytes = 300;

    return (line.len >= link_min_bytes && b->link_bytes >= line.len) ||
           (b->after_image && line.len <= caption_max_bytes &&
               b->emphasis_bytes >= line.len &&
               line.ptr[line.len - 1] != '?');
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
    b->after_image = false;
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
    if (within & IN_LINK)
        b->link_bytes += bytes;
    if (within & IN_EMPHASIS)
        b->emphasis_bytes += bytes;
}

static dx_status add_paras(const dx_dom *dom, const layout *lay, uint32_t root,
    builder *b, dx_error *err)
{
    uint32_t block = NO_BLOCK; /* of the text in b->line */

    for (uint32_t i = root; i < dom->nodes[root].end;) {
        const dx_dom_node *node = &dom->nodes[i];
        if (i != root && is_noise(node)) {
            block = node->kind == DX_DOM_INLINE ? block : NO_BLOCK;
            b->after_image &= node->end == i + 1; /* had its caption */
            i = node->end;
            continue;
        }
        bool br = strcmp(node->tag, "br") == 0;
        if (node->kind == DX_DOM_BLOCK) {
            block = NO_BLOCK;
            b->after_block |= !br;
        } else if (node->kind == DX_DOM_CELL) {
            dx_buf_putc(&b->line, ' ');
        } else if (node->kind == DX_DOM_TEXT) {
            if (lay->block[i] != block) {
                DX_TRY(flush(b, err));
                b->after_block |= block != NO_BLOCK;
                block = lay->block[i];
            }
            add_text(b, node->text, lay->within[i]);
        } else if (strcmp(node->tag, "img") == 0) {
            DX_TRY(flush(b, err));
            b->after_image = true;
        }
        i++;
    }
    return flush(b, err);
}

dx_status dx_html_paras(const dx_dom *dom, dx_arena *arena, dx_paras *out,
    dx_error *err)
{
    layout lay;
    builder b = {.after_block = true, .arena = arena, .paras = out};

    DX_TRY(lay_out(dom, arena, &lay, err));
    uint32_t root = known_body(dom, &lay);
    if (root == DX_DOM_NONE)
        DX_TRY(densest_block(dom, &lay, arena, &root, err));
    dx_buf_init(&b.line, BODY_MAX_BYTES);
    dx_status status = add_paras(dom, &lay, root, &b, err);
    dx_buf_free(&b.line);
    return status;
}
