/* date.h -- dates as they are typed, and ranges of them.
 *
 *     2024   2024-03   3/2024   2024-03-27   27/3/2024   27.3.2024
 *     2023..2024   2024-03..   [2023 TO 2024]   >=2024
 *
 * There is no month/day/year: 3/27/2024 is no date. */
#ifndef DX_SEARCHER_QUERY_DATE_H
#define DX_SEARCHER_QUERY_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/str.h"

/* Which days a date is about: date:2024, after:2024, before:2024. */
typedef enum dx_query_side {
    DX_SIDE_ON,
    DX_SIDE_AFTER, /* it and later */
    DX_SIDE_BEFORE /* earlier */
} dx_query_side;

/** Reads `s` as a date, or with DX_SIDE_ON as a range, into the days that it is
 *  about: since 1970-01-01, both included; INT32_MIN and INT32_MAX are open.
 *  False when it is no date, or before 1800 or after 2200. */
bool dx_query_date_parse(dx_str s, dx_query_side side, int32_t *from,
    int32_t *to);

/** Appends "2024-01-01..2024-06-30", "2024-01-01.." or "2024-03-27", which
 *  dx_query_date_parse() reads as the same days. */
void dx_query_date_put(int32_t from, int32_t to, dx_buf *out);

#endif
