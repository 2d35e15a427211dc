/* Dates as Vietnamese pages, feeds and exports write them. */
#include "indexer/input/chars/date.h"

#include <stdlib.h>

#include "common/base/civil.h"
#include "indexer/input/chars/chars.h"

#define VIETNAM_OFFSET_MINUTES (7 * 60)
#define DAY_MINUTES (24 * 60)

typedef struct scan {
    const char *p, *end;
    dx_date_reading *said; /* day_first() says here what the month first would mean */
} scan;

int32_t dx_date_of(int year, int month, int day)
{
    if (year < 1800 || year > 2200 || month < 1 || month > 12 || day < 1 ||
        day > dx_civil_month_days(year, month))
        return DX_DATE_UNKNOWN;
    return dx_civil_to_day((dx_civil){year, month, day});
}

/* ---- pieces ---- */

/* Reads 1 to `max` digits; the count, 0 when there is no digit or more than
 * `max` of them. */
static int number(scan *s, int max, int *value)
{
    const char *p = s->p;
    int n = 0, v = 0;

    while (p < s->end && dx_is_digit(*p)) {
        if (++n > max)
            return 0;
        v = v * 10 + (*p++ - '0');
    }
    if (n > 0) {
        *value = v;
        s->p = p;
    }
    return n;
}

static bool eat(scan *s, const char *set)
{
    if (s->p >= s->end || !*s->p || !strchr(set, *s->p))
        return false;
    s->p++;
    return true;
}

/* No-break spaces as well: U+00A0, U+202F. */
static bool eat_blank(scan *s)
{
    size_t left = (size_t)(s->end - s->p);
    size_t n = left >= 2 && memcmp(s->p, "\xC2\xA0", 2) == 0         ? 2
               : left >= 3 && memcmp(s->p, "\xE2\x80\xAF", 3) == 0 ? 3
                                                                    : 0;
    s->p += n;
    return n || eat(s, " \t\r\n");
}

/* Blanks and characters of `set`. */
static void skip(scan *s, const char *set)
{
    while (eat_blank(s) || eat(s, set))
        ;
}

static bool word(scan *s, const char *phrase)
{
    dx_str rest = {s->p, (size_t)(s->end - s->p)};
    size_t n = dx_starts_with_typed(rest, phrase);

    s->p += n;
    return n != 0;
}

static bool at_letter(const scan *s)
{
    const char *p = s->p;

    return p < s->end && dx_char_is_letter(dx_char_next(&p, s->end));
}

static bool at_digit(const scan *s)
{
    return s->p < s->end && dx_is_digit(*s->p);
}

static int full_year(int two_digits)
{
    return two_digits + (two_digits < 69 ? 2000 : 1900);
}

/* ---- time and zone ---- */

/* HH:MM[:SS[.fff]], 8h42, with AM or PM behind (CH, SA) */
static bool clock_time(scan *s, int *minutes)
{
    int h, m, sec;

    if (!number(s, 2, &h) || !eat(s, ":hH") || number(s, 2, &m) != 2 ||
        h > 24 || m > 59)
        return false;
    if (eat(s, ":")) {
        if (!number(s, 2, &sec))
            return false;
        if (eat(s, ".,"))
            number(s, 9, &sec);
    }
    scan half = *s;
    skip(&half, "");
    bool after_noon = word(&half, "pm") || word(&half, "ch");
    if (after_noon || word(&half, "am") || word(&half, "sa")) {
        h = h % 12 + (after_noon ? 12 : 0);
        *s = half;
    }
    *minutes = h * 60 + m;
    return true;
}

