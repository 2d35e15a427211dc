/* Blocks, links and noise of a page, in a few passes over its nodes. */
#include "indexer/input/html/body/layout.h"

#include "indexer/input/chars/chars.h"
#include "indexer/input/html/body/links.h"
#include "indexer/input/html/body/noise.h"

#define SMALL_BYTES 300u /* of text that a name may call noise by itself */
#define PROSE_MIN_BYTES 60u /* of a text that no menu has */
#define AROUND_MAIN 0x80u /* a flag of nodes while noise is looked for */

static bool is_emphasis(const dx_dom_node *node)
{
    return strcmp(node->tag, "em") == 0 || strcmp(node->tag, "i") == 0;
}

static void find_blocks(dx_layout *lay)
{
    for (uint32_t i = 0; i < lay->dom->count; i++) {
        const dx_dom_node *node = &lay->dom->nodes[i];
        bool root = node->parent == DX_DOM_NONE;
        bool starts = root || node->kind == DX_DOM_BLOCK ||
                      node->kind == DX_DOM_ASIDE;
        lay->block[i] = starts ? i : lay->block[node->parent];
        lay->within[i] = root ? 0 : lay->within[node->parent];
        if (node->kind == DX_DOM_SKIP)
            lay->within[i] |= DX_IN_NOISE;
        else if (is_emphasis(node))
            lay->within[i] |= DX_IN_EMPHASIS;
    }
}

/* Sums up text outside noise and captions. */
static void sum_up(dx_layout *lay)
{
    uint32_t plain = 0, linked = 0, prose = 0;

    for (uint32_t i = 0; i < lay->dom->count; i++) {
        lay->plain[i] = plain;
        lay->linked[i] = linked;
        lay->prose[i] = prose;
        if (lay->dom->nodes[i].kind != DX_DOM_TEXT ||
            (lay->within[i] & (DX_IN_NOISE | DX_IN_CAPTION)))
            continue;
        uint32_t bytes = (uint32_t)dx_trim(lay->dom->nodes[i].text).len;
        if (lay->within[i] & DX_IN_LINK)
            linked += bytes;
        else
            plain += bytes;
        if (!(lay->within[i] & DX_IN_LINK) && bytes >= PROSE_MIN_BYTES)
            prose += bytes;
    }
    lay->plain[lay->dom->count] = plain;
    lay->linked[lay->dom->count] = linked;
    lay->prose[lay->dom->count] = prose;
}

static void set_flag(dx_layout *lay, uint32_t i, uint8_t flag)
{
    for (uint32_t k = i; k < lay->dom->nodes[i].end; k++)
        lay->within[k] |= flag;
}

/* What says of itself that it holds the page's own text. */
static bool is_main(const dx_dom_node *node)
{
    if (strcmp(node->tag, "main") == 0)
        return true;
    const char *role = dx_dom_attr_of(node, "role");
    const char *prop = dx_dom_attr_of(node, "itemprop");
    return (role && strcmp(role, "main") == 0) ||
           (prop && strcmp(prop, "articleBody") == 0);
}

/* The first heading that may be a headline; popups have one as well. */
static bool is_headline(const dx_layout *lay, uint32_t i)
{
    const uint32_t headline_min_bytes = 20;

    return strcmp(lay->dom->nodes[i].tag, "h1") == 0 &&
           dx_layout_plain(lay, i) + dx_layout_linked(lay, i) >=
               headline_min_bytes;
}

/* Marks all that stands around it, which is no noise then. */
static void find_main(dx_layout *lay)
{
    const dx_dom *dom = lay->dom;
    bool headline = false;

    for (uint32_t i = 0; i < dom->count; i++) {
        bool first = !headline && is_headline(lay, i);
        headline |= first;
        if (!first && !is_main(&dom->nodes[i]))
            continue;
        for (uint32_t up = i; up != DX_DOM_NONE &&
                              !(lay->within[up] & AROUND_MAIN);
             up = dom->nodes[up].parent)
            lay->within[up] |= AROUND_MAIN;
    }
}

