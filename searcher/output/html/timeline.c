/* Bars of months and years. */
#include "searcher/output/html/timeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/escape.h"
#include "common/cli/number.h"
#include "searcher/output/html/texts.h"

#define BARS_MAX 60u   /* months, from the first to the last with articles */
#define LINKS_MAX 24u  /* more bars than that are too narrow to hit, and too many bytes */
#define YEARS_MAX 20u
#define HEIGHT 40u
#define STEP 10u       /* from bar to bar */

typedef struct bars {
    bool by_month;
    uint32_t first;            /* year, or 12 * year + month - 1 */
    uint32_t count;            /* 0: nothing to be drawn */
    uint64_t at[BARS_MAX];
    uint64_t most;
} bars;

/* The number of "2024", "2024-03" or of any other value 0. */
static uint32_t number_of(const char *value, bool by_month)
{
    unsigned long year = strtoul(value, NULL, 10);
    unsigned long month = strlen(value) == 7 ? strtoul(value + 5, NULL, 10) : 0;

    if (year < 1 || year > 9999 || month > 12)
        return 0;
    return (uint32_t)(by_month ? 12 * year + month - 1 : year);
}

/* Adds up the facets called `name`, and notes the first and the last. */
static uint64_t span(const dx_output *o, const char *name, bool by_month,
    uint32_t *first, uint32_t *last)
{
    const dx_facet *f;
    uint64_t sum = 0;

    *first = UINT32_MAX;
    *last = 0;
    for (uint32_t i = 0; (f = dx_results_facet(o->rs, i)) != NULL; i++) {
        if (strcmp(dx_facet_field(f), name) != 0)
            continue;
        uint32_t number = number_of(dx_facet_value(f), by_month);
        *first = number < *first ? number : *first;
        *last = number > *last ? number : *last;
        sum += dx_facet_count(f);
    }
    return sum;
}

static void fill(const dx_output *o, const char *name, bars *b)
{
    const dx_facet *f;

    for (uint32_t i = 0; (f = dx_results_facet(o->rs, i)) != NULL; i++) {
        if (strcmp(dx_facet_field(f), name) != 0)
            continue;
        uint32_t at = number_of(dx_facet_value(f), b->by_month) - b->first;
        if (at >= b->count)
            continue;
        b->at[at] = dx_facet_count(f);
        b->most = b->at[at] > b->most ? b->at[at] : b->most;
    }
}

/* Of many years the latest. */
static void read_bars(const dx_output *o, bars *b)
{
    uint32_t year, last_year, month, last_month;
    uint64_t all = span(o, "year", false, &year, &last_year);
    uint64_t of_months = span(o, "month", true, &month, &last_month);

    *b = (bars){.by_month = of_months == all && all > 0 &&
                            last_month - month < BARS_MAX};
    b->first = b->by_month ? month : year;
    uint32_t last = b->by_month ? last_month : last_year;
    if (all == 0 || last <= b->first || b->first == 0)
        return;
    if (!b->by_month && last - b->first >= YEARS_MAX)
        b->first = last - YEARS_MAX + 1;
    b->count = last - b->first + 1;
    fill(o, b->by_month ? "month" : "year", b);
    b->count = b->most > 0 ? b->count : 0;
}

/* "2024" or "2024-03", as a filter has it; and as it is shown. */
static void name_of(const bars *b, uint32_t i, char value[16])
{
    uint32_t number = b->first + i;

    if (b->by_month)
        snprintf(value, 16, "%04u-%02u", number / 12, number % 12 + 1);
    else
        snprintf(value, 16, "%04u", number);
}

static void put_shapes(const bars *b, dx_buf *out)
{
    dx_buf_puts(out, "<path d=\"");
    for (uint32_t i = 0; i < b->count; i++) {
        uint64_t height = (b->at[i] * (HEIGHT - 1) + b->most - 1) / b->most;
        if (height)
            dx_buf_printf(out, "M%u %uv-%uh%uv%uz", STEP * i + 1, HEIGHT,
                (unsigned)height, STEP - 2, (unsigned)height);
    }
    dx_buf_puts(out, "\"/>\n");
}

