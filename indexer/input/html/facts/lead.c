/* The lead. */
#include "indexer/input/html/facts/lead.h"

#include "indexer/input/chars/chars.h"
#include "indexer/input/html/facts/names.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define LEAD_MIN_BYTES 40u
#define LEAD_MAX_BYTES 1500u

static bool is_usable(const dx_page *p, dx_str lead)
{
    return lead.len >= LEAD_MIN_BYTES && lead.len <= LEAD_MAX_BYTES &&
           !dx_name_is_site(p, lead) &&
           !dx_names_equal(lead, p->out->title);
}

/* Selectors before classes that only sound like it. */
static dx_status find_named(const dx_page *p, dx_str *out)
{
    static const char *const selectors[] = {"[data-role=sapo]", ".hometext",
        "#divArticleDescription1", "#divArticleDescription", "#news-des",
        "#show_description", ".detail-sapo", ".article__sapo", "p.description",
        "h2.content-detail-sapo", ".content-detail-sapo", ".singular-sapo",
        ".dt-news__sapo", ".article-sapo", ".sapo", ".chapeau"};

    for (size_t s = 0; s < COUNT(selectors); s++)
        for (uint32_t i = 0; (i = dx_dom_find(p->dom, selectors[s], i,
                                  p->dom->count)) != DX_DOM_NONE; i++) {
            if (p->lines.looks[i] & DX_LINE_ASIDE)
                continue;
            DX_TRY(dx_page_said_by(p, i, out));
            if (is_usable(p, *out))
                return DX_OK;
        }
    *out = (dx_str){NULL, 0};
    return DX_OK;
}

/* The outermost element that holds nothing besides this line. */
static uint32_t box_of(const dx_page *p, uint32_t line)
{
    const dx_dom *dom = p->dom;
    uint32_t box = p->lines.items[line].block, parent = dom->nodes[box].parent;

    while (parent != DX_DOM_NONE && dx_lines_at(&p->lines, parent) == line &&
           dx_lines_at(&p->lines, dom->nodes[parent].end) == line + 1) {
        box = parent;
        parent = dom->nodes[box].parent;
    }
    return box;
}

/* Up to the box of the line, and one element above its block. */
static bool is_named(const dx_page *p, uint32_t line, const char *const *names)
{
    uint32_t i = p->lines.items[line].block, box = box_of(p, line);

    if (dx_node_is_named(p->dom, i, names, 1))
        return true;
    for (; i > box; i = p->dom->nodes[i].parent)
        if (dx_node_is_named(p->dom, i, names, 0))
            return true;
    return dx_node_is_named(p->dom, box, names, 0);
}

/* Between title and text: named for a lead, or all of it bold. */
static dx_str below_title(const dx_page *p)
{
    static const char *const names[] = {"sapo", "chapeau", "chappeau", "chapo", "hometext", "lead",
        "lede", "summary", "description", "intro", "abstract", "tomtat", "tom-tat",
        "mota", "mo-ta", "excerpt", "trichdan", "trich-dan", "trichyeu",
        "subtitle", "sub-title", "teaser", "standfirst", "-des", "desc", NULL};
    const uint32_t below = 15;

    for (uint32_t i = p->title_line + 1;
         i < p->lines.count && i <= p->title_line + below; i++) {
        const dx_line *line = &p->lines.items[i];
        if ((line->looks & (DX_LINE_LINK | DX_LINE_ASIDE)) ||
            !is_usable(p, line->text))
            continue;
        const size_t sentence_bytes = 70;
        bool bold = (line->looks & DX_LINE_BOLD) &&
                    line->text.len >= sentence_bytes;
        if (bold || is_named(p, i, names))
            return line->text;
        if (line->text.len >= 2 * sentence_bytes) /* the text begins */
            break;
    }
    return (dx_str){NULL, 0};
}

/* "… đến hết tháng 6...": the line of the page of which it is the start. */
static dx_str completed(const dx_page *p, dx_str lead)
{
    dx_str stem = lead;

    while (stem.len && stem.ptr[stem.len - 1] == '.')
        stem.len--;
    if (stem.len > 3 && memcmp(dx_str_end(stem) - 3, "…", 3) == 0)
        stem.len -= 3;
    stem = dx_trim(stem);
    if (lead.len < stem.len + 3 || stem.len < LEAD_MIN_BYTES)
        return lead;
    for (uint32_t i = 0; i < p->lines.count; i++) {
        dx_str line = p->lines.items[i].text;
        if (line.len >= stem.len && line.len <= LEAD_MAX_BYTES &&
            memcmp(line.ptr, stem.ptr, stem.len) == 0)
            return line;
    }
    return lead;
}

/* What a meta says may be the site's description, the same on all pages, or a
 * list of keywords; the text does without. */
static dx_status find_hidden(const dx_page *p, dx_str *out, const char **from)
{
    static const char *const metas[] = {"og:description", "dc.description",
        "description", "twitter:description"};
    uint32_t i = dx_dom_find(p->dom, "[itemprop=description]", 0,
        p->dom->count);

    *from = "json-ld";
    DX_TRY(dx_page_line(p, p->ld.description, out));
    if (is_usable(p, *out))
        return DX_OK;
    *from = "microdata";
    if (i != DX_DOM_NONE)
        DX_TRY(dx_page_said_by(p, i, out));
    for (size_t m = 0; m < COUNT(metas) && !is_usable(p, *out); m++) {
        *from = metas[m];
        DX_TRY(dx_page_line(p, dx_page_meta(p, metas[m]), out));
    }
    if (!is_usable(p, *out))
        *out = (dx_str){NULL, 0};
    return DX_OK;
}

dx_status dx_lead_find(const dx_page *p)
{
    const char *from = "class";
    dx_str lead = {NULL, 0};

    DX_TRY(find_named(p, &lead));
    if (!lead.len) {
        from = "below title";
        lead = below_title(p);
    }
    if (!lead.len)
        DX_TRY(find_hidden(p, &lead, &from));
    return dx_page_set(p, DX_FIELD_LEAD, completed(p, lead), from);
}
