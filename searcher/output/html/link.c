/* Addresses of other pages of the search. */
#include "searcher/output/html/link.h"

#include <stdio.h>
#include <string.h>

#include "common/base/escape.h"

const char *const dx_link_orders[3] = {[DX_ORDER_SCORE] = "relevance",
    [DX_ORDER_NEWEST] = "newest", [DX_ORDER_OLDEST] = "oldest"};

const char *const dx_link_scopes[3] = {[DX_SCOPE_ALL] = "all",
    [DX_SCOPE_EXACT] = "exact", [DX_SCOPE_OTHERS] = "others"};

dx_link dx_link_of(const dx_view *view)
{
    return (dx_link){.query = view->query, .like = view->like, .id = view->id,
        .order = view->order, .literal = view->literal, .scope = view->scope,
        .page = 1, .limit = dx_view_limit(view), .lang = view->lang};
}

/* ---- filters ---- */

size_t dx_link_quote_len(const char *p)
{
    static const char *const quotes[] = {"\"", "“", "”", "„", "«", "»"};

    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (strncmp(p, quotes[i], strlen(quotes[i])) == 0)
            return strlen(quotes[i]);
    return 0;
}

static bool is_mark(const char *p) { return *p == '\\' || dx_link_quote_len(p) > 0; }

/* Quotation marks, brackets and whatever else goes on after the end, such as an
 * operator without its second side, must not reach the filter. */
static bool is_ordinary(const char *query)
{
    static const char *const operators[] = {"OR", "AND", "NOT", "NEAR", "ADJ"};

    for (const char *p = query; *p; p++)
        if (is_mark(p) || strchr("()[]|&@", *p))
            return false;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (strstr(query, operators[i]))
            return false;
    return true;
}

/* An operator at the beginning has no side before it, nor gets the filter. */
static bool starts_with_operator(const char *query)
{
    static const char *const operators[] = {"OR", "AND", "NEAR", "ADJ", "|",
        "&&"};

    query += strspn(query, " \t\r\n");
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (strncmp(query, operators[i], strlen(operators[i])) == 0)
            return true;
    return false;
}

void dx_link_put_filter(dx_buf *out, const char *field, const char *value)
{
    dx_buf_printf(out, "%s:\"", field);
    for (const char *p = value; *p; p++) {
        if (is_mark(p))
            dx_buf_putc(out, '\\');
        dx_buf_putc(out, *p);
    }
    dx_buf_putc(out, '"');
}

void dx_link_put_joined(dx_buf *out, const char *query, const char *filters)
{
    bool first = *filters && !is_ordinary(query);
    bool inside = first && starts_with_operator(query);

    if (first) {
        dx_buf_puts(out, filters);
        dx_buf_puts(out, *query ? " " : "");
    }
    dx_buf_puts(out, inside ? "(" : "");
    dx_buf_puts(out, query);
    dx_buf_puts(out, inside ? ")" : "");
    if (*filters && !first) {
        dx_buf_puts(out, *query ? " " : "");
        dx_buf_puts(out, filters);
    }
}

static void put_query(const dx_link *link, dx_buf *query)
{
    dx_buf filter;

    dx_buf_init(&filter, query->max);
    if (link->field)
        dx_link_put_filter(&filter, link->field, link->value);
    dx_link_put_joined(query, link->query, dx_buf_cstr(&filter));
    dx_buf_latch(query, &filter);
    dx_buf_free(&filter);
}

bool dx_link_can_filter(const dx_link *link)
{
    dx_buf query;

    dx_buf_init(&query, DX_QUERY_MAX_BYTES + 1);
    put_query(link, &query);
    bool can = *link->value && query.status == DX_OK &&
               query.len <= DX_QUERY_MAX_BYTES;
    dx_buf_free(&query);
    return can;
}

/* ---- links ---- */

static void put_parameter(dx_buf *out, const dx_link *link)
{
    dx_buf query;

    dx_buf_init(&query, out->max);
    put_query(link, &query);
    dx_url_put_parameter(out, dx_buf_cstr(&query));
    dx_buf_latch(out, &query);
    dx_buf_free(&query);
}

static void put_address(dx_buf *out, const dx_link *link, const char *and)
{
    bool is_article = link->id && *link->id, is_like = !is_article && *link->like;

    if (is_article) {
        dx_buf_puts(out, "?id=");
        dx_url_put_parameter(out, link->id);
        dx_buf_printf(out, "%sq=", and);
    } else {
        dx_buf_puts(out, is_like ? "?like=" : "?q=");
    }
    if (is_like)
        dx_url_put_parameter(out, link->like);
    else
        put_parameter(out, link);
    if (link->order != DX_ORDER_SCORE)
        dx_buf_printf(out, "%ssort=%s", and, dx_link_orders[link->order]);
    if (link->literal)
        dx_buf_printf(out, "%sliteral=1", and);
    if (link->scope != DX_SCOPE_ALL)
        dx_buf_printf(out, "%sscope=%s", and, dx_link_scopes[link->scope]);
    if (link->limit)
        dx_buf_printf(out, "%slimit=%u", and, link->limit);
    if (link->lang && *link->lang)
        dx_buf_printf(out, "%slang=%s", and, link->lang);
    if (link->page > 1)
        dx_buf_printf(out, "%spage=%u", and, link->page);
}

void dx_link_put_address(dx_buf *out, const dx_link *link)
{
    put_address(out, link, "&");
}

void dx_link_put(dx_buf *out, const dx_link *link, const char *rel)
{
    dx_buf_puts(out, "<a href=\"");
    put_address(out, link, "&amp;");
    dx_buf_puts(out, "\"");
    if (rel)
        dx_buf_printf(out, " rel=\"%s\"", rel);
    dx_buf_puts(out, ">");
}

static void put_input(dx_buf *out, const char *name, const char *value)
{
    dx_buf_printf(out, "<input type=\"hidden\" name=\"%s\" value=\"%s\">\n",
        name, value);
}

void dx_link_put_hidden(dx_buf *out, const dx_link *link)
{
    char number[16];

    if (link->order != DX_ORDER_SCORE)
        put_input(out, "sort", dx_link_orders[link->order]);
    if (link->limit) {
        snprintf(number, sizeof number, "%u", link->limit);
        put_input(out, "limit", number);
    }
    if (link->lang && *link->lang)
        put_input(out, "lang", link->lang);
}