static void put_title(const dx_output *o, const char *value, uint64_t count,
    dx_buf *out)
{
    char shown[DX_FORMAT_BYTES];

    dx_buf_printf(out, "%s: ", dx_date_text(o->view->language, value, shown));
    dx_text_put_count(out, o->view->language, DX_TEXT_articles, count);
}

/* A link over bars `from` to `end`, which are together what `value` says. */
static void put_link(const dx_output *o, const dx_filters *f, const char *value,
    uint64_t count, uint32_t from, uint32_t end, dx_buf *out)
{
    dx_buf query;

    if (count == 0)
        return;
    dx_buf_init(&query, out->max);
    dx_link link = dx_narrow_link(o, f, value, &query);
    link.field = "date";
    link.value = value;
    if (dx_link_can_filter(&link)) {
        dx_link_put(out, &link, NULL);
        dx_buf_puts(out, "<title>");
        put_title(o, value, count, out);
        dx_buf_printf(out,
            "</title><rect x=\"%u\" width=\"%u\" height=\"%u\"/></a>\n",
            STEP * from, STEP * (end - from), HEIGHT);
    }
    dx_buf_latch(out, &query);
    dx_buf_free(&query);
}

/* Many months have a link for each year. */
static bool links_years(const bars *b)
{
    return b->by_month && b->count > LINKS_MAX;
}

static uint32_t end_of_link(const bars *b, uint32_t i)
{
    uint32_t end = links_years(b) ? i + 12 - (b->first + i) % 12 : i + 1;

    return end < b->count ? end : b->count;
}

/* Calls `put` for each link's bars. */
static void each_link(const dx_output *o, const dx_filters *f, const bars *b,
    void (*put)(const dx_output *, const dx_filters *, const char *, uint64_t,
        uint32_t, uint32_t, dx_buf *),
    dx_buf *out)
{
    char value[16];
    uint32_t end;

    for (uint32_t i = 0; i < b->count; i = end) {
        uint64_t sum = 0;
        end = end_of_link(b, i);
        for (uint32_t k = i; k < end; k++)
            sum += b->at[k];
        name_of(b, i, value);
        value[links_years(b) ? 4 : strlen(value)] = '\0';
        put(o, f, value, sum, i, end, out);
    }
}

static void put_row(const dx_output *o, const dx_filters *f, const char *value,
    uint64_t count, uint32_t from, uint32_t end, dx_buf *out)
{
    char shown[DX_FORMAT_BYTES], number[DX_FORMAT_BYTES];

    (void)f;
    (void)from;
    (void)end;
    if (count == 0)
        return;
    dx_buf_printf(out, "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n",
        dx_date_text(o->view->language, value, shown),
        dx_number_text(o->view->language, count, number));
}

void dx_timeline_put(const dx_output *o, const dx_filters *f, dx_buf *out)
{
    dx_language language = o->view->language;
    char first[16], last[16], shown[2][DX_FORMAT_BYTES];
    bars b;

    read_bars(o, &b);
    if (b.count == 0)
        return;
    const char *heading = dx_text(language,
        b.by_month ? DX_TEXT_timeline_months : DX_TEXT_timeline_years);
    dx_buf_printf(out,
        "<section class=\"timeline\" aria-label=\"%s\">\n<h2>%s</h2>\n"
        "<svg viewBox=\"0 0 %u %u\" preserveAspectRatio=\"none\" role=\"group\" "
        "aria-label=\"%s\">\n", heading, heading, STEP * b.count, HEIGHT, heading);
    put_shapes(&b, out);
    each_link(o, f, &b, put_link, out);
    name_of(&b, 0, first);
    name_of(&b, b.count - 1, last);
    dx_buf_printf(out,
        "</svg>\n<p><span>%s</span> <span>%s</span></p>\n"
        "<details><summary>%s</summary>\n<table>\n<tbody>\n",
        dx_date_text(language, first, shown[0]), dx_date_text(language, last, shown[1]),
        dx_text(language, DX_TEXT_as_table));
    each_link(o, f, &b, put_row, out);
    dx_buf_puts(out, "</tbody>\n</table></details>\n</section>\n");
}