/* Z, +07:00, -0500, +07'00', +7, GMT+7, UTC; minutes east of UTC. */
static bool zone(scan *s, int *minutes)
{
    int h, m = 0;
    bool named = false;

    skip(s, "");
    if (eat(s, "Zz")) {
        *minutes = 0;
        return true;
    }
    if (s->end - s->p >= 3 &&
        (memcmp(s->p, "GMT", 3) == 0 || memcmp(s->p, "UTC", 3) == 0)) {
        s->p += 3;
        named = true;
        *minutes = 0;
    }
    if (s->p >= s->end || (*s->p != '+' && *s->p != '-'))
        return named;
    bool west = *s->p++ == '-';
    int digits = number(s, 4, &h);
    if (digits == 0 || digits == 3)
        return named;
    if (digits == 4) {
        m = h % 100;
        h /= 100;
    } else if (eat(s, ":'") && number(s, 2, &m) != 2) {
        return named;
    }
    *minutes = (h * 60 + m) * (west ? -1 : 1);
    return true;
}

static int32_t moved(int32_t day, int time, int offset)
{
    int local = time - offset + VIETNAM_OFFSET_MINUTES;

    if (day == DX_DATE_UNKNOWN)
        return day;
    return local < 0 ? day - 1 : local >= DAY_MINUTES ? day + 1 : day;
}

/* What follows year-month-day may move the day: 23:30Z is the next morning in
 * Vietnam. Anything that is not a time and a zone says nothing; so the date
 * with its zone before the time ("2024-03-27+0708:42:50") keeps its day. */
static int32_t in_vietnam(int32_t day, scan s)
{
    int time, offset;

    if (!eat(&s, "Tt:"))
        skip(&s, ",");
    if (!clock_time(&s, &time) || !zone(&s, &offset))
        return day;
    return moved(day, time, offset);
}

static bool time_follows(scan s)
{
    int time;

    skip(&s, ",-|");
    return clock_time(&s, &time);
}

/* ---- figures ---- */

static int32_t year_first(scan s)
{
    int y, m, d;

    if (number(&s, 4, &y) != 4 || s.p >= s.end || !strchr("-/.", *s.p))
        return DX_DATE_UNKNOWN;
    char separator = *s.p++;
    if (!number(&s, 2, &m) || s.p >= s.end || *s.p++ != separator ||
        !number(&s, 2, &d))
        return DX_DATE_UNKNOWN;
    return in_vietnam(dx_date_of(y, m, d), s);
}

/* "-", "/", also with blanks around; "."; 0 when there is none. */
static char separator(scan *s)
{
    const char *from = s->p;

    while (eat_blank(s))
        ;
    bool blanks = s->p > from;
    if (s->p >= s->end || !strchr(blanks ? "-/" : "-/.", *s->p))
        return 0;
    char found = *s->p++;
    while (found != '.' && eat_blank(s))
        ;
    return found;
}

/* A year of two digits looks like many other things: a part of a telephone
 * number, of a version, of a document's number. */
static bool is_short_year(const scan *s, const char *start, const char *text,
    bool all_two_digits)
{
    if (start > text && (dx_is_digit(start[-1]) || strchr("./-", start[-1])))
        return false;
    const char *next = s->p + 1;
    if (s->p < s->end && *s->p && strchr("./-", *s->p) && next < s->end &&
        (dx_is_digit(*next) || dx_char_is_letter((unsigned char)*next)))
        return false;
    return all_two_digits || time_follows(*s);
}

static int32_t day_first(scan s, const char *text)
{
    const char *start = s.p;
    int y, m, d;
    int d_digits = number(&s, 2, &d);
    char first = d_digits ? separator(&s) : 0;
    int m_digits = first ? number(&s, 2, &m) : 0;

    if (!m_digits || separator(&s) != first)
        return DX_DATE_UNKNOWN;
    int y_digits = number(&s, 4, &y);
    if (y_digits == 2 &&
        is_short_year(&s, start, text, d_digits + m_digits == 4))
        y = full_year(y);
    else if (y_digits != 4)
        return DX_DATE_UNKNOWN;
    int32_t day = dx_date_of(y, m, d);
    int32_t us = first == '.' ? DX_DATE_UNKNOWN : dx_date_of(y, d, m);
    if (day == DX_DATE_UNKNOWN) {
        if (us != DX_DATE_UNKNOWN)
            s.said->order = DX_DATE_MONTH_FIRST;
        return us;
    }
    s.said->other = us == day ? DX_DATE_UNKNOWN : us;
    s.said->order = us == DX_DATE_UNKNOWN && first != '.' ? DX_DATE_DAY_FIRST
                                                          : DX_DATE_ORDER_OPEN;
    return day;
}

