/* Reads a line of a query log. */
#include "searcher/report/line.h"

#include <string.h>

#include "common/base/civil.h"

#define FIELDS 6
#define TIME_BYTES 20 /* 2026-11-25T14:16:03Z */
#define DIGITS_MAX 18
#define DECIMALS_MAX 6

/* All of `s` as decimal digits. */
static bool read_number(dx_str s, uint64_t *out)
{
    uint64_t n = 0;

    if (s.len == 0 || s.len > DIGITS_MAX)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
        n = n * 10 + (uint64_t)(s.ptr[i] - '0');
    }
    *out = n;
    return true;
}

static bool read_ms(dx_str s, double *out)
{
    const char *point = memchr(s.ptr, '.', s.len);
    uint64_t whole, part = 0;
    double unit = 1.0;
    size_t decimals = point ? (size_t)(dx_str_end(s) - point) - 1 : 0;

    if (decimals > DECIMALS_MAX ||
        !read_number((dx_str){s.ptr, point ? (size_t)(point - s.ptr) : s.len}, &whole) ||
        (point && !read_number((dx_str){point + 1, decimals}, &part)))
        return false;
    for (size_t i = 0; i < decimals; i++)
        unit *= 10.0;
    *out = (double)whole + (double)part / unit;
    return true;
}

static bool read_part(dx_str s, size_t at, size_t len, int least, int most, int *out)
{
    uint64_t n;

    if (!read_number((dx_str){s.ptr + at, len}, &n) || (int)n < least || (int)n > most)
        return false;
    *out = (int)n;
    return true;
}

static bool read_time(dx_str s, int32_t *day)
{
    static const char pattern[] = "0000-00-00T00:00:00Z";
    dx_civil date = {0};
    int hour, minute, second;

    if (s.len != TIME_BYTES)
        return false;
    for (size_t i = 0; i < TIME_BYTES; i++)
        if (pattern[i] != '0' && s.ptr[i] != pattern[i])
            return false;
    if (!read_part(s, 0, 4, 1, 9999, &date.year) || !read_part(s, 5, 2, 1, 12, &date.month) ||
        !read_part(s, 8, 2, 1, dx_civil_month_days(date.year, date.month), &date.day) ||
        !read_part(s, 11, 2, 0, 23, &hour) || !read_part(s, 14, 2, 0, 59, &minute) ||
        !read_part(s, 17, 2, 0, 60, &second))
        return false;
    *day = dx_civil_to_day(date);
    return true;
}

static bool has_flag(dx_str flags, const char *name)
{
    size_t len = strlen(name);

    while (flags.len > 0) {
        const char *comma = memchr(flags.ptr, ',', flags.len);
        size_t n = comma ? (size_t)(comma - flags.ptr) : flags.len;
        if (n == len && memcmp(flags.ptr, name, n) == 0)
            return true;
        n += comma != NULL;
        flags = (dx_str){flags.ptr + n, flags.len - n};
    }
    return false;
}

/* The query is all that is left behind the fifth tab. */
static bool split(dx_str line, dx_str out[FIELDS])
{
    for (int i = 0; i < FIELDS - 1; i++) {
        const char *tab = line.len ? memchr(line.ptr, '\t', line.len) : NULL;
        if (!tab)
            return false;
        size_t n = (size_t)(tab - line.ptr);
        out[i] = (dx_str){line.ptr, n};
        line = (dx_str){tab + 1, line.len - n - 1};
    }
    out[FIELDS - 1] = line;
    return true;
}

bool dx_log_line_read(dx_str line, dx_log_line *out)
{
    dx_str fields[FIELDS];
    uint64_t skipped;

    if (line.len > 0 && memchr(line.ptr, '\0', line.len))
        return false;
    if (!split(line, fields) || !read_time(fields[0], &out->day) ||
        !read_number(fields[1], &out->articles) || !read_ms(fields[2], &out->ms) ||
        !read_number(fields[3], &skipped) || skipped > UINT32_MAX || fields[4].len == 0)
        return false;
    out->time = fields[0];
    out->skipped = (uint32_t)skipped;
    out->is_like = has_flag(fields[4], "like");
    out->timed_out = has_flag(fields[4], "timed-out");
    out->query = fields[5];
    return true;
}
