/* Feeds, OpenSearch and schema.org in the head of a page. */
#include "searcher/output/html/links.h"

#include "common/base/escape.h"
#include "searcher/output/html/link.h"
#include "searcher/output/html/texts.h"
#include "searcher/output/xml/description.h"

/* The address of the same answer in another format, which has its own order unless `order` says
 * one, and its own number of articles. */
static void put_address(dx_buf *out, const dx_view *view, dx_order order,
    const char *format)
{
    dx_link link = dx_link_of(view);
    dx_buf address;

    link.id = NULL;
    if (!*link.query && !*link.like)
        link.query = "*"; /* all articles */
    link.order = order;
    link.limit = 0;
    dx_buf_init(&address, out->max);
    dx_link_put_address(&address, &link);
    dx_buf_printf(&address, "&format=%s", format);
    dx_html_put(out, dx_buf_cstr(&address));
    dx_buf_latch(out, &address);
    dx_buf_free(&address);
}

static void put_feed(dx_buf *out, const dx_view *view, const char *format,
    const char *name)
{
    bool is_vi = view->language == DX_VIETNAMESE;

    dx_buf_printf(out,
        "<link rel=\"alternate\" type=\"application/%s+xml\" title=\"%s (%s)\" href=\"",
        format, is_vi ? "Bài mới nhất" : "Newest articles", name);
    put_address(out, view, DX_ORDER_SCORE, format);
    dx_buf_puts(out, "\">\n");
}

void dx_links_put_follow(dx_buf *out, const dx_view *view)
{
    dx_buf_puts(out, "<p class=\"more\"><a href=\"");
    put_address(out, view, DX_ORDER_SCORE, "rss");
    dx_buf_printf(out, "\">%s</a>\n<a href=\"",
        dx_text(view->language, DX_TEXT_follow));
    put_address(out, view, view->order, "csv");
    dx_buf_printf(out, "\">%s</a></p>\n",
        dx_text(view->language, DX_TEXT_download));
}

static void put_search(dx_buf *out, const dx_view *view)
{
    dx_buf_puts(out, "<link rel=\"search\" type=\"" DX_DESCRIPTION_MIME "\" title=\"");
    dx_html_put(out, *view->face->title                ? view->face->title
                     : view->language == DX_VIETNAMESE ? "Tìm kiếm"
                                                       : "Search");
    dx_buf_puts(out, "\" href=\"?opensearch=1\">\n");
}

/* https://schema.org/SearchAction */
static void put_action(dx_buf *out, const dx_view *view)
{
    dx_buf target;

    dx_buf_init(&target, out->max);
    dx_buf_printf(&target, "%s?q={search_term_string}", view->base);
    dx_buf_puts(out, "<script type=\"application/ld+json\">"
                     "{\"@context\":\"https://schema.org\",\"@type\":\"WebSite\"");
    if (*view->face->title)
        dx_json_put_member(out, "name", view->face->title);
    dx_json_put_member(out, "url", view->base);
    dx_buf_puts(out, ",\"potentialAction\":{\"@type\":\"SearchAction\","
                     "\"target\":{\"@type\":\"EntryPoint\"");
    dx_json_put_member(out, "urlTemplate", dx_buf_cstr(&target));
    dx_buf_puts(out, "},\"query-input\":\"required name=search_term_string\"}}"
                     "</script>\n");
    dx_buf_latch(out, &target);
    dx_buf_free(&target);
}

void dx_links_put(dx_buf *out, const dx_view *view)
{
    bool is_asked = *view->query || *view->like;

    put_feed(out, view, "atom", "Atom");
    put_feed(out, view, "rss", "RSS");
    put_search(out, view);
    if (!is_asked && view->base && *view->base)
        put_action(out, view);
}
