#include "searcher/output/html/link.h"

#include <string.h>

#include "searcher/output/html/escape.h"

const char *const dx_cgi_orders[3] = {[DX_ORDER_SCORE] = "relevance",
    [DX_ORDER_NEWEST] = "newest", [DX_ORDER_OLDEST] = "oldest"};

dx_cgi_link dx_cgi_link_of(const dx_cgi_request *request)
{
    return (dx_cgi_link){.query = request->query, .like = request->like,
        .order = request->order, .literal = request->literal, .page = 1};
}

bool dx_cgi_link_can_filter(const char *value)
{
    return *value && !strchr(value, '"');
}

/* The filter must not become part of a phrase that was left open. */
static void put_filter(dx_buf *out, const dx_cgi_link *link)
{
    bool open = false;

    for (const char *p = link->query; *p; p++)
        open ^= *p == '"';
    dx_html_put_parameter(out, open ? "\" " : " ");
    dx_html_put_parameter(out, link->field);
    dx_html_put_parameter(out, ":\"");
    dx_html_put_parameter(out, link->value);
    dx_html_put_parameter(out, "\"");
}

void dx_cgi_link_put(dx_buf *out, const dx_cgi_link *link, const char *rel)
{
    bool is_like = *link->like;

    dx_buf_puts(out, is_like ? "<a href=\"?like=" : "<a href=\"?q=");
    dx_html_put_parameter(out, is_like ? link->like : link->query);
    if (link->field)
        put_filter(out, link);
    if (link->order != DX_ORDER_SCORE)
        dx_buf_printf(out, "&amp;sort=%s", dx_cgi_orders[link->order]);
    if (link->literal)
        dx_buf_puts(out, "&amp;literal=1");
    if (link->page > 1)
        dx_buf_printf(out, "&amp;page=%u", link->page);
    dx_buf_puts(out, "\"");
    if (rel)
        dx_buf_printf(out, " rel=\"%s\"", rel);
    dx_buf_puts(out, ">");
}
