/* Day numbers and dates. */
#include "common/base/civil.h"

#include <stdio.h>

#include <stdbool.h>

/* H. Hinnant, chrono-Compatible Low-Level Date Algorithms. */
dx_civil dx_civil_of_day(int32_t day)
{
    int64_t z = (int64_t)day + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int64_t month = mp < 10 ? mp + 3 : mp - 9;

    return (dx_civil){(int)(yoe + era * 400 + (month <= 2)), (int)month,
        (int)(doy - (153 * mp + 2) / 5 + 1)};
}

int32_t dx_civil_to_day(dx_civil date)
{
    /* Years start in March, so that the leap day comes last. */
    int y = date.month <= 2 ? date.year - 1 : date.year;
    int m = date.month <= 2 ? date.month + 9 : date.month - 3;
    int era_days = y * 365 + y / 4 - y / 100 + y / 400;

    return era_days + (153 * m + 2) / 5 + date.day - 1 - 719468;
}

int dx_civil_month_days(int year, int month)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30,
        31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

size_t dx_civil_put(int32_t day, char out[DX_CIVIL_BYTES])
{
    dx_civil c = dx_civil_of_day(day);
    int n = 0;

    out[0] = '\0';
    if (day != DX_DATE_UNKNOWN)
        n = snprintf(out, DX_CIVIL_BYTES, "%04d-%02d-%02d", c.year, c.month,
            c.day);
    return (size_t)n;
}
