/* line.h -- a line of a query log, read (searcher/output/query_log.h writes it). */
#ifndef DX_SEARCHER_REPORT_LINE_H
#define DX_SEARCHER_REPORT_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/str.h"

#define DX_LOG_LINE_BYTES_MAX 16384u

typedef struct dx_log_line {
    int32_t day;       /* since 1970-01-01 */
    dx_str time;       /* "2026-11-25T14:16:03Z"; into the line, as is `query` */
    uint64_t articles; /* found */
    double ms;
    uint32_t skipped;  /* results before those shown */
    bool is_like;      /* `query` is an article's id */
    bool timed_out;
    dx_str query;      /* as typed */
} dx_log_line;

/** Reads a line without its end. False when it is none of a query log, in any field: then
 *  nothing of `out` counts. */
bool dx_log_line_read(dx_str line, dx_log_line *out);

#endif
