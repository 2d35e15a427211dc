/* The filters of a query, and their chips. */
#include "searcher/output/html/filters.h"

#include <stdio.h>
#include <string.h>

#include "common/base/civil.h"
#include "common/base/escape.h"
#include "common/cli/number.h"
#include "searcher/output/html/link.h"
#include "searcher/output/html/texts.h"

#define DAY_BYTES 11 /* "2024-01-31" */
#define NAME_BYTES 40u

/* ---- reading ---- */

static bool is_blank(char c) { return (unsigned char)c <= ' '; }

/* Behind the quotation mark that closes what `p` opens; NULL: there is none, or text stands
 * right behind it. */
static const char *pass_quoted(const char *p)
{
    for (p += dx_link_quote_len(p); *p && !dx_link_quote_len(p); p++)
        if (*p == '\\' && (p[1] == '\\' || dx_link_quote_len(p + 1)))
            p += p[1] == '\\' ? 1 : dx_link_quote_len(p + 1);
    if (!*p)
        return NULL;
    p += dx_link_quote_len(p);
    return is_blank(*p) ? p : NULL;
}

/* Behind the word at `p`, with what is in quotation marks in it. NULL: the query is more
 * than words, phrases and filters. */
static const char *pass_word(const char *p)
{
    static const char *const operators[] = {"OR", "AND", "NOT", "NEAR", "ADJ",
        "|", "&&"};
    size_t len = 0;

    for (const char *at = p; !is_blank(*at); at++) {
        if (dx_link_quote_len(at))
            return pass_quoted(at);
        if (strchr("()[]|@", *at))
            return NULL;
        len++;
    }
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (strncmp(p, operators[i], strlen(operators[i])) == 0 &&
            (len == strlen(operators[i]) || p[strlen(operators[i])] == '/'))
            return NULL;
    return p + len;
}

static bool is_named(dx_field field, dx_str name)
{
    const char *const *names = dx_fields[field].query_names;

    while (*names && !dx_str_eq(dx_str_from(*names), name))
        names++;
    return *names != NULL;
}

/* What the name before a colon is for; false: it is none of a filter. */
static bool find_kind(dx_str name, dx_filter *f)
{
    char plain[NAME_BYTES];
    size_t len = 0;

    for (size_t i = 0; i < name.len && len < sizeof plain; i++)
        if (name.ptr[i] != '_')
            plain[len++] = name.ptr[i];
    dx_str key = {plain, len};
    f->kind = dx_str_eq(key, DX_STR_LIT("after"))    ? DX_FILTER_AFTER
              : dx_str_eq(key, DX_STR_LIT("before")) ? DX_FILTER_BEFORE
              : dx_str_eq(key, DX_STR_LIT("dup"))    ? DX_FILTER_COPIES
                                                     : DX_FILTER_FIELD;
    if (f->kind != DX_FILTER_FIELD)
        return true;
    unsigned i = DX_TEXT_FIELDS;
    while (i < DX_FIELDS && !is_named((dx_field)i, key))
        i++;
    f->field = (dx_field)i;
    if (f->field == DX_FIELD_DATE)
        f->kind = DX_FILTER_DATE;
    return i < DX_FIELDS;
}

/* Without quotation marks and backslashes. */
static void put_value(dx_buf *out, const char *p, const char *end)
{
    bool is_quoted = dx_link_quote_len(p) > 0;

    if (is_quoted) {
        p += dx_link_quote_len(p);
        end -= end[-1] == '"' ? 1 : (unsigned char)end[-2] == 0xC2 ? 2 : 3;
    }
    for (; p < end; p++) {
        if (is_quoted && *p == '\\' && p + 1 < end)
            p++;
        dx_buf_putc(out, *p);
    }
    dx_buf_putc(out, '\0');
}

static void read_word(dx_filters *out, const char *p, const char *end)
{
    dx_filter f = {.text = {p, (size_t)(end - p)}, .value = out->values.len};

    f.is_negated = *p == '-' || *p == '!';
    p += f.is_negated;
    const char *colon = memchr(p, ':', (size_t)(end - p));
    if (!colon || colon + 1 == end || out->count == DX_FILTERS_MAX ||
        !find_kind((dx_str){p, (size_t)(colon - p)}, &f))
        return;
    put_value(&out->values, colon + 1, end);
    out->at[out->count++] = f;
}