/* 20240327, 202403270842, 20240327084250, 20240327T084250, each with a zone */
static int32_t compact(scan s)
{
    const char *digits = s.p;
    int v = 0, hour = 0, minute = 0, offset;
    size_t n = 0;

    for (; at_digit(&s); s.p++, n++)
        if (n < 8)
            v = v * 10 + (*s.p - '0');
    int32_t day = dx_date_of(v / 10000, v / 100 % 100, v % 100);
    scan time = {digits + 8, s.p, NULL};
    if (n == 8 && s.p < s.end && (*s.p == 'T' || *s.p == 't')) {
        time = (scan){++s.p, s.p, NULL};
        while (at_digit(&s))
            s.p++;
        time.end = s.p;
        n = 8 + (size_t)(time.end - time.p);
    } else if (n == 8) {
        return day;
    }
    if ((n != 12 && n != 14))
        return DX_DATE_UNKNOWN;
    time.end = time.p + 2;
    number(&time, 2, &hour);
    time.end += 2;
    number(&time, 2, &minute);
    if (hour > 24 || minute > 59)
        return DX_DATE_UNKNOWN;
    eat(&s, ".");
    while (at_digit(&s))
        s.p++;
    return zone(&s, &offset) ? moved(day, hour * 60 + minute, offset) : day;
}

/* ---- names of months ---- */

/* Longer ones before those that they begin with. */
static const struct month_word {
    const char *name;
    int month;
} month_words[] = {{"mười một", 11}, {"mười hai", 12}, {"mười", 10},
    {"một", 1}, {"giêng", 1}, {"hai", 2}, {"ba", 3}, {"tư", 4}, {"bốn", 4},
    {"năm", 5}, {"sáu", 6}, {"bảy", 7}, {"bẩy", 7}, {"tám", 8}, {"chín", 9},
    {"chạp", 12}};

/* tháng 3, tháng Ba, thg 3, Th3, T3; the month, or 0. */
static int vietnamese_month(scan *s)
{
    bool full = word(s, "tháng") || word(s, "thg");
    int month;

    if (!full && !word(s, "th") && !word(s, "t"))
        return 0;
    if (full)
        skip(s, ".");
    if (number(s, 2, &month))
        return month <= 12 ? month : 0;
    for (size_t i = 0; full && i < sizeof month_words / sizeof *month_words;
         i++) {
        scan at = *s;
        if (word(&at, month_words[i].name) && !at_letter(&at)) {
            *s = at;
            return month_words[i].month;
        }
    }
    return 0;
}

/* 5 tháng 6 năm 2023, 5 tháng 6, 2023, 5 thg 6 - 2023 */
static int32_t in_words(scan s)
{
    int y, m, d;

    if (!number(&s, 2, &d))
        return DX_DATE_UNKNOWN;
    skip(&s, ",-/");
    m = vietnamese_month(&s);
    skip(&s, ",-/");
    if (m && word(&s, "năm"))
        skip(&s, "");
    return m && number(&s, 4, &y) == 4 ? dx_date_of(y, m, d) : DX_DATE_UNKNOWN;
}

/* Tháng Ba 12, 2024, Th3 12, 2024 */
static int32_t in_words_month_first(scan s)
{
    int y, d, m = vietnamese_month(&s);

    skip(&s, "-");
    if (!m || !number(&s, 2, &d))
        return DX_DATE_UNKNOWN;
    skip(&s, ",");
    return number(&s, 4, &y) == 4 ? dx_date_of(y, m, d) : DX_DATE_UNKNOWN;
}

/* Past an English month's name, or at least three letters of it, and what
 * follows; its number, or 0. */
