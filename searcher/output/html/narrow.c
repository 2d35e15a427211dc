/* Links to other orders, and to filters with their counts. */
#include "searcher/output/html/narrow.h"

#include <string.h>

#include "common/base/escape.h"
#include "common/cli/number.h"
#include "common/index/field/field.h"
#include "searcher/output/html/texts.h"

#define VALUES_SHOWN 5u /* of each field */
#define VALUES_MAX 7u   /* of each field, with those that are folded */

void dx_narrow_put_orders(const dx_output *o, dx_buf *out)
{
    static const dx_text_id names[] = {
        [DX_ORDER_SCORE] = DX_TEXT_order_relevance,
        [DX_ORDER_NEWEST] = DX_TEXT_order_newest,
        [DX_ORDER_OLDEST] = DX_TEXT_order_oldest};
    dx_language language = o->view->language;
    dx_link link = dx_link_of(o->view);

    if (dx_results_total(o->rs) < 2 || *o->view->like)
        return;
    dx_buf_printf(out, "<nav class=\"orders\" aria-label=\"%s\">\n",
        dx_text(language, DX_TEXT_order));
    for (unsigned i = DX_ORDER_SCORE; i <= DX_ORDER_OLDEST; i++) {
        link.order = (dx_order)i;
        if (link.order == o->view->order) {
            dx_buf_printf(out, "<span aria-current=\"true\">%s</span>\n",
                dx_text(language, names[i]));
            continue;
        }
        dx_link_put(out, &link, NULL);
        dx_buf_printf(out, "%s</a>\n", dx_text(language, names[i]));
    }
    dx_buf_puts(out, "</nav>\n");
}

/* ---- values ---- */

/* Keystrokes and slips beside a filter are taken as they are: it goes to what was
 * searched for instead of them. */
static const char *corrected(const dx_output *o)
{
    const dx_note *note = dx_results_note(o->rs, 0);

    return note && (dx_note_kind_of(note) == DX_NOTE_KEYS ||
                       dx_note_kind_of(note) == DX_NOTE_CORRECTED)
               ? dx_note_query(note)
               : NULL;
}

dx_link dx_narrow_link(const dx_output *o, const dx_filters *f, const char *period,
    dx_buf *query)
{
    dx_link link = dx_link_of(o->view);
    const char *instead = corrected(o);

    if (dx_output_has_scopes(o)) /* it is of these that values are counted */
        link.scope = DX_SCOPE_EXACT;
    if (instead) {
        link.query = instead;
    } else if (period && dx_filters_has_dates(f)) {
        dx_filters_put_for_period(f, period, query);
        link.query = dx_buf_cstr(query);
    }
    return link;
}

static uint64_t counted_of(const dx_output *o)
{
    return dx_output_has_scopes(o) ? dx_results_exact(o->rs)
                                   : dx_results_total(o->rs);
}

static bool is_date(const char *facet)
{
    return strcmp(facet, "year") == 0 || strcmp(facet, "month") == 0;
}

/* What the reader sees above the values of a facet; NULL when it is not on the
 * page. */
static const char *label_of(const dx_output *o, const char *facet, bool by_month)
{
    dx_language language = o->view->language;
    dx_field field = dx_field_asked_as(dx_str_from(facet));

    if (strcmp(facet, by_month ? "month" : "year") == 0)
        return dx_text(language, by_month ? DX_TEXT_month : DX_TEXT_year);
    if (field >= DX_FIELDS || !(dx_fields[field].show & DX_SHOW_ON_PAGE))
        return NULL;
    return language == DX_VIETNAMESE ? dx_fields[field].vi : dx_fields[field].en;
}

/* A value with its link and count; false: it leaves all, or cannot be asked for. */
static bool put_value(const dx_output *o, const dx_filters *filters,
    const dx_facet *f, dx_buf *out)
{
    const char *facet = dx_facet_field(f);
    char number[DX_FORMAT_BYTES], date[DX_FORMAT_BYTES];
    dx_buf query;

    dx_buf_init(&query, out->max);
    dx_link link = dx_narrow_link(o, filters,
        is_date(facet) ? dx_facet_value(f) : NULL, &query);
    link.field = is_date(facet) ? "date" : facet;
    link.value = dx_facet_value(f);
    bool can = dx_facet_count(f) != counted_of(o) &&
               dx_link_can_filter(&link);
    if (can) {
        dx_buf_puts(out, "<li>");
        dx_link_put(out, &link, NULL);
        dx_html_put(out, is_date(facet) ? dx_date_text(o->view->language, link.value, date)
                                        : link.value);
        dx_buf_printf(out, "</a> <span>%s</span></li>\n",
            dx_number_text(o->view->language, dx_facet_count(f), number));
    }
    dx_buf_latch(out, &query);
    dx_buf_free(&query);
    return can;
}

