/* date.h -- the day an article was published, in every way portals write it.
 *
 * Days count from 1970-01-01 in Vietnamese time (UTC+7): an ISO time with
 * another zone is moved to it, a time without a zone is taken to be in it.
 * Numeric dates are day/month/year, never month/day/year. No state. */
#ifndef DX_INDEXER_INPUT_CHARS_DATE_H
#define DX_INDEXER_INPUT_CHARS_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/civil.h"
#include "common/base/str.h"

/** Days of a civil date (proleptic Gregorian), or DX_DATE_UNKNOWN when there is
 *  no such day or the year is outside 1800..2200. */
int32_t dx_date_of(int year, int month, int day);

/** The first date in `s`, or DX_DATE_UNKNOWN: "2024-03-27T08:42:50+07:00",
 *  "2024-03-27+0708:42:50" (a template's mistake seen on many portals),
 *  "27/3/2024 08:42", "ngày 5 tháng 6 năm 2023", "27 Mar 2024", "20240327". */
int32_t dx_date_parse(dx_str s);

/** A number given as a date: yyyymmdd, or seconds or milliseconds since 1970
 *  (from 1980 on); else DX_DATE_UNKNOWN. */
int32_t dx_date_from_number(int64_t n);

/** The day in an article's address (".../ten-bai-102240425094504794.htm"), or
 *  DX_DATE_UNKNOWN. */
int32_t dx_date_from_url(dx_str url);

/** Whether the short line `s` says when the article appeared and nothing more
 *  ("Cập nhật: 05/10/2026 15:42", "Thứ Tư - 27/03/2024 08:42"); if so the day
 *  is in *date. */
bool dx_date_line(dx_str s, int32_t *date);

#endif
