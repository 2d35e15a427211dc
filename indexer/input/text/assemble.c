/* Paragraphs in their order to an article: see dx_boilerplate_remove() for what is
 * taken away, and below for headline and lead. */
#include "indexer/input/text/assemble.h"

#include "indexer/input/text/boilerplate.h"
#include "indexer/input/text/headline.h"
#include "indexer/input/text/markdown.h"
#include "indexer/input/text/state_document.h"

#define LEAD_MAX_BYTES 1000u

/* The first line is the headline when it is followed by a blank line or by a
 * longer paragraph; else the file starts with its lead. A headline may end in
 * a question mark, and be of any length that still reads as one. */
static bool has_headline(const dx_paras *p)
{
    if (p->count < 2)
        return false;
    dx_str first = p->items[0].text, second = p->items[1].text;
    return first.len <= 250 && !strchr(".;,:", first.ptr[first.len - 1]) &&
           (p->items[1].after_blank || second.len > first.len);
}

static dx_status assemble_news(dx_paras *p, dx_article *out, size_t *begin,
    dx_error *err)
{
    size_t from = 0;

    dx_boilerplate_remove_head(p, out);
    if (has_headline(p))
        out->title = p->items[from++].text;
    /* Only below the headline: "Hà Nội" over an article is no byline. */
    dx_paras below = {p->count ? p->items + from : NULL, p->count - from, 0};
    DX_TRY(dx_boilerplate_remove(&below, NULL, out, err));
    p->count = from + below.count;
    if (below.count)
        dx_boilerplate_remove_agency(&below.items[0].text, out);
    if (below.count > 1 && below.items[0].text.len <= LEAD_MAX_BYTES &&
        !dx_looks_like_headline(below.items[0].text)) {
        out->lead = below.items[0].text;
        from++;
    }
    *begin = from;
    return DX_OK;
}

dx_status dx_text_assemble(dx_paras *p, dx_arena *arena, dx_article *out,
    size_t *from, dx_error *err)
{
    bool is_state_document;

    *from = 0;
    DX_TRY(dx_markdown_remove(p, arena, err));
    DX_TRY(dx_state_document_read(p, arena, out, &is_state_document, err));
    return is_state_document ? DX_OK : assemble_news(p, out, from, err);
}
