/* A report as CSV. */
#include "searcher/report/write/table.h"

#include "common/base/civil.h"
#include "common/base/escape.h"

static void put_counts(dx_buf *out, uint64_t searches, uint64_t nothing)
{
    dx_buf_printf(out, ",%llu,%llu", (unsigned long long)searches,
        (unsigned long long)nothing);
}

static double mean(double ms, uint64_t searches)
{
    return searches ? ms / (double)searches : 0.0;
}

static void put_queries(dx_buf *out, const char *part, const dx_report_query **list,
    size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const dx_report_query *q = list[i];
        dx_buf_printf(out, "%s,,", part);
        dx_csv_put(out, q->text);
        put_counts(out, q->searches, q->nothing);
        dx_buf_printf(out, ",%llu,%.3f\r\n", (unsigned long long)q->articles,
            mean(q->ms, q->searches));
    }
}

void dx_report_put_table(const dx_report_view *v, dx_buf *out)
{
    const dx_report *r = v->report;
    char day[DX_CIVIL_BYTES];

    dx_buf_puts(out, "part,time,query,searches,nothing_found,articles,ms\r\ntotal,,");
    put_counts(out, r->searches, r->nothing);
    dx_buf_printf(out, ",,%.3f\r\n", mean(r->ms, r->searches));
    for (size_t i = 0; i < r->day_count; i++) {
        const dx_report_day *d = &r->days[i];
        dx_civil_put(d->day, day);
        dx_buf_printf(out, "day,%s,", day);
        put_counts(out, d->searches, d->nothing);
        dx_buf_printf(out, ",,%.3f\r\n", mean(d->ms, d->searches));
    }
    put_queries(out, "frequent", v->frequent, v->frequent_count);
    put_queries(out, "nothing", v->nothing, v->nothing_count);
    for (size_t i = 0; i < r->slow_count; i++) {
        const dx_report_search *s = &r->slowest[i];
        dx_buf_printf(out, "slow,%s,", s->time);
        dx_csv_put(out, s->query);
        dx_buf_printf(out, ",,,%llu,%.3f\r\n", (unsigned long long)s->articles, s->ms);
    }
}
