/* What a browser asked for, decoded from the query string. */
#include "searcher/serve/request.h"

#include <string.h>

#include "common/base/escape.h"
#include "common/text/utf8.h"
#include "searcher/output/formats.h"
#include "searcher/output/html/link.h"
#include "searcher/output/json.h"
#include "searcher/serve/request/compose.h"

#define REPLACEMENT "\xEF\xBF\xBD"

/* ---- decoding ---- */

/* Of the hexadecimal digits from `p` on; -1 unless there are `count`. */
static int32_t hex_number(const char *p, const char *end, unsigned count)
{
    int32_t n = 0;

    if (end - p < (ptrdiff_t)count)
        return -1;
    for (unsigned i = 0; i < count; i++) {
        if (dx_hex_value(p[i]) < 0)
            return -1;
        n = n * 16 + dx_hex_value(p[i]);
    }
    return n;
}

/* The unit of UTF-16 of the "%uXXXX" at `p`, which old scripts write (escape()); -1 where
 * there is none. */
static int32_t unit_at(const char *p, const char *end)
{
    return end - p > 2 && p[0] == '%' && (p[1] == 'u' || p[1] == 'U')
               ? hex_number(p + 2, end, 4)
               : -1;
}

/* The character of the "%uXXXX" at `*p`, of two if it takes a pair; moves past it. Half a
 * pair is U+FFFD. */
