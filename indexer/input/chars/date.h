/* date.h -- the day an article was published, in every way portals write it.
 *
 * Days count from 1970-01-01 in Vietnamese time (UTC+7): a time with another
 * zone is moved to it, a time without a zone is taken to be in it. Blanks may be
 * no-break spaces. Works on borrowed bytes; no state. */
#ifndef DX_INDEXER_INPUT_CHARS_DATE_H
#define DX_INDEXER_INPUT_CHARS_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/civil.h"
#include "common/base/str.h"

/** Days of a civil date (proleptic Gregorian), or DX_DATE_UNKNOWN when there is
 *  no such day or the year is outside 1800..2200. */
int32_t dx_date_of(int year, int month, int day);

typedef enum dx_date_order { /* of figures with the year last, where only one is a date */
    DX_DATE_ORDER_OPEN,
    DX_DATE_DAY_FIRST,
    DX_DATE_MONTH_FIRST
} dx_date_order;

/* A day as a text says it. */
typedef struct dx_date_reading {
    int32_t day;   /* or DX_DATE_UNKNOWN */
    int32_t other; /* the same figures as month/day/year, where that is another
                      day; else DX_DATE_UNKNOWN */
    dx_date_order order;
} dx_date_reading;

#define DX_DATE_READING_NONE                                                   \
    ((dx_date_reading){DX_DATE_UNKNOWN, DX_DATE_UNKNOWN, DX_DATE_ORDER_OPEN})

/** The first date in `s`:
 *
 *     2024-03-27T08:42:50+07:00   27/3/2024 08:42      20240327  20240327084250
 *     2024-03-27+0708:42:50       27.03.24             20240327T084250Z
 *     ngày 5 tháng 6 năm 2023     12 Tháng Ba, 2024    12 thg 3, 2024   Th3 12, 2024
 *     27 Mar 2024                 12-Mar-24            March 12th, 2024
 *     Tue Mar 26 18:00:00 UTC 2024                     /Date(1711501370000)/
 *
 *  and, where nothing else stands in `s`, a count as dx_date_from_number() takes
 *  it, of at least ten digits. Figures are day/month/year unless only
 *  month/day/year is a date. A year of two digits (69 is 1969, 68 is 2068) needs
 *  a day and month of two digits each, a month's name, or a time behind it. */
dx_date_reading dx_date_read(dx_str s);

/** Its day alone. */
int32_t dx_date_parse(dx_str s);

/** A number given as a date: yyyymmdd, or seconds, milli- or microseconds since
 *  1970 (from 1980 on); else DX_DATE_UNKNOWN. */
int32_t dx_date_from_number(int64_t n);

/** The day in an article's address (".../ten-bai-102240425094504794.htm",
 *  ".../2024/04/25/ten-bai"), or DX_DATE_UNKNOWN. */
int32_t dx_date_from_url(dx_str url);

/** Which of the two days `read` means, by the one in the article's address. */
int32_t dx_date_by_url(dx_date_reading read, dx_str url);

#endif
