/* Counts the lines of query logs. */
#include "searcher/report/report.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"

#define TIMES_PER_DOUBLING 8.0
#define TIME_LEAST_MS .001

dx_status dx_report_init(dx_report *r, uint32_t rows)
{
    *r = (dx_report){.rows = rows};
    r->slowest = dx_calloc((size_t)rows + 1, sizeof *r->slowest);
    if (!r->slowest)
        return DX_ERR_NOMEM;
    return dx_report_queries_init(&r->queries, DX_REPORT_QUERIES_MAX,
        DX_REPORT_TEXT_BYTES_MAX);
}

void dx_report_free(dx_report *r)
{
    for (size_t i = 0; i < r->slow_count; i++)
        dx_free(r->slowest[i].query);
    dx_free(r->slowest);
    dx_free(r->days);
    dx_report_queries_free(&r->queries);
    *r = (dx_report){0};
}

/* ---- days ---- */

/* The place of a day; logs are mostly in order, so it is looked for from the end. */
static size_t day_place(const dx_report *r, int32_t day)
{
    size_t at = r->day_count;

    while (at > 0 && r->days[at - 1].day >= day)
        at--;
    return at;
}

static dx_status add_to_day(dx_report *r, const dx_log_line *l)
{
    size_t at = day_place(r, l->day);
    bool is_new = at == r->day_count || r->days[at].day != l->day;

    if (is_new && r->day_count == DX_REPORT_DAYS_MAX)
        return DX_OK;
    if (is_new) {
        void *days = r->days;
        if (dx_grow(&days, &r->day_cap, r->day_count + 1, sizeof *r->days) != 0)
            return DX_ERR_NOMEM;
        r->days = days;
        memmove(&r->days[at + 1], &r->days[at],
            (r->day_count - at) * sizeof *r->days);
        r->days[at] = (dx_report_day){.day = l->day};
        r->day_count++;
    }
    r->days[at].searches++;
    r->days[at].nothing += l->articles == 0;
    r->days[at].ms += l->ms;
    return DX_OK;
}

/* ---- times ---- */

static void add_time(dx_report *r, double ms)
{
    double at = ms > TIME_LEAST_MS ? log2(ms / TIME_LEAST_MS) * TIMES_PER_DOUBLING : 0.0;

    r->times[at < DX_REPORT_TIMES - 1 ? (size_t)at : DX_REPORT_TIMES - 1]++;
}

double dx_report_quantile(const dx_report *r, double share)
{
    double wanted = share * (double)r->searches;
    uint64_t seen = 0;

    if (r->searches == 0)
        return 0.0;
    for (size_t i = 0; i < DX_REPORT_TIMES; i++) {
        seen += r->times[i];
        if ((double)seen >= wanted)
            return TIME_LEAST_MS * exp2(((double)i + .5) / TIMES_PER_DOUBLING);
    }
    return TIME_LEAST_MS * exp2(DX_REPORT_TIMES / TIMES_PER_DOUBLING);
}

/* Where the same query is in the list, or the list's end. */
static size_t same_among_slowest(const dx_report *r, dx_str query)
{
    size_t i = 0;

    while (i < r->slow_count && !dx_str_eq(dx_str_from(r->slowest[i].query), query))
        i++;
    return i;
}

static void drop_slowest(dx_report *r, size_t i)
{
    dx_free(r->slowest[i].query);
    r->slow_count--;
    for (; i < r->slow_count; i++)
        r->slowest[i] = r->slowest[i + 1];
}

static dx_status add_to_slowest(dx_report *r, const dx_log_line *l)
{
    size_t at = r->slow_count;

    if (r->rows == 0 || (at == r->rows && l->ms <= r->slowest[at - 1].ms))
        return DX_OK;
    size_t same = same_among_slowest(r, l->query);
    if (same < r->slow_count && r->slowest[same].ms >= l->ms)
        return DX_OK;
    dx_report_search search = {.ms = l->ms, .articles = l->articles,
        .query = dx_strndup(l->query.ptr, l->query.len)};
    if (!search.query)
        return DX_ERR_NOMEM;
    memcpy(search.time, l->time.ptr, l->time.len);
    if (same < r->slow_count)
        drop_slowest(r, same);
    for (at = r->slow_count; at > 0 && r->slowest[at - 1].ms < l->ms; at--)
        r->slowest[at] = r->slowest[at - 1];
    r->slowest[at] = search; /* there is room for one more than is kept */
    if (r->slow_count == r->rows)
        dx_free(r->slowest[r->rows].query);
    else
        r->slow_count++;
    return DX_OK;
}

/* ---- lines ---- */

static dx_status add_search(dx_report *r, const dx_log_line *l)
{
    r->searches++;
    r->nothing += l->articles == 0;
    r->timed_out += l->timed_out;
    r->ms += l->ms;
    add_time(r, l->ms);
    DX_TRY(dx_report_queries_add(&r->queries, l->query, l->articles, l->ms));
    DX_TRY(add_to_day(r, l));
    return add_to_slowest(r, l);
}

dx_status dx_report_add(dx_report *r, dx_str line)
{
    dx_log_line l;

    if (line.len > 0 && line.ptr[line.len - 1] == '\r')
        line.len--;
    if (line.len == 0)
        return DX_OK;
    if (!dx_log_line_read(line, &l)) {
        r->bad_lines++;
        return DX_OK;
    }
    if (dx_str_trim(l.query).len == 0) /* nothing was asked */
        return DX_OK;
    if (l.is_like || l.skipped > 0) {
        r->likes += l.is_like;
        r->pages += !l.is_like;
        return DX_OK;
    }
    return add_search(r, &l);
}

/* A line that is too long is a bad one, however long it is. */
static dx_status read_lines(dx_report *r, FILE *f)
{
    char *line = dx_malloc(DX_LOG_LINE_BYTES_MAX);
    dx_status rc = line ? DX_OK : DX_ERR_NOMEM;
    bool in_long = false;
    size_t len = 0;
    int c;

    while (rc == DX_OK && (c = getc_unlocked(f)) != EOF) {
        if (c != '\n') {
            in_long |= len == DX_LOG_LINE_BYTES_MAX;
            if (!in_long)
                line[len++] = (char)c;
            continue;
        }
        r->bad_lines += in_long;
        rc = in_long ? DX_OK : dx_report_add(r, (dx_str){line, len});
        in_long = false;
        len = 0;
    }
    if (rc == DX_OK && ferror(f))
        rc = DX_ERR_IO;
    r->bad_lines += rc == DX_OK && in_long;
    if (rc == DX_OK && !in_long) /* the last line, without an end */
        rc = dx_report_add(r, (dx_str){line, len});
    dx_free(line);
    return rc;
}

dx_status dx_report_read(dx_report *r, const char *path)
{
    bool is_input = strcmp(path, "-") == 0;
    FILE *f = is_input ? stdin : fopen(path, "rb");

    if (!f)
        return DX_ERR_IO;
    dx_status rc = read_lines(r, f);
    int error = errno;
    if (!is_input)
        fclose(f);
    errno = error;
    return rc;
}
