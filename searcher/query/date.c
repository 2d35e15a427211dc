/* Dates as they are typed, and ranges of them. */
#include "searcher/query/date.h"

#include <string.h>

#include "common/base/civil.h"
#include "searcher/query/lex.h"

#define YEAR_MIN 1800
#define YEAR_MAX 2200

typedef struct days { /* both included */
    int32_t from, to;
} days;

/* ---- the calendar ---- */

static void put_day(int32_t day, dx_buf *out)
{
    char text[DX_CIVIL_BYTES];

    dx_buf_put(out, text, dx_civil_put(day, text));
}

/* A day, or with 0 for what is missing a whole month or year. */
static bool days_of(int year, int month, int day, days *out)
{
    if (year < YEAR_MIN || year > YEAR_MAX || month > 12 ||
        (month && day > dx_civil_month_days(year, month)))
        return false;
    dx_civil first = {year, month ? month : 1, day ? day : 1};
    dx_civil last = {year, month ? month : 12, day};
    if (!day)
        last.day = dx_civil_month_days(year, last.month);
    out->from = dx_civil_to_day(first);
    out->to = dx_civil_to_day(last);
    return true;
}

/* ---- one date ---- */

/* Numbers between one and the same separator: at most 3, of 1 to 4 digits. */
typedef struct parts {
    int value[3];
    size_t digits[3], count;
    char sep;
} parts;

static bool split(dx_str s, parts *out)
{
    const char *p = s.ptr, *end = dx_str_end(s);

    *out = (parts){.count = 0};
    for (;;) {
        const char *from = p;
        int value = 0;
        for (; p < end && dx_query_is_digit(*p) && p - from < 4; p++)
            value = value * 10 + (*p - '0');
        if (p == from || out->count == 3)
            return false;
        out->value[out->count] = value;
        out->digits[out->count++] = (size_t)(p - from);
        if (p == end)
            return true;
        if ((*p != '-' && *p != '/' && *p != '.') ||
            (out->count > 1 && *p != out->sep))
            return false;
        out->sep = *p++;
    }
}

/* The year has four digits, so the order shows: 2024-3-27 or 27/3/2024. */
static bool parse_one(dx_str s, days *out)
{
    parts ps;

    if (s.len == 0 || !split(s, &ps))
        return false;
    size_t last = ps.count - 1, year = ps.digits[0] == 4 ? 0 : last;
    int order[3] = {0, 0, 0}; /* year, month, day */
    for (size_t i = 0; i < ps.count; i++) {
        order[year == 0 ? i : last - i] = ps.value[i];
        if ((i == year ? ps.digits[i] != 4 : ps.digits[i] > 2) ||
            (i != year && ps.value[i] == 0))
            return false;
    }
    return days_of(order[0], order[1], order[2], out);
}

static bool is_iso(dx_str s)
{
    parts ps;

    return s.len > 0 && split(s, &ps) && ps.digits[0] == 4 &&
           (ps.count == 1 || ps.sep == '-');
}

/* ---- ranges ---- */

static dx_str from_byte(dx_str s, size_t n)
{
    return (dx_str){s.ptr + n, s.len - n};
}

/* Cuts `s` at the first `sep`; false when there is none. */
static bool cut_at(dx_str s, const char *sep, dx_str *before, dx_str *after)
{
    size_t n = strlen(sep);

    for (size_t i = 0; i + n <= s.len; i++)
        if (memcmp(s.ptr + i, sep, n) == 0) {
            *before = dx_str_trim((dx_str){s.ptr, i});
            *after = dx_str_trim(from_byte(s, i + n));
            return true;
        }
    return false;
}

/* "2024-01..2024-06", "2024..", "[2023 TO 2024]", "2024-01/2024-06". */
static bool split_range(dx_str s, dx_str *before, dx_str *after)
{
    if (s.len > 1 && s.ptr[0] == '[' && s.ptr[s.len - 1] == ']')
        s = (dx_str){s.ptr + 1, s.len - 2};
    if (cut_at(s, "..", before, after) || cut_at(s, " TO ", before, after))
        return true;
    return cut_at(s, "/", before, after) && is_iso(*before) && is_iso(*after);
}

static bool is_open(dx_str s)
{
    return s.len == 0 || dx_str_eq(s, DX_STR_LIT("*"));
}

static bool parse_range(dx_str before, dx_str after, days *out)
{
    days first = {INT32_MIN, INT32_MIN}, last = {INT32_MAX, INT32_MAX};

    if ((is_open(before) && is_open(after)) ||
        (!is_open(before) && !parse_one(before, &first)) ||
        (!is_open(after) && !parse_one(after, &last)))
        return false;
    if (first.from > last.to) { /* 2024..2023 is meant the other way round */
        days swap = first;
        first = last;
        last = swap;
    }
    *out = (days){first.from, last.to};
    return true;
}

/* ">=2024", "<2024-03" */
static bool parse_compared(dx_str s, days *out)
{
    bool greater = *s.ptr == '>', equal = s.len > 1 && s.ptr[1] == '=';
    days d;

    if (!parse_one(dx_str_trim(from_byte(s, equal ? 2 : 1)), &d))
        return false;
    if (greater)
        *out = (days){equal ? d.from : d.to + 1, INT32_MAX};
    else
        *out = (days){INT32_MIN, equal ? d.to : d.from - 1};
    return true;
}

/* Days before the first year or after the last can't be written. */
static bool can_be_put(int32_t day)
{
    return day == INT32_MIN || day == INT32_MAX ||
           (day >= dx_civil_to_day((dx_civil){YEAR_MIN, 1, 1}) &&
               day <= dx_civil_to_day((dx_civil){YEAR_MAX, 12, 31}));
}

bool dx_query_date_parse(dx_str s, dx_query_side side, int32_t *from,
    int32_t *to)
{
    dx_str before, after;
    days d = {0, 0};
    bool ok;

    s = dx_str_trim(s);
    if (s.len > 0 && *s.ptr == '=')
        s = from_byte(s, 1);
    if (s.len == 0)
        return false;
    bool alone = side != DX_SIDE_ON;
    if (!alone && (*s.ptr == '>' || *s.ptr == '<'))
        ok = parse_compared(s, &d);
    else if (!alone && split_range(s, &before, &after))
        ok = parse_range(before, after, &d);
    else
        ok = parse_one(s, &d);
    *from = side == DX_SIDE_BEFORE ? INT32_MIN : d.from;
    *to = d.to;
    if (side == DX_SIDE_AFTER)
        *to = INT32_MAX;
    else if (side == DX_SIDE_BEFORE)
        *to = d.from - 1;
    return ok && can_be_put(*from) && can_be_put(*to);
}

void dx_query_date_put(int32_t from, int32_t to, dx_buf *out)
{
    if (from != INT32_MIN)
        put_day(from, out);
    if (from == to)
        return;
    dx_buf_puts(out, "..");
    if (to != INT32_MAX)
        put_day(to, out);
}