static bool holds_most(const dx_layout *lay, uint32_t i)
{
    uint32_t end = lay->dom->nodes[i].end, all = lay->dom->count;

    return dx_layout_plain(lay, i) > lay->plain[all] / 2 ||
           lay->prose[end] - lay->prose[i] > lay->prose[all] / 2;
}

/* What is named as noise is none when it holds most of the text. */
static uint8_t judge(const dx_layout *lay, uint32_t i)
{
    uint32_t total = lay->plain[lay->dom->count];
    uint32_t bytes = dx_layout_plain(lay, i);

    if (bytes > total - total / 10)
        return 0;
    if (bytes <= SMALL_BYTES && dx_noise_is_caption(&lay->dom->nodes[i]))
        return DX_IN_CAPTION;
    dx_noise noise = dx_noise_of(&lay->dom->nodes[i]);
    if (noise == DX_NOISE_NOT ||
        (noise == DX_NOISE_SMALL && bytes > SMALL_BYTES))
        return 0;
    return holds_most(lay, i) ? DX_IN_DOUBT : DX_IN_NOISE;
}

/* *captions is how much text the captions have. */
static dx_status find_noise(dx_layout *lay, uint32_t *captions, dx_error *err)
{
    *captions = 0;
    find_main(lay);
    for (uint32_t i = 0, n = 0; i < lay->dom->count; n++) {
        DX_TRY(dx_layout_check_stop(lay, n, err));
        const dx_dom_node *node = &lay->dom->nodes[i];
        uint8_t flag = 0;
        if (node->kind != DX_DOM_TEXT && !(lay->within[i] & AROUND_MAIN))
            flag = judge(lay, i);
        if (flag)
            set_flag(lay, i, flag);
        if (flag == DX_IN_CAPTION)
            *captions += dx_layout_plain(lay, i);
        i = flag == DX_IN_NOISE || flag == DX_IN_CAPTION ? node->end : i + 1;
    }
    return DX_OK;
}

/* A story told in pictures has its text below them. */
static void keep_captions(dx_layout *lay)
{
    for (uint32_t i = 0; i < lay->dom->count; i++)
        lay->within[i] &= (uint8_t)~DX_IN_CAPTION;
    sum_up(lay);
}

static dx_status find_article(dx_layout *lay, dx_error *err)
{
    uint32_t captions;

    dx_links_find(lay->dom, lay->plain, DX_IN_LINK, lay->within);
    DX_TRY(dx_stop_check(lay->stop, err));
    sum_up(lay);
    DX_TRY(find_noise(lay, &captions, err));
    sum_up(lay);
    if (captions > lay->plain[lay->dom->count] / 2)
        keep_captions(lay);
    return dx_stop_check(lay->stop, err);
}

dx_status dx_layout_make(const dx_dom *dom, dx_layout_of of,
    const atomic_bool *stop, dx_arena *arena, dx_layout *out, dx_error *err)
{
    out->dom = dom;
    out->stop = stop;
    out->block = dx_arena_calloc(arena, dom->count, sizeof *out->block);
    out->within = dx_arena_calloc(arena, dom->count, 1);
    out->plain = dx_arena_calloc(arena, dom->count + 1, sizeof *out->plain);
    out->linked = dx_arena_calloc(arena, dom->count + 1, sizeof *out->linked);
    out->prose = dx_arena_calloc(arena, dom->count + 1, sizeof *out->prose);
    if (!out->block || !out->within || !out->plain || !out->linked ||
        !out->prose)
        return dx_fail_nomem(err);
    find_blocks(out);
    sum_up(out);
    DX_TRY(dx_stop_check(stop, err));
    return of == DX_LAYOUT_OF_ARTICLE ? find_article(out, err) : DX_OK;
}
