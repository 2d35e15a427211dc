/* A report as a page. */
#include "searcher/report/write/page.h"

#include "common/base/civil.h"
#include "common/base/escape.h"
#include "common/cli/number.h"
#include "searcher/report/write/words.h"

#define CHART_WIDTH 720.0
#define CHART_HEIGHT 140.0
#define BARS_MAX 400u /* days that still are bars of their own */

static const char style[] =
    ":root{color-scheme:light dark;--text:#1c1e21;--soft:#5a6068;--back:#fff;"
    "--line:#e3e6ea;--bar:#0b4fa8;--none:#b3540b}\n"
    "@media(prefers-color-scheme:dark){:root{--text:#e6e7e9;--soft:#a3abb5;"
    "--back:#16181b;--line:#30353b;--bar:#8fbcff;--none:#f0a35e}}\n"
    "body{margin:0 auto;padding:1.25rem 1rem 3rem;max-width:48rem;"
    "font:1rem/1.5 system-ui,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif;"
    "color:var(--text);background:var(--back);overflow-wrap:anywhere}\n"
    "h1{font-size:1.4rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}\n"
    "table{border-collapse:collapse;width:100%}\n"
    "th,td{text-align:left;padding:.25rem .5rem;border-bottom:1px solid var(--line);"
    "vertical-align:top}\n"
    "th{color:var(--soft);font-weight:600;font-size:.9rem}\n"
    ".n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}\n"
    "svg{display:block;width:100%;height:auto}.bar{fill:var(--bar)}"
    ".none{fill:var(--none)}\n"
    ".key{font-size:.9rem}.key b{color:var(--bar)}.key i{color:var(--none);"
    "font-style:normal;font-weight:700}\n"
    "details{margin-top:.5rem}summary{cursor:pointer}\n"
    "@media print{details::details-content{content-visibility:visible}}\n";

static void put_word(const dx_report_view *v, dx_buf *out, dx_report_word word)
{
    dx_html_put(out, dx_report_word_text(v->language, word));
}

static const char *number(const dx_report_view *v, uint64_t n,
    char text[DX_FORMAT_BYTES])
{
    return dx_number_text(v->language, n, text);
}

static void open_section(const dx_report_view *v, dx_buf *out, dx_report_word word)
{
    dx_buf_puts(out, "<h2>");
    put_word(v, out, word);
    dx_buf_puts(out, "</h2>\n");
}

/* ---- totals ---- */

static void put_row(const dx_report_view *v, dx_buf *out, dx_report_word word,
    const char *value, const char *unit)
{
    dx_buf_puts(out, "<tr><th scope=\"row\">");
    put_word(v, out, word);
    dx_buf_printf(out, "</th><td class=\"n\">%s%s</td></tr>\n", value, unit);
}

static void put_count(const dx_report_view *v, dx_buf *out, dx_report_word word,
    uint64_t n)
{
    char text[DX_FORMAT_BYTES];

    put_row(v, out, word, number(v, n, text), "");
}

static void put_time(const dx_report_view *v, dx_buf *out, dx_report_word word,
    double share)
{
    char text[DX_FORMAT_BYTES];

    put_row(v, out, word,
        dx_milliseconds_text(v->language, dx_report_quantile(v->report, share), text),
        " ms");
}

static void put_totals(const dx_report_view *v, dx_buf *out)
{
    const dx_report *r = v->report;

    dx_buf_puts(out, "<table>\n");
    put_count(v, out, DX_WORD_SEARCHES, r->searches);
    put_count(v, out, DX_WORD_NOTHING, r->nothing);
    put_count(v, out, DX_WORD_TIMED_OUT, r->timed_out);
    put_count(v, out, DX_WORD_PAGES, r->pages);
    put_count(v, out, DX_WORD_LIKES, r->likes);
    if (r->bad_lines > 0)
        put_count(v, out, DX_WORD_BAD_LINES, r->bad_lines);
    if (r->searches > 0) {
        put_time(v, out, DX_WORD_HALF, .5);
        put_time(v, out, DX_WORD_MOST, .95);
        put_time(v, out, DX_WORD_NEARLY_ALL, .99);
    }
    dx_buf_puts(out, "</table>\n");
    if (r->searches == 0 || r->queries.mark > 0) {
        dx_buf_puts(out, "<p>");
        put_word(v, out, r->searches == 0 ? DX_WORD_NO_SEARCH : DX_WORD_MISSED);
        if (r->searches > 0)
            dx_buf_printf(out, " %llu.", (unsigned long long)r->queries.mark);
        dx_buf_puts(out, "</p>\n");
    }
}

