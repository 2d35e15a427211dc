/* civil.h -- dates of the Gregorian calendar, and their day numbers. */
#ifndef DX_BASE_CIVIL_H
#define DX_BASE_CIVIL_H

#include <stddef.h>
#include <stdint.h>

#define DX_DATE_UNKNOWN INT32_MIN /* no day */

typedef struct dx_civil {
    int year, month, day; /* month and day from 1 */
} dx_civil;

/** The date of `day`, in days since 1970-01-01. */
dx_civil dx_civil_of_day(int32_t day);

#define DX_CIVIL_BYTES 24u

/** Writes `day` as "2024-03-27"; "" for DX_DATE_UNKNOWN. Returns its length. */
size_t dx_civil_put(int32_t day, char out[DX_CIVIL_BYTES]);

/** The other way round: days since 1970-01-01 of a date after the year 0. */
int32_t dx_civil_to_day(dx_civil date);

/** How many days a month (1 to 12) has. */
int dx_civil_month_days(int year, int month);

#endif
