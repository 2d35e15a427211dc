/* What a browser asked for, decoded from the query string. */
#include "searcher/serve/request.h"

#include <string.h>

#include "common/base/escape.h"
#include "searcher/output/formats.h"
#include "searcher/output/html/link.h"
#include "searcher/output/json.h"

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
    uint32_t n = number(text, DX_RANK_MAX, 1);

    return n ? n : 1;
}

static void take_offset(dx_web_request *r, const char *text)
{
    uint32_t none = DX_RANK_MAX + 1;
    uint32_t n = number(text, DX_RANK_MAX, none);

    r->has_offset = n != none;
    r->offset = r->has_offset ? n : 0;
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

/* Who names one is a program, so JSON says that there is none such; "" names none. */
static void take_format(dx_web_request *r, const char *text)
{
    const dx_format *format = dx_format_named(text, DX_FORMAT_WEB);

    r->knows_format = format || !*text;
    if (format || *text)
        r->format = format ? format : &dx_format_json;
}

/* Parameters, by their place in `names`. */
typedef enum parameter {
    P_QUERY, P_LIKE, P_PAGE, P_FORMAT, P_SORT, P_LITERAL, P_SCOPE, P_FACETS,
    P_LIMIT, P_OFFSET, P_FIELDS, P_COUNT
} parameter;

static const char *const names[P_COUNT] = {"q", "like", "page", "format",
    "sort", "literal", "scope", "facets", "limit", "offset", "fields"};

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
        take_format(r, text);
    else if (which == P_SORT)
        r->order = order_of(text);
    else if (which == P_LITERAL)
        r->literal = strcmp(text, "1") == 0;
    else if (which == P_SCOPE)
        r->scope = scope_of(text);
    else if (which == P_LIMIT)
        r->limit = number(text, DX_REQUEST_LIMIT_MAX, 0);
    else if (which == P_OFFSET)
        take_offset(r, text);
    else if (which == P_FIELDS)
        decode(value, end, r->fields, DX_REQUEST_FIELDS_BYTES_MAX);
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

    *out = (dx_web_request){.head = *head, .page = 1, .knows_format = true,
        .format = dx_format_default(DX_FORMAT_WEB)};
    out->method = !method || strcmp(method, "GET") == 0 ? DX_METHOD_GET
                  : strcmp(method, "HEAD") == 0         ? DX_METHOD_HEAD
                                                        : DX_METHOD_OTHER;
    dx_web_head_base(head, out->base);
    while (*p) {
        size_t len = strcspn(p, "&");
        take(out, seen, p, p + len);
        p += len + (p[len] == '&');
    }
    if (has_words(out->query))
        out->like[0] = '\0';
    if (!seen[P_SORT] && out->format->newest)
        out->order = DX_ORDER_NEWEST;
}

void dx_web_request_ranks(const dx_web_request *request, uint32_t usual,
    uint32_t *first, uint32_t *count)
{
    uint32_t size = request->limit ? request->limit : usual;
    uint32_t pages = DX_RANK_MAX / size, last = DX_RANK_MAX - size;
    uint32_t page = request->page < pages ? request->page : pages;

    *first = !request->has_offset       ? (page - 1) * size
             : request->offset < last ? request->offset
                                        : last;
    *count = size;
}

bool dx_web_request_has_query(const dx_web_request *request)
{
    return *request->like || has_words(request->query);
}