/* The values of the field of facet number `*i`, on to the first of the next one. */
static void put_field(const dx_output *o, const dx_filters *filters, uint32_t *i,
    const char *label, dx_buf *out)
{
    const dx_facet *f = dx_results_facet(o->rs, *i);
    const char *facet = dx_facet_field(f);
    size_t start = out->len;
    uint32_t shown = 0, most = VALUES_MAX;

    if (is_date(facet) && (o->view->face->parts & DX_PART_TIMELINE))
        most = VALUES_SHOWN; /* all of them are above it */
    if (label)
        dx_buf_printf(out, "<h2>%s</h2>\n<ul>\n", label);
    for (; f && strcmp(dx_facet_field(f), facet) == 0;
         f = dx_results_facet(o->rs, ++*i)) {
        if (!label || shown == most)
            continue;
        size_t before = out->len;
        if (shown == VALUES_SHOWN)
            dx_buf_printf(out, "</ul>\n<details><summary>%s</summary>\n<ul>\n",
                dx_text(o->view->language, DX_TEXT_more_values));
        if (put_value(o, filters, f, out))
            shown++;
        else if (out->status == DX_OK)
            out->len = before;
    }
    if (label && out->status == DX_OK)
        dx_buf_puts(out, shown > VALUES_SHOWN ? "</ul></details>\n" : "</ul>\n");
    if (shown == 0 && out->status == DX_OK)
        out->len = start;
}

/* Whether all is of one year: then its months tell more. */
static bool is_of_one_year(const dx_output *o)
{
    const dx_facet *f;
    uint32_t years = 0;

    for (uint32_t i = 0; (f = dx_results_facet(o->rs, i)) != NULL; i++)
        years += strcmp(dx_facet_field(f), "year") == 0;
    return years == 1;
}

void dx_narrow_put_filters(const dx_output *o, const dx_filters *filters,
    dx_buf *out)
{
    bool by_month = is_of_one_year(o);
    size_t start = out->len;
    const dx_facet *f;
    uint32_t i = 0;

    dx_buf_printf(out, "<nav class=\"filters\" aria-label=\"%s\">\n",
        dx_text(o->view->language, DX_TEXT_narrow));
    size_t empty = out->len;
    while ((f = dx_results_facet(o->rs, i)) != NULL)
        put_field(o, filters, &i, label_of(o, dx_facet_field(f), by_month), out);
    if (out->len == empty && out->status == DX_OK)
        out->len = start;
    else
        dx_buf_puts(out, "</nav>\n");
}

/* ---- dates ---- */

static void put_day(dx_buf *out, dx_language language, dx_text_id label,
    const char *name, const char *day)
{
    dx_buf_printf(out,
        "<label>%s<input type=\"date\" name=\"%s\" value=\"%s\"></label>\n",
        dx_text(language, label), name, day);
}

void dx_narrow_put_dates(const dx_output *o, const dx_filters *f, dx_buf *out)
{
    dx_language language = o->view->language;
    dx_link link = dx_link_of(o->view);
    char from[11], to[11];
    dx_buf query;

    dx_buf_init(&query, out->max);
    dx_filters_put_without_dates(f, &query);
    dx_filters_days(f, from, to);
    dx_buf_puts(out, "<form class=\"dates\" method=\"get\">\n"
                     "<input type=\"hidden\" name=\"q\" value=\"");
    dx_html_put(out, dx_buf_cstr(&query));
    dx_buf_puts(out, "\">\n");
    put_day(out, language, DX_TEXT_from, "from", from);
    put_day(out, language, DX_TEXT_to, "to", to);
    dx_link_put_hidden(out, &link);
    dx_buf_printf(out, "<button type=\"submit\">%s</button>\n</form>\n",
        dx_text(language, DX_TEXT_apply));
    dx_buf_latch(out, &query);
    dx_buf_free(&query);
}