void dx_filters_read(const char *query, dx_filters *out)
{
    *out = (dx_filters){.query = query};
    dx_buf_init(&out->values, (size_t)4 * DX_QUERY_MAX_BYTES + NAME_BYTES);
    for (const char *p = query; *p;) {
        const char *end = is_blank(*p) ? p + 1 : pass_word(p);
        if (end && !is_blank(*p))
            read_word(out, p, end);
        if (!end || out->values.status != DX_OK) {
            out->count = 0;
            return;
        }
        p = end;
    }
}

void dx_filters_free(dx_filters *f) { dx_buf_free(&f->values); }

const char *dx_filters_value(const dx_filters *f, uint32_t i)
{
    return (const char *)f->values.data + f->at[i].value;
}

/* ---- the query in parts ---- */

static bool is_date(const dx_filter *f)
{
    return f->kind == DX_FILTER_DATE || f->kind == DX_FILTER_AFTER ||
           f->kind == DX_FILTER_BEFORE;
}

/* Appends the pieces of the query that are no filter with a `true` of `without`. */
static void put_without(const dx_filters *f, const bool without[DX_FILTERS_MAX],
    dx_buf *out)
{
    const char *p = f->query, *end = p + strlen(p);
    size_t start = out->len;

    for (uint32_t i = 0; i <= f->count; i++) {
        if (i < f->count && !without[i])
            continue;
        dx_str piece = {p,
            (size_t)((i < f->count ? f->at[i].text.ptr : end) - p)};
        piece = dx_str_trim(piece);
        dx_buf_puts(out, piece.len && out->len > start ? " " : "");
        dx_buf_put_str(out, piece);
        p = i < f->count ? dx_str_end(f->at[i].text) : end;
    }
}

void dx_filters_put_without(const dx_filters *f, uint32_t i, dx_buf *out)
{
    bool without[DX_FILTERS_MAX];

    for (uint32_t k = 0; k < DX_FILTERS_MAX; k++)
        without[k] = i == DX_FILTERS_MAX || i == k;
    put_without(f, without, out);
}

void dx_filters_put_words(const char *query, dx_buf *out)
{
    dx_filters f;

    dx_filters_read(query, &f);
    dx_filters_put_without(&f, DX_FILTERS_MAX, out);
    dx_buf_latch(out, &f.values);
    dx_filters_free(&f);
}

/* The first by its field, or NULL. */
static const dx_filter *first_of(const dx_filters *f, dx_field field)
{
    for (uint32_t i = 0; i < f->count; i++)
        if (f->at[i].kind == DX_FILTER_FIELD && !f->at[i].is_negated &&
            f->at[i].field == field)
            return &f->at[i];
    return NULL;
}

const char *dx_filters_value_of(const dx_filters *f, dx_field field)
{
    const dx_filter *filter = first_of(f, field);

    return filter ? (const char *)f->values.data + filter->value : "";
}

static bool is_in_form(const dx_filters *f, const dx_filter *filter)
{
    return (is_date(filter) && !filter->is_negated) ||
           filter == first_of(f, DX_FIELD_SOURCE) ||
           filter == first_of(f, DX_FIELD_CATEGORY);
}

void dx_filters_put(const dx_filters *f, bool without_form, dx_buf *out)
{
    size_t start = out->len;

    for (uint32_t i = 0; i < f->count; i++) {
        if (without_form && is_in_form(f, &f->at[i]))
            continue;
        dx_buf_puts(out, out->len > start ? " " : "");
        dx_buf_put_str(out, f->at[i].text);
    }
}

bool dx_filters_has_dates(const dx_filters *f)
{
    for (uint32_t i = 0; i < f->count; i++)
        if (is_date(&f->at[i]))
            return true;
    return false;
}

/* ---- days ---- */