static int english_month(scan *s)
{
    static const char *const names[] = {"january", "february", "march",
        "april", "may", "june", "july", "august", "september", "october",
        "november", "december"};

    for (int i = 0; i < 12; i++) {
        scan at = *s;
        size_t n = 0;
        while (at.p < at.end && names[i][n] &&
               dx_char_lower((unsigned char)*at.p) ==
                   (unsigned char)names[i][n]) {
            at.p++;
            n++;
        }
        if (n < 3 || at_letter(&at))
            continue;
        skip(&at, "-,./");
        *s = at;
        return i + 1;
    }
    return 0;
}

static void skip_ordinal(scan *s)
{
    scan at = *s;

    if ((word(&at, "st") || word(&at, "nd") || word(&at, "rd") ||
            word(&at, "th")) &&
        !at_letter(&at))
        *s = at;
}

/* 27 Mar 2024, as mail and feeds write it; 12-Mar-24 */
static int32_t english(scan s)
{
    int y, d, m;

    if (!number(&s, 2, &d))
        return DX_DATE_UNKNOWN;
    skip_ordinal(&s);
    bool joined = s.p < s.end && (*s.p == '-' || *s.p == '/');
    skip(&s, "-/.,");
    m = english_month(&s);
    int digits = m ? number(&s, 4, &y) : 0;
    if (digits == 2 && (joined || s.p == s.end || time_follows(s)))
        y = full_year(y);
    else if (digits != 4)
        return DX_DATE_UNKNOWN;
    return in_vietnam(dx_date_of(y, m, d), s);
}

/* 18:00:00 UTC 2024, behind "Mar 26" */
static int32_t time_then_year(int m, int d, scan s)
{
    int y, time, offset = VIETNAM_OFFSET_MINUTES;

    if (!clock_time(&s, &time))
        return DX_DATE_UNKNOWN;
    if (!zone(&s, &offset))
        while (at_letter(&s)) /* ICT */
            s.p++;
    skip(&s, "");
    return number(&s, 4, &y) == 4 ? moved(dx_date_of(y, m, d), time, offset)
                                  : DX_DATE_UNKNOWN;
}

/* March 27, 2024 */
static int32_t english_month_first(scan s)
{
    int y, d, m = english_month(&s);

    if (!m || !number(&s, 2, &d))
        return DX_DATE_UNKNOWN;
    skip_ordinal(&s);
    skip(&s, ",");
    scan time = s;
    return number(&s, 4, &y) == 4 ? in_vietnam(dx_date_of(y, m, d), s)
                                  : time_then_year(m, d, time);
}

/* ---- counts of seconds ---- */

int32_t dx_date_from_number(int64_t n)
{
    const int64_t first_second = 315532800, last_second = 4102444800;

    if (n >= 18000101 && n <= 22001231)
        return dx_date_of((int)(n / 10000), (int)(n / 100 % 100),
            (int)(n % 100));
    for (int i = 0; i < 2 && n >= first_second * 1000; i++)
        n /= 1000;
    if (n < first_second || n > last_second)
        return DX_DATE_UNKNOWN;
    return (int32_t)((n + VIETNAM_OFFSET_MINUTES * 60) / 86400);
}

/* Digits at the start of `s` as a number, and how many; at most 18. */
static int64_t count_at(dx_str s, size_t *digits)
{
    int64_t n = 0;

    for (*digits = 0; *digits < s.len && dx_is_digit(s.ptr[*digits]) &&
                      *digits < 18; ++*digits)
        n = n * 10 + (s.ptr[*digits] - '0');
    return n;
}

/* "1711501370", "1711501370.25", /Date(1711501370000+0700)/ */
static int32_t seconds(dx_str s)
{
    static const char call[] = "date(";
    size_t digits;
    ptrdiff_t at = s.len <= 40 ? dx_find_ascii(s, call) : -1;

    if (at >= 0)
        s = dx_str_from_offset(s, (size_t)at + strlen(call));
    int64_t n = count_at(s, &digits);
    if (digits < 10 || s.ptr[0] == '0') /* a telephone number */
        return DX_DATE_UNKNOWN;
    for (size_t i = digits; i < s.len && at < 0; i++)
        if (!dx_is_digit(s.ptr[i]) && (i != digits || s.ptr[i] != '.'))
            return DX_DATE_UNKNOWN;
    bool known = digits == 10 || digits == 13 || digits == 16;
    return known ? dx_date_from_number(n) : DX_DATE_UNKNOWN;
}

