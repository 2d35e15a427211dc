/* report.h -- what readers looked for, counted from query logs: by query and by day, what
 * found nothing, what was slow.
 *
 *     log files ─▶ dx_report_read() ─▶ line.h ─▶ queries.h, days, slowest ─▶ write/
 *
 * A log may be of any size: memory is bounded by the number of queries that are told apart
 * (queries.h) and of days. */
#ifndef DX_SEARCHER_REPORT_REPORT_H
#define DX_SEARCHER_REPORT_REPORT_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "searcher/report/line.h"
#include "searcher/report/queries.h"

#define DX_REPORT_ROWS_MAX 10000u
#define DX_REPORT_DAYS_MAX 36525u /* a hundred years; later ones are of no day */
#define DX_REPORT_TIMES 240       /* eight to each doubling, from .001 ms on */

typedef struct dx_report_day {
    int32_t day; /* since 1970-01-01 */
    uint64_t searches, nothing;
    double ms; /* of the searches, together */
} dx_report_day;

typedef struct dx_report_search { /* the slowest of a query as it was typed */
    double ms;
    uint64_t articles;
    char time[21];
    char *query; /* owned */
} dx_report_search;

typedef struct dx_report {
    uint64_t searches;  /* of readers: first pages, not of what is like an article */
    uint64_t nothing;   /* of these, how many found no article with everything */
    uint64_t timed_out; /* likewise, were cut off */
    uint64_t pages;     /* further pages that were looked at */
    uint64_t likes;     /* lists of what is like an article */
    uint64_t bad_lines; /* that are none of a query log */
    double ms;          /* of the searches, together */
    uint64_t times[DX_REPORT_TIMES]; /* how many took so long: by the logarithm */
    dx_report_queries queries;
    dx_report_day *days; /* owned, in order */
    size_t day_count, day_cap;
    dx_report_search *slowest; /* owned, the slowest first */
    size_t slow_count;
    uint32_t rows; /* of each list */
} dx_report;

/** `rows`: how long lists are, up to DX_REPORT_ROWS_MAX. Fails with NOMEM. */
DX_NODISCARD dx_status dx_report_init(dx_report *r, uint32_t rows);
/** Zeroed ones are fine, too. */
void dx_report_free(dx_report *r);

/** Counts the lines of the log `path`; "-" is standard input. Fails with NOMEM, or IO with
 *  errno, having counted what it had read. */
DX_NODISCARD dx_status dx_report_read(dx_report *r, const char *path);

/** Counts a line without its end. Fails with NOMEM. */
DX_NODISCARD dx_status dx_report_add(dx_report *r, dx_str line);

/** So many milliseconds took a `share` (0..1) of searches at most, give or take a twelfth;
 *  0 without searches. */
double dx_report_quantile(const dx_report *r, double share);

#endif