/* ---- days ---- */

/* Of several days together, where there are too many for a bar each. */
typedef struct bar {
    int32_t first, last;
    uint64_t searches, nothing;
} bar;

static bar bar_of(const dx_report *r, size_t *at, size_t days)
{
    bar b = {.first = r->days[*at].day};

    for (size_t i = 0; i < days && *at < r->day_count; i++, ++*at) {
        b.last = r->days[*at].day;
        b.searches += r->days[*at].searches;
        b.nothing += r->days[*at].nothing;
    }
    return b;
}

static uint64_t tallest(const dx_report *r, size_t days)
{
    uint64_t most = 1;

    for (size_t at = 0; at < r->day_count;) {
        bar b = bar_of(r, &at, days);
        most = b.searches > most ? b.searches : most;
    }
    return most;
}

static void put_date(const dx_report_view *v, dx_buf *out, int32_t day)
{
    char date[DX_CIVIL_BYTES], shown[DX_FORMAT_BYTES];

    dx_civil_put(day, date);
    dx_buf_puts(out, dx_date_text(v->language, date, shown));
}

static void put_rectangle(dx_buf *out, const char *class, double x, double width,
    double height)
{
    dx_buf_printf(out, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
                       "height=\"%.1f\"/>",
        class, x, CHART_HEIGHT - height, width, height);
}

static void put_bar(const dx_report_view *v, dx_buf *out, const bar *b, double x,
    double width, double scale)
{
    char searches[DX_FORMAT_BYTES], nothing[DX_FORMAT_BYTES];

    dx_buf_puts(out, "<g><title>");
    put_date(v, out, b->first);
    if (b->last != b->first) {
        dx_buf_puts(out, " – ");
        put_date(v, out, b->last);
    }
    dx_buf_printf(out, ": %s (%s)</title>", number(v, b->searches, searches),
        number(v, b->nothing, nothing));
    put_rectangle(out, "bar", x, width, (double)b->searches * scale);
    put_rectangle(out, "none", x, width, (double)b->nothing * scale);
    dx_buf_puts(out, "</g>\n");
}

static void put_chart(const dx_report_view *v, dx_buf *out)
{
    const dx_report *r = v->report;
    size_t days = (r->day_count + BARS_MAX - 1) / BARS_MAX;
    size_t bars = (r->day_count + days - 1) / days;
    double step = CHART_WIDTH / (double)(bars < 10 ? 10 : bars);
    double scale = CHART_HEIGHT / (double)tallest(r, days);

    dx_buf_printf(out, "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"",
        CHART_WIDTH, CHART_HEIGHT);
    put_word(v, out, DX_WORD_BY_DAY);
    dx_buf_puts(out, "\">\n");
    for (size_t at = 0, i = 0; at < r->day_count; i++) {
        bar b = bar_of(r, &at, days);
        put_bar(v, out, &b, step * (double)i, step * .8, scale);
    }
    dx_buf_puts(out, "</svg>\n<p class=\"key\"><b>■</b> ");
    put_word(v, out, DX_WORD_SEARCHES);
    dx_buf_puts(out, " <i>■</i> ");
    put_word(v, out, DX_WORD_NOTHING);
    dx_buf_puts(out, ", ");
    put_date(v, out, r->days[0].day);
    dx_buf_puts(out, " – ");
    put_date(v, out, r->days[r->day_count - 1].day);
    dx_buf_puts(out, "</p>\n");
}

static void put_names(const dx_report_view *v, dx_buf *out, const dx_report_word *words,
    size_t count)
{
    dx_buf_puts(out, "<table>\n<thead><tr>");
    for (size_t i = 0; i < count; i++) {
        dx_buf_puts(out, i + 1 < count || count == 1 ? "<th scope=\"col\">"
                                                     : "<th scope=\"col\" class=\"n\">");
        put_word(v, out, words[i]);
        dx_buf_puts(out, "</th>");
    }
    dx_buf_puts(out, "</tr></thead>\n<tbody>\n");
}