/* The first and the last day of "2024", "2024-03" or "2024-03-27"; false for anything
 * else. */
static bool read_days(dx_str text, dx_civil *first, dx_civil *last)
{
    int parts[3] = {0, 1, 1}, n = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '-' && n < 2 && i > 0)
            parts[++n] = 0;
        else if (c >= '0' && c <= '9' && parts[n] < 1000)
            parts[n] = parts[n] * 10 + (c - '0');
        else
            return false;
    }
    *first = *last = (dx_civil){parts[0], parts[1], parts[2]};
    if (parts[0] < 1000 || parts[1] < 1 || parts[1] > 12 || parts[2] < 1)
        return false;
    last->month = n == 0 ? 12 : parts[1];
    last->day = n < 2 ? dx_civil_month_days(parts[0], last->month) : parts[2];
    return parts[2] <= dx_civil_month_days(parts[0], last->month);
}

static void print_day(char out[DAY_BYTES], dx_civil day)
{
    snprintf(out, DAY_BYTES, "%04u-%02u-%02u", (unsigned)day.year % 10000u,
        (unsigned)day.month % 100u, (unsigned)day.day % 100u);
}

/* "2024" or "2024-01..2024-03", open on one side or not. */
static void read_range(const char *value, char from[DAY_BYTES],
    char to[DAY_BYTES])
{
    const char *dots = strstr(value, "..");
    dx_str left = {value, dots ? (size_t)(dots - value) : strlen(value)};
    dx_str right = dots ? dx_str_from(dots + 2) : left;
    dx_civil first, last;

    if (read_days(left, &first, &last))
        print_day(from, first);
    if (read_days(right, &first, &last))
        print_day(to, last);
}

/* The days that a filter leaves; "" where it is open. */
static void days_of(const dx_filters *f, uint32_t i, char from[DAY_BYTES],
    char to[DAY_BYTES])
{
    const char *value = dx_filters_value(f, i);
    dx_civil first, last;

    from[0] = to[0] = '\0';
    if (f->at[i].kind == DX_FILTER_DATE)
        read_range(value, from, to);
    else if (!read_days(dx_str_from(value), &first, &last))
        return;
    else if (f->at[i].kind == DX_FILTER_AFTER)
        print_day(from, first);
    else
        print_day(to, dx_civil_of_day(dx_civil_to_day(first) - 1));
}

void dx_filters_days(const dx_filters *f, char from[DAY_BYTES],
    char to[DAY_BYTES])
{
    char first[DAY_BYTES], last[DAY_BYTES];

    from[0] = to[0] = '\0';
    for (uint32_t i = 0; i < f->count; i++) {
        if (f->at[i].is_negated || !is_date(&f->at[i]))
            continue;
        days_of(f, i, first, last);
        if (*first)
            memcpy(from, first, DAY_BYTES);
        if (*last)
            memcpy(to, last, DAY_BYTES);
    }
}

void dx_filters_put_without_dates(const dx_filters *f, dx_buf *out)
{
    bool without[DX_FILTERS_MAX] = {false};

    for (uint32_t k = 0; k < f->count; k++)
        without[k] = is_date(&f->at[k]) && !f->at[k].is_negated;
    put_without(f, without, out);
}

void dx_filters_put_for_period(const dx_filters *f, const char *period,
    dx_buf *out)
{
    char first[DAY_BYTES] = "", last[DAY_BYTES] = "";
    char from[DAY_BYTES], to[DAY_BYTES];
    bool without[DX_FILTERS_MAX] = {false};

    read_range(period, first, last);
    for (uint32_t k = 0; k < f->count; k++) {
        if (!is_date(&f->at[k]) || f->at[k].is_negated)
            continue;
        days_of(f, k, from, to);
        without[k] = (*from || *to) && strcmp(from, first) <= 0 &&
                     (!*to || strcmp(last, to) <= 0);
    }
    put_without(f, without, out);
}

/* ---- chips ---- */