/* ---- anywhere ---- */

static bool is_word_start(dx_str s, const char *p)
{
    if (p == s.ptr)
        return true;
    unsigned char before = (unsigned char)p[-1];
    bool no_break_space = p - s.ptr >= 2 && before == 0xA0;
    return no_break_space || (before < 0x80 && !dx_char_is_letter(before));
}

static int32_t at_digits(scan s, const char *text)
{
    static int32_t (*const forms[])(scan) = {year_first, in_words, english,
        compact};
    int32_t day = day_first(s, text);

    for (size_t i = 0; day == DX_DATE_UNKNOWN &&
                       i < sizeof forms / sizeof *forms; i++)
        day = forms[i](s);
    return day;
}

dx_date_reading dx_date_read(dx_str str)
{
    dx_date_reading out = {seconds(dx_trim(str)), DX_DATE_UNKNOWN,
        DX_DATE_ORDER_OPEN};
    scan s = {str.ptr, dx_str_end(str), &out};

    while (s.p < s.end && out.day == DX_DATE_UNKNOWN) {
        if (at_digit(&s)) {
            out.day = at_digits(s, str.ptr);
            while (at_digit(&s))
                s.p++;
            continue;
        }
        if (is_word_start(str, s.p))
            out.day = english_month_first(s);
        if (out.day == DX_DATE_UNKNOWN && (*s.p | 32) == 't' &&
            is_word_start(str, s.p))
            out.day = in_words_month_first(s);
        s.p++;
    }
    return out;
}

int32_t dx_date_parse(dx_str s)
{
    return dx_date_read(s).day;
}

/* ---- addresses ---- */

/* The time of publishing as one number: 20240425094504794, or
 * 102240425094504794 with a site's prefix and two digits of the year. */
static int32_t stamp(const char *digits, size_t n)
{
    char day[9] = "20";

    if (n == 17 && memcmp(digits, "20", 2) == 0)
        memcpy(day, digits, 8);
    else if (n == 18 && digits[0] == '1')
        memcpy(day + 2, digits + 3, 6);
    else
        return DX_DATE_UNKNOWN;
    return dx_date_parse((dx_str){day, 8});
}

/* /2024/04/25/ */
static int32_t folders(dx_str rest)
{
    scan s = {rest.ptr, dx_str_end(rest), NULL};
    int y, m, d;

    if (!eat(&s, "/") || number(&s, 4, &y) != 4 || !eat(&s, "/") ||
        !number(&s, 2, &m) || !eat(&s, "/") || !number(&s, 2, &d) ||
        !eat(&s, "/"))
        return DX_DATE_UNKNOWN;
    return dx_date_of(y, m, d);
}

int32_t dx_date_from_url(dx_str url)
{
    int32_t day = DX_DATE_UNKNOWN;

    for (size_t i = 0, n; i < url.len && day == DX_DATE_UNKNOWN; i += n + !n) {
        for (n = 0; i + n < url.len && dx_is_digit(url.ptr[i + n]);)
            n++;
        day = n ? stamp(url.ptr + i, n) : folders(dx_str_from_offset(url, i));
    }
    return day;
}

/* Articles are put on a page, and get their address, a few days around the day
 * that they carry. */
int32_t dx_date_by_url(dx_date_reading read, dx_str url)
{
    const int64_t near_days = 3;
    int32_t stamped = read.other == DX_DATE_UNKNOWN ? DX_DATE_UNKNOWN
                                                    : dx_date_from_url(url);

    if (stamped == DX_DATE_UNKNOWN)
        return read.day;
    bool fits = llabs((int64_t)read.day - stamped) <= near_days;
    bool other_fits = llabs((int64_t)read.other - stamped) <= near_days;
    return other_fits && !fits ? read.other : read.day;
}
