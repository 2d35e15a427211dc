/* A report for a terminal. */
#include "searcher/report/write/text.h"

#include "common/base/civil.h"
#include "common/base/escape.h"
#include "common/cli/number.h"
#include "searcher/report/write/words.h"

#define COUNT_COLUMNS 10
#define BAR_COLUMNS 40u

static void put_word(const dx_report_view *v, dx_buf *out, dx_report_word word)
{
    dx_buf_puts(out, dx_report_word_text(v->language, word));
}

/* "    12.345  what it is" */
static void put_count(const dx_report_view *v, dx_buf *out, uint64_t n)
{
    char number[DX_FORMAT_BYTES];

    dx_buf_printf(out, "%*s  ", COUNT_COLUMNS,
        dx_number_text(v->language, n, number));
}

static void put_total(const dx_report_view *v, dx_buf *out, uint64_t n,
    dx_report_word word)
{
    put_count(v, out, n);
    put_word(v, out, word);
    dx_buf_putc(out, '\n');
}

static void put_time(const dx_report_view *v, dx_buf *out, double share,
    dx_report_word word)
{
    char ms[DX_FORMAT_BYTES];

    put_word(v, out, word);
    dx_buf_printf(out, " %s ms\n",
        dx_milliseconds_text(v->language, dx_report_quantile(v->report, share), ms));
}

static void put_totals(const dx_report_view *v, dx_buf *out)
{
    const dx_report *r = v->report;

    put_total(v, out, r->searches, DX_WORD_SEARCHES);
    put_total(v, out, r->nothing, DX_WORD_NOTHING);
    put_total(v, out, r->timed_out, DX_WORD_TIMED_OUT);
    put_total(v, out, r->pages, DX_WORD_PAGES);
    put_total(v, out, r->likes, DX_WORD_LIKES);
    if (r->bad_lines > 0)
        put_total(v, out, r->bad_lines, DX_WORD_BAD_LINES);
    if (r->searches == 0) {
        put_word(v, out, DX_WORD_NO_SEARCH);
        dx_buf_putc(out, '\n');
        return;
    }
    put_time(v, out, .5, DX_WORD_HALF);
    put_time(v, out, .95, DX_WORD_MOST);
    put_time(v, out, .99, DX_WORD_NEARLY_ALL);
    if (r->queries.mark > 0)
        dx_buf_printf(out, "%s %llu\n",
            dx_report_word_text(v->language, DX_WORD_MISSED),
            (unsigned long long)r->queries.mark);
}

static void open_list(const dx_report_view *v, dx_buf *out, dx_report_word word)
{
    dx_buf_putc(out, '\n');
    put_word(v, out, word);
    dx_buf_putc(out, '\n');
}

static void put_queries(const dx_report_view *v, dx_buf *out, dx_report_word word,
    const dx_report_query **list, size_t count)
{
    if (count == 0)
        return;
    open_list(v, out, word);
    for (size_t i = 0; i < count; i++) {
        put_count(v, out,
            word == DX_WORD_NOT_FOUND ? list[i]->nothing : list[i]->searches);
        dx_terminal_put(out, dx_str_from(list[i]->text));
        dx_buf_putc(out, '\n');
    }
}

static void put_slowest(const dx_report_view *v, dx_buf *out)
{
    char ms[DX_FORMAT_BYTES];

    if (v->report->slow_count == 0)
        return;
    open_list(v, out, DX_WORD_SLOWEST);
    for (size_t i = 0; i < v->report->slow_count; i++) {
        const dx_report_search *s = &v->report->slowest[i];
        dx_buf_printf(out, "%*s ms  %s  ", COUNT_COLUMNS - 3,
            dx_milliseconds_text(v->language, s->ms, ms), s->time);
        dx_terminal_put(out, dx_str_from(s->query));
        dx_buf_putc(out, '\n');
    }
}

static uint64_t busiest(const dx_report *r)
{
    uint64_t most = 1;

    for (size_t i = 0; i < r->day_count; i++)
        most = r->days[i].searches > most ? r->days[i].searches : most;
    return most;
}

static void put_days(const dx_report_view *v, dx_buf *out)
{
    uint64_t most = busiest(v->report);
    char date[DX_CIVIL_BYTES], shown[DX_FORMAT_BYTES];

    if (v->report->day_count == 0)
        return;
    open_list(v, out, DX_WORD_BY_DAY);
    for (size_t i = 0; i < v->report->day_count; i++) {
        const dx_report_day *d = &v->report->days[i];
        dx_civil_put(d->day, date);
        put_count(v, out, d->searches);
        dx_buf_printf(out, "%s  ", dx_date_text(v->language, date, shown));
        for (uint64_t n = 0; n < (d->searches * BAR_COLUMNS + most - 1) / most; n++)
            dx_buf_puts(out, "▇");
        dx_buf_putc(out, '\n');
    }
}

void dx_report_put_text(const dx_report_view *v, dx_buf *out)
{
    put_totals(v, out);
    put_queries(v, out, DX_WORD_FREQUENT, v->frequent, v->frequent_count);
    put_queries(v, out, DX_WORD_NOT_FOUND, v->nothing, v->nothing_count);
    put_slowest(v, out);
    put_days(v, out);
}