/* "2024", "03/2024", "27/03/2024", as the language has it; others as they are. */
static void put_date(dx_buf *out, dx_language language, dx_str date)
{
    char text[DX_FORMAT_BYTES], shown[DX_FORMAT_BYTES];
    dx_civil first, last;

    if (date.len >= sizeof text || !read_days(date, &first, &last)) {
        dx_buf_put_str(out, date);
        return;
    }
    snprintf(text, sizeof text, "%.*s", (int)date.len, date.ptr);
    dx_buf_puts(out, dx_date_text(language, text, shown));
}

static void put_bound(dx_buf *out, dx_language language, dx_text_id id,
    dx_str date)
{
    dx_buf shown;

    if (date.len == 0)
        return;
    dx_buf_init(&shown, (size_t)4 * DX_QUERY_MAX_BYTES);
    put_date(&shown, language, date);
    dx_text_put(out, language, id, dx_buf_cstr(&shown));
    dx_buf_latch(out, &shown);
    dx_buf_free(&shown);
}

static void put_dates(dx_buf *out, dx_language language, dx_filter_kind kind,
    const char *value)
{
    const char *dots = strstr(value, "..");
    dx_buf shown;

    if (kind == DX_FILTER_BEFORE || kind == DX_FILTER_AFTER) {
        put_bound(out, language,
            kind == DX_FILTER_BEFORE ? DX_TEXT_date_before : DX_TEXT_date_from,
            dx_str_from(value));
        return;
    }
    if (dots) {
        put_bound(out, language, DX_TEXT_date_from,
            (dx_str){value, (size_t)(dots - value)});
        dx_buf_puts(out, dots > value && dots[2] ? " " : "");
        put_bound(out, language, DX_TEXT_date_to, dx_str_from(dots + 2));
        return;
    }
    dx_buf_init(&shown, (size_t)4 * DX_QUERY_MAX_BYTES);
    put_date(&shown, language, dx_str_from(value));
    dx_html_put(out, dx_buf_cstr(&shown));
    dx_buf_latch(out, &shown);
    dx_buf_free(&shown);
}

static const char *label_of(const dx_filter *f, dx_language language)
{
    if (f->kind == DX_FILTER_COPIES)
        return dx_text(language, DX_TEXT_copies);
    if (f->kind != DX_FILTER_FIELD)
        return dx_text(language, DX_TEXT_date);
    return language == DX_VIETNAMESE ? dx_fields[f->field].vi
                                     : dx_fields[f->field].en;
}

static void put_chip(const dx_output *o, const dx_filters *f, uint32_t i,
    dx_buf *out)
{
    dx_language language = o->view->language;
    dx_link link = dx_link_of(o->view);
    const dx_filter *filter = &f->at[i];
    dx_buf query;

    dx_buf_init(&query, out->max);
    dx_filters_put_without(f, i, &query);
    link.query = dx_buf_cstr(&query);
    dx_buf_puts(out, "<li>");
    dx_link_put(out, &link, NULL);
    if (filter->is_negated)
        dx_buf_printf(out, "%s ", dx_text(language, DX_TEXT_without));
    dx_html_put(out, label_of(filter, language));
    dx_buf_puts(out, ": ");
    if (filter->kind == DX_FILTER_FIELD || filter->kind == DX_FILTER_COPIES)
        dx_html_put(out, dx_filters_value(f, i));
    else
        put_dates(out, language, filter->kind, dx_filters_value(f, i));
    dx_buf_printf(out,
        " <span class=\"sr\">(%s)</span><b aria-hidden=\"true\">×</b></a></li>\n",
        dx_text(language, DX_TEXT_remove));
    dx_buf_latch(out, &query);
    dx_buf_free(&query);
}

void dx_filters_put_chips(const dx_output *o, const dx_filters *f, dx_buf *out)
{
    dx_language language = o->view->language;

    if (f->count == 0)
        return;
    dx_buf_printf(out, "<ul class=\"chips\" aria-label=\"%s\">\n",
        dx_text(language, DX_TEXT_active));
    for (uint32_t i = 0; i < f->count; i++)
        put_chip(o, f, i, out);
    dx_buf_puts(out, "</ul>\n");
}
