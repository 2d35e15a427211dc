/* What a browser asked for, decoded from the query string. */
#include "searcher/serve/request.h"

#include <string.h>

#include "common/base/escape.h"
#include "searcher/output/formats.h"
#include "searcher/output/html/link.h"

#define REPLACEMENT "\xEF\xBF\xBD"

/* The byte that the form-encoded `*p` stands for; advances it. */
static char next_byte(const char **p, const char *end)
{
    const char *at = *p;

    if (*at == '%' && end - at > 2 && dx_hex_value(at[1]) >= 0 &&
        dx_hex_value(at[2]) >= 0) {
        *p += 3;
        return (char)(dx_hex_value(at[1]) * 16 + dx_hex_value(at[2]));
    }
    *p += 1;
    return *at == '+' ? ' ' : *at;
}

/* Decodes into `out`, which has room for max + 1 bytes. */
static void decode(const char *p, const char *end, char *out, size_t max)
{
    size_t len = 0;

    while (p < end) {
        char c = next_byte(&p, end);
        size_t n = c ? 1 : sizeof REPLACEMENT - 1;
        if (len + n > max) {
            while (len > 0 && ((unsigned char)out[len - 1] & 0xC0) == 0x80)
                len--;
            if (len > 0 && (unsigned char)out[len - 1] >= 0xC0)
                len--;
            break;
        }
        memcpy(out + len, c ? &c : REPLACEMENT, n);
        len += n;
    }
    out[len] = '\0';
}

/* Decimal digits up to `max`, `max` if it is more; `other` for anything else. */
static uint32_t number(const char *text, uint32_t max, uint32_t other)
{
    uint32_t n = 0;

    if (!*text)
        return other;
    for (; *text >= '0' && *text <= '9'; text++)
        if (n <= max)
            n = n * 10 + (uint32_t)(*text - '0');
    if (*text)
        return other;
    return n > max ? max : n;
}

static uint32_t page_number(const char *text)
{
    uint32_t n = number(text, DX_REQUEST_PAGE_MAX, 1);

    return n ? n : 1;
}

static dx_order order_of(const char *text)
{
    return strcmp(text, dx_link_orders[DX_ORDER_NEWEST]) == 0   ? DX_ORDER_NEWEST
           : strcmp(text, dx_link_orders[DX_ORDER_OLDEST]) == 0 ? DX_ORDER_OLDEST
                                                               : DX_ORDER_SCORE;
}

static dx_scope scope_of(const char *text)
{
    return strcmp(text, dx_link_scopes[DX_SCOPE_EXACT]) == 0 ? DX_SCOPE_EXACT
           : strcmp(text, dx_link_scopes[DX_SCOPE_OTHERS]) == 0
               ? DX_SCOPE_OTHERS
               : DX_SCOPE_ALL;
}

static const dx_format *format_of(const char *text)
{
    const dx_format *format = dx_format_named(text, DX_FORMAT_WEB);

    return format ? format : dx_format_default(DX_FORMAT_WEB);
}

/* Parameters, by their place in `names`. */
typedef enum parameter {
    P_QUERY, P_LIKE, P_PAGE, P_FORMAT, P_SORT, P_LITERAL, P_SCOPE, P_FACETS,
    P_COUNT
} parameter;

static const char *const names[P_COUNT] = {"q", "like", "page", "format",
    "sort", "literal", "scope", "facets"};

static parameter parameter_of(const char *p, const char *end)
{
    char name[16];
    unsigned i = 0;

    decode(p, end, name, sizeof name - 1);
    while (i < P_COUNT && strcmp(name, names[i]) != 0)
        i++;
    return (parameter)i;
}

static void take(dx_web_request *r, bool seen[P_COUNT], const char *p,
    const char *end)
{
    const char *equals = memchr(p, '=', (size_t)(end - p));
    const char *value = equals ? equals + 1 : end;
    parameter which = parameter_of(p, equals ? equals : end);
    char text[16];

    if (which == P_COUNT || seen[which])
        return;
    seen[which] = true;
    decode(value, end, text, sizeof text - 1);
    if (which == P_QUERY)
        decode(value, end, r->query, DX_REQUEST_QUERY_BYTES_MAX);
    else if (which == P_LIKE)
        decode(value, end, r->like, DX_LINK_LIKE_BYTES_MAX);
    else if (which == P_PAGE)
        r->page = page_number(text);
    else if (which == P_FORMAT)
        r->format = format_of(text);
    else if (which == P_SORT)
        r->order = order_of(text);
    else if (which == P_LITERAL)
        r->literal = strcmp(text, "1") == 0;
    else if (which == P_SCOPE)
        r->scope = scope_of(text);
    else
        r->facets = number(text, DX_REQUEST_FACETS_MAX, 0);
}

static bool has_words(const char *query)
{
    for (const char *p = query; *p; p++)
        if ((unsigned char)*p > ' ')
            return true;
    return false;
}

void dx_web_request_read(const dx_web_head *head, dx_web_request *out)
{
    const char *method = head->method;
    const char *p = head->query_string ? head->query_string : "";
    bool seen[P_COUNT] = {false};

    out->head = *head;
    out->method = !method || strcmp(method, "GET") == 0 ? DX_METHOD_GET
                  : strcmp(method, "HEAD") == 0         ? DX_METHOD_HEAD
                                                        : DX_METHOD_OTHER;
    out->format = dx_format_default(DX_FORMAT_WEB);
    out->literal = false;
    out->scope = DX_SCOPE_ALL;
    out->order = DX_ORDER_SCORE;
    out->facets = 0;
    out->page = 1;
    out->query[0] = out->like[0] = '\0';
    while (*p) {
        size_t len = strcspn(p, "&");
        take(out, seen, p, p + len);
        p += len + (p[len] == '&');
    }
    if (has_words(out->query))
        out->like[0] = '\0';
}

bool dx_web_request_has_query(const dx_web_request *request)
{
    return *request->like || has_words(request->query);
}
