/* Addresses of other pages of the search. */
#include "searcher/output/html/link.h"

#include <string.h>

#include "common/base/escape.h"

const char *const dx_link_orders[3] = {[DX_ORDER_SCORE] = "relevance",
    [DX_ORDER_NEWEST] = "newest", [DX_ORDER_OLDEST] = "oldest"};

const char *const dx_link_scopes[3] = {[DX_SCOPE_ALL] = "all",
    [DX_SCOPE_EXACT] = "exact", [DX_SCOPE_OTHERS] = "others"};

dx_link dx_link_of(const dx_view *view)
{
    return (dx_link){.query = view->query, .like = view->like,
        .order = view->order, .literal = view->literal, .scope = view->scope,
        .page = 1};
}

bool dx_link_can_filter(const char *value)
{
    return *value && !strchr(value, '"');
}

/* The filter must not become part of a phrase that was left open. */
static void put_filter(dx_buf *out, const dx_link *link)
{
    bool open = false;

    for (const char *p = link->query; *p; p++)
        open ^= *p == '"';
    dx_url_put_parameter(out, open ? "\" " : " ");
    dx_url_put_parameter(out, link->field);
    dx_url_put_parameter(out, ":\"");
    dx_url_put_parameter(out, link->value);
    dx_url_put_parameter(out, "\"");
}

void dx_link_put(dx_buf *out, const dx_link *link, const char *rel)
{
    bool is_like = *link->like;

    dx_buf_puts(out, is_like ? "<a href=\"?like=" : "<a href=\"?q=");
    dx_url_put_parameter(out, is_like ? link->like : link->query);
    if (link->field)
        put_filter(out, link);
    if (link->order != DX_ORDER_SCORE)
        dx_buf_printf(out, "&amp;sort=%s", dx_link_orders[link->order]);
    if (link->literal)
        dx_buf_puts(out, "&amp;literal=1");
    if (link->scope != DX_SCOPE_ALL)
        dx_buf_printf(out, "&amp;scope=%s", dx_link_scopes[link->scope]);
    if (link->page > 1)
        dx_buf_printf(out, "&amp;page=%u", link->page);
    dx_buf_puts(out, "\"");
    if (rel)
        dx_buf_printf(out, " rel=\"%s\"", rel);
    dx_buf_puts(out, ">");
}