static void put_days(const dx_report_view *v, dx_buf *out)
{
    static const dx_report_word words[] = {DX_WORD_DAY, DX_WORD_SEARCHES,
        DX_WORD_NOTHING};
    const dx_report *r = v->report;
    char searches[DX_FORMAT_BYTES], nothing[DX_FORMAT_BYTES];

    if (r->day_count == 0)
        return;
    open_section(v, out, DX_WORD_BY_DAY);
    put_chart(v, out);
    dx_buf_puts(out, "<details><summary>");
    put_word(v, out, DX_WORD_DAY);
    dx_buf_puts(out, "</summary>\n");
    put_names(v, out, words, 3);
    for (size_t i = 0; i < r->day_count; i++) {
        dx_buf_puts(out, "<tr><td>");
        put_date(v, out, r->days[i].day);
        dx_buf_printf(out, "</td><td>%s</td><td class=\"n\">%s</td></tr>\n",
            number(v, r->days[i].searches, searches),
            number(v, r->days[i].nothing, nothing));
    }
    dx_buf_puts(out, "</tbody>\n</table>\n</details>\n");
}

/* ---- queries ---- */

static void put_queries(const dx_report_view *v, dx_buf *out, dx_report_word word,
    const dx_report_query **list, size_t count)
{
    static const dx_report_word words[] = {DX_WORD_QUERY, DX_WORD_TIMES};
    bool of_nothing = word == DX_WORD_NOT_FOUND;
    char text[DX_FORMAT_BYTES];

    if (count == 0)
        return;
    open_section(v, out, word);
    put_names(v, out, words, 2);
    for (size_t i = 0; i < count; i++) {
        uint64_t n = of_nothing ? list[i]->nothing : list[i]->searches;
        uint64_t most = of_nothing ? list[0]->nothing : list[0]->searches;
        dx_buf_puts(out, "<tr><td>");
        dx_html_put(out, list[i]->text);
        dx_buf_printf(out,
            "<svg viewBox=\"0 0 100 1\" preserveAspectRatio=\"none\" height=\"4\" "
            "aria-hidden=\"true\"><rect class=\"%s\" width=\"%.1f\" height=\"1\"/></svg>"
            "</td><td class=\"n\">%s</td></tr>\n",
            of_nothing ? "none" : "bar", 100.0 * (double)n / (double)most,
            number(v, n, text));
    }
    dx_buf_puts(out, "</tbody>\n</table>\n");
}

static void put_slowest(const dx_report_view *v, dx_buf *out)
{
    static const dx_report_word words[] = {DX_WORD_QUERY, DX_WORD_TIME,
        DX_WORD_MILLISECONDS};
    char ms[DX_FORMAT_BYTES];

    if (v->report->slow_count == 0)
        return;
    open_section(v, out, DX_WORD_SLOWEST);
    put_names(v, out, words, 3);
    for (size_t i = 0; i < v->report->slow_count; i++) {
        const dx_report_search *s = &v->report->slowest[i];
        dx_buf_puts(out, "<tr><td>");
        dx_html_put(out, s->query);
        dx_buf_printf(out, "</td><td>%s</td><td class=\"n\">%s</td></tr>\n", s->time,
            dx_milliseconds_text(v->language, s->ms, ms));
    }
    dx_buf_puts(out, "</tbody>\n</table>\n");
}

void dx_report_put_page(const dx_report_view *v, dx_buf *out)
{
    dx_buf_printf(out,
        "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"robots\" content=\"noindex\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" "
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>",
        dx_language_code(v->language));
    put_word(v, out, DX_WORD_TITLE);
    dx_buf_printf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n<h1>", style);
    put_word(v, out, DX_WORD_TITLE);
    dx_buf_puts(out, "</h1>\n");
    put_totals(v, out);
    put_days(v, out);
    put_queries(v, out, DX_WORD_FREQUENT, v->frequent, v->frequent_count);
    put_queries(v, out, DX_WORD_NOT_FOUND, v->nothing, v->nothing_count);
    put_slowest(v, out);
    dx_buf_puts(out, "</main>\n</body>\n</html>\n");
}