static size_t take_units(const char **p, const char *end, char out[4])
{
    int32_t unit = unit_at(*p, end), low;
    uint32_t c = (uint32_t)unit;

    *p += 6;
    if (unit >= 0xD800 && unit < 0xDC00 && (low = unit_at(*p, end)) >= 0xDC00 &&
        low < 0xE000) {
        *p += 6;
        c = 0x10000 + (((uint32_t)unit - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
    } else if (unit == 0 || (unit >= 0xD800 && unit < 0xE000)) {
        c = 0xFFFD;
    }
    return dx_utf8_encode(c, out);
}

/* What the form-encoded `*p` stands for, 1 to 4 bytes; advances it. */
static size_t take_encoded(const char **p, const char *end, char out[4])
{
    const char *at = *p;
    int32_t byte = *at == '%' ? hex_number(at + 1, end, 2) : -1;

    if (unit_at(at, end) >= 0)
        return take_units(p, end, out);
    *p += byte >= 0 ? 3 : 1;
    *out = byte >= 0 ? (char)byte : *at == '+' ? ' ' : *at;
    if (*out)
        return 1;
    memcpy(out, REPLACEMENT, sizeof REPLACEMENT - 1);
    return sizeof REPLACEMENT - 1;
}

/* Decodes into `out`, which has room for max + 1 bytes; returns the length. */
static size_t decode(const char *p, const char *end, char *out, size_t max)
{
    size_t len = 0;
    char bytes[4];

    while (p < end) {
        size_t n = take_encoded(&p, end, bytes);
        if (len + n > max) {
            while (len > 0 && ((unsigned char)out[len - 1] & 0xC0) == 0x80)
                len--;
            if (len > 0 && (unsigned char)out[len - 1] >= 0xC0)
                len--;
            break;
        }
        memcpy(out + len, bytes, n);
        len += n;
    }
    out[len] = '\0';
    return len;
}

/* Whether decoded text is encoded still: it is all ASCII, each '%' begins an escape, and one
 * of them is of what is no ASCII. Nobody types such words. */
static bool is_encoded_still(const char *text, const char *end)
{
    bool has_letters = false;

    for (const char *p = text; p < end; p++) {
        if ((unsigned char)*p >= 0x80)
            return false;
        if (*p != '%')
            continue;
        int32_t n = unit_at(p, end);
        if (n < 0 && (n = hex_number(p + 1, end, 2)) < 0)
            return false;
        has_letters |= n >= 0x80;
    }
    return has_letters;
}

/* Old portals and proxies encode what is encoded already. */
static void decode_query(const char *p, const char *end, char *out, size_t max)
{
    size_t len = decode(p, end, out, max);
    char again[DX_REQUEST_QUERY_BYTES_MAX + 1];

    if (!is_encoded_still(out, out + len))
        return;
    size_t n = decode(out, out + len, again, max);
    if (dx_utf8_is_text((dx_str){again, n}, "\t\r\n"))
        memcpy(out, again, n + 1);
}

/* ---- values ---- */

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

/* "" for a language that pages do not have. */
static const char *lang_of(const char *text)
{
    return strcmp(text, "vi") == 0 ? "vi" : strcmp(text, "en") == 0 ? "en" : "";
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
    P_LIMIT, P_OFFSET, P_FIELDS, P_COUNTS, P_ID, P_LANG, P_SUGGEST, P_DESCRIPTION, P_SCRIPT,
    P_ADVANCED, P_FROM, P_TO,
    P_FORM, /* the first of dx_form_field */
    P_COUNT = P_FORM + DX_FORM_FIELDS
} parameter;

static const char *const names[P_COUNT] = {"q", "like", "page", "format",
    "sort", "literal", "scope", "facets", "limit", "offset", "fields", "counts",
    "id", "lang", "suggest", "opensearch", "script", "advanced", "from", "to",
    [P_FORM + DX_FORM_FILTER] = "filter", [P_FORM + DX_FORM_ALL] = "all",
    [P_FORM + DX_FORM_EXACT] = "exact", [P_FORM + DX_FORM_ANY] = "any",
    [P_FORM + DX_FORM_NONE] = "none", [P_FORM + DX_FORM_SOURCE] = "source",
    [P_FORM + DX_FORM_CATEGORY] = "category"};

/* What forms add to the query. */
typedef struct form {
    char query[DX_REQUEST_QUERY_BYTES_MAX + 1];
    char from[16], to[16];
} form;

static parameter parameter_of(const char *p, const char *end)
{
    char name[16];
    unsigned i = 0;

    decode(p, end, name, sizeof name - 1);
    while (i < P_COUNT && strcmp(name, names[i]) != 0)
        i++;
    return (parameter)i;
}

static void take_field(form *f, dx_form_field field, const char *value,
    const char *end)
{
    char text[DX_REQUEST_QUERY_BYTES_MAX + 1];

    decode_query(value, end, text, sizeof text - 1);
    dx_form_add(field, text, f->query, DX_REQUEST_QUERY_BYTES_MAX);
}

static void take(dx_web_request *r, form *f, bool seen[P_COUNT], const char *p,
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
    if (which == P_SUGGEST || (which == P_QUERY && !seen[P_SUGGEST]))
        decode_query(value, end, r->query, DX_REQUEST_QUERY_BYTES_MAX);
    else if (which == P_LIKE)
        decode(value, end, r->like, DX_LINK_LIKE_BYTES_MAX);
    else if (which == P_ID)
        decode(value, end, r->id, DX_LINK_LIKE_BYTES_MAX);
    else if (which == P_LANG)
        r->lang = lang_of(text);
    else if (which == P_PAGE)
        r->page = page_number(text);
    else if (which == P_FORMAT)
        take_format(r, text);
    else if (which == P_SORT)
        r->order = order_of(text);
    else if (which == P_LITERAL)
        r->literal = strcmp(text, "1") == 0;
    else if (which == P_COUNTS)
        r->counts = strcmp(text, "1") == 0;
    else if (which == P_SCOPE)
        r->scope = scope_of(text);
    else if (which == P_LIMIT)
        r->limit = number(text, DX_REQUEST_LIMIT_MAX, 0);
    else if (which == P_OFFSET)
        take_offset(r, text);
    else if (which == P_FIELDS)
        decode(value, end, r->fields, DX_REQUEST_FIELDS_BYTES_MAX);
    else if (which == P_SCRIPT)
        memcpy(r->version, text, strlen(text) + 1);
    else if (which == P_FROM || which == P_TO)
        memcpy(which == P_FROM ? f->from : f->to, text, sizeof text);
    else if (which >= P_FORM)
        take_field(f, (dx_form_field)(which - P_FORM), value, end);
    else if (which == P_FACETS)
        r->facets = number(text, DX_REQUEST_FACETS_MAX, 0);
}

/* What forms add is left out where it does not fit. */
static void join(dx_web_request *r, const char *added)
{
    dx_buf both;

    dx_buf_init(&both, DX_REQUEST_QUERY_BYTES_MAX + 1);
    dx_link_put_joined(&both, r->query, added);
    if (both.status == DX_OK && both.len <= DX_REQUEST_QUERY_BYTES_MAX) {
        memcpy(r->query, both.data, both.len);
        r->query[both.len] = '\0';
    }
    dx_buf_free(&both);
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
    form f = {.query = ""};

    *out = (dx_web_request){.head = *head, .page = 1, .lang = "", .knows_format = true,
        .asked = DX_ASKED_RESULTS, .format = dx_format_default(DX_FORMAT_WEB)};
    out->method = !method || strcmp(method, "GET") == 0 ? DX_METHOD_GET
                  : strcmp(method, "HEAD") == 0         ? DX_METHOD_HEAD
                                                        : DX_METHOD_OTHER;
    dx_web_head_base(head, out->base);
    while (*p) {
        size_t len = strcspn(p, "&");
        take(out, &f, seen, p, p + len);
        p += len + (p[len] == '&');
    }
    dx_form_add_days(f.from, f.to, f.query, DX_REQUEST_QUERY_BYTES_MAX);
    if (*f.query)
        join(out, f.query);
    if (has_words(out->query))
        out->like[0] = '\0';
    out->asked = seen[P_SCRIPT]        ? DX_ASKED_SCRIPT
                 : seen[P_DESCRIPTION] ? DX_ASKED_DESCRIPTION
                 : seen[P_SUGGEST]     ? DX_ASKED_SUGGESTIONS
                 : *out->id            ? DX_ASKED_ARTICLE
                 : seen[P_ADVANCED]    ? DX_ASKED_ADVANCED
                                       : DX_ASKED_RESULTS;
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
