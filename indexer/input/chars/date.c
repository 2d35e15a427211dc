/* Dates as Vietnamese pages write them. */
#include "indexer/input/chars/date.h"

#include "common/base/civil.h"
#include "indexer/input/article.h"
#include "indexer/input/chars/chars.h"

#define VIETNAM_OFFSET_MINUTES (7 * 60)
#define DAY_MINUTES (24 * 60)

typedef struct scan {
    const char *p, *end;
} scan;

int32_t dx_date_of(int year, int month, int day)
{
    if (year < 1800 || year > 2200 || month < 1 || month > 12 || day < 1 ||
        day > dx_civil_month_days(year, month))
        return DX_DATE_UNKNOWN;
    return dx_civil_to_day((dx_civil){year, month, day});
}

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

static void skip_blanks(scan *s)
{
    while (eat(s, " \t"))
        ;
}

/* HH:MM[:SS[.fff]] */
static bool clock_time(scan *s, int *minutes)
{
    int h, m, sec;

    if (!number(s, 2, &h) || !eat(s, ":") || number(s, 2, &m) != 2 || h > 24 ||
        m > 59)
        return false;
    if (eat(s, ":")) {
        if (!number(s, 2, &sec))
            return false;
        if (eat(s, ".,"))
            number(s, 9, &sec);
    }
    *minutes = h * 60 + m;
    return true;
}

/* Z, +07:00, -0500, +7, GMT+7, UTC; minutes east of UTC. */
static bool zone(scan *s, int *minutes)
{
    int h, m = 0;
    bool named = false;

    skip_blanks(s);
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
    } else if (eat(s, ":") && number(s, 2, &m) != 2) {
        return named;
    }
    *minutes = (h * 60 + m) * (west ? -1 : 1);
    return true;
}

/* What follows year-month-day may move the day: 23:30Z is the next morning in
 * Vietnam. Anything that is not a time and a zone says nothing; so the date
 * with its zone before the time ("2024-03-27+0708:42:50") keeps its day. */
static int32_t in_vietnam(int32_t day, scan s)
{
    int time, offset;

    if (day == DX_DATE_UNKNOWN)
        return day;
    if (!eat(&s, "Tt"))
        skip_blanks(&s);
    if (!clock_time(&s, &time) || !zone(&s, &offset))
        return day;
    int local = time - offset + VIETNAM_OFFSET_MINUTES;
    return local < 0 ? day - 1 : local >= DAY_MINUTES ? day + 1 : day;
}

static bool at_number_end(const scan *s)
{
    return s->p >= s->end || !dx_is_digit(*s->p);
}

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

static int32_t day_first(scan s)
{
    int y, m, d;

    if (!number(&s, 2, &d) || s.p >= s.end || !strchr("-/.", *s.p))
        return DX_DATE_UNKNOWN;
    char separator = *s.p++;
    if (!number(&s, 2, &m) || s.p >= s.end || *s.p++ != separator ||
        number(&s, 4, &y) != 4 || !at_number_end(&s))
        return DX_DATE_UNKNOWN;
    return dx_date_of(y, m, d);
}

static bool word(scan *s, const char *phrase)
{
    dx_str rest = {s->p, (size_t)(s->end - s->p)};
    size_t n = dx_starts_with_typed(rest, phrase);

    s->p += n;
    return n != 0;
}

/* 5 tháng 6 năm 2023; also "5 tháng 6, 2023" and "5 tháng 6 - 2023" */
static int32_t in_words(scan s)
{
    int y, m, d;

    if (!number(&s, 2, &d))
        return DX_DATE_UNKNOWN;
    skip_blanks(&s);
    if (!word(&s, "tháng"))
        return DX_DATE_UNKNOWN;
    skip_blanks(&s);
    if (!number(&s, 2, &m))
        return DX_DATE_UNKNOWN;
    while (eat(&s, " ,-/\t"))
        ;
    if (word(&s, "năm"))
        skip_blanks(&s);
    return number(&s, 4, &y) == 4 ? dx_date_of(y, m, d) : DX_DATE_UNKNOWN;
}

/* Past an English month's name, or at least three letters of it, and what
 * follows; its number, or 0. */
static int month_name(scan *s)
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
        if (n < 3 || (at.p < at.end &&
                         dx_char_is_letter((unsigned char)*at.p)))
            continue;
        while (eat(&at, " -,."))
            ;
        *s = at;
        return i + 1;
    }
    return 0;
}

/* 27 Mar 2024, as mail and feeds write it */
static int32_t english(scan s)
{
    int y, d, m;

    if (!number(&s, 2, &d))
        return DX_DATE_UNKNOWN;
    while (eat(&s, " -"))
        ;
    m = month_name(&s);
    if (!m || number(&s, 4, &y) != 4)
        return DX_DATE_UNKNOWN;
    return in_vietnam(dx_date_of(y, m, d), s);
}

/* March 27, 2024 */
static int32_t english_month_first(scan s)
{
    int y, d, m = month_name(&s);

    if (!m || !number(&s, 2, &d))
        return DX_DATE_UNKNOWN;
    while (eat(&s, " ,"))
        ;
    if (number(&s, 4, &y) != 4 || !at_number_end(&s))
        return DX_DATE_UNKNOWN;
    return dx_date_of(y, m, d);
}

/* 20240327 and 20240327084250 */
static int32_t compact(scan s)
{
    const char *start = s.p;
    int v = 0;

    while (s.p < s.end && dx_is_digit(*s.p)) {
        if (s.p - start < 8)
            v = v * 10 + (*s.p - '0');
        s.p++;
    }
    if (s.p - start != 8 && s.p - start != 14)
        return DX_DATE_UNKNOWN;
    return dx_date_of(v / 10000, v / 100 % 100, v % 100);
}

int32_t dx_date_parse(dx_str str)
{
    static int32_t (*const forms[])(scan) = {year_first, day_first, in_words,
        english, compact};
    scan s = {str.ptr, dx_str_end(str)};

    while (s.p < s.end) {
        if (!dx_is_digit(*s.p)) {
            bool starts_word = s.p == str.ptr ||
                               !dx_char_is_letter((unsigned char)s.p[-1]);
            int32_t day = starts_word ? english_month_first(s) : DX_DATE_UNKNOWN;
            if (day != DX_DATE_UNKNOWN)
                return day;
            s.p++;
            continue;
        }
        for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
            int32_t day = forms[i](s);
            if (day != DX_DATE_UNKNOWN)
                return day;
        }
        while (s.p < s.end && dx_is_digit(*s.p))
            s.p++;
    }
    return DX_DATE_UNKNOWN;
}

int32_t dx_date_from_number(int64_t n)
{
    const int64_t first_second = 315532800, last_second = 4102444800;

    if (n >= 18000101 && n <= 22001231)
        return dx_date_of((int)(n / 10000), (int)(n / 100 % 100),
            (int)(n % 100));
    if (n >= first_second * 1000 && n <= last_second * 1000)
        n /= 1000;
    if (n < first_second || n > last_second)
        return DX_DATE_UNKNOWN;
    return (int32_t)((n + VIETNAM_OFFSET_MINUTES * 60) / 86400);
}

/* Article addresses often end in the time of publishing: 20240425094504794,
 * or 102240425094504794 with a site's prefix and two digits of the year. */
int32_t dx_date_from_url(dx_str url)
{
    for (size_t i = 0, n; i < url.len; i += n + 1) {
        n = 0;
        while (i + n < url.len && dx_is_digit(url.ptr[i + n]))
            n++;
        char day[9] = "20";
        if (n == 17 && memcmp(url.ptr + i, "20", 2) == 0)
            memcpy(day, url.ptr + i, 8);
        else if (n == 18 && url.ptr[i] == '1')
            memcpy(day + 2, url.ptr + i + 3, 6);
        else
            continue;
        return dx_date_parse((dx_str){day, 8});
    }
    return DX_DATE_UNKNOWN;
}

bool dx_date_line(dx_str s, int32_t *date)
{
    static const char *const starts[] = {"cập nhật", "ngày cập nhật",
        "cập nhật lúc", "cập nhật ngày", "ngày đăng", "đăng ngày", "đăng lúc",
        "ngày xuất bản", "xuất bản", "thời gian đăng", "thứ hai", "thứ ba",
        "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "thứ bẩy", "chủ nhật",
        "thứ 2", "thứ 3", "thứ 4", "thứ 5", "thứ 6", "thứ 7", "ngày",
        "updated", "last updated", "posted", "posted on", "published",
        "published on", "date"};
    size_t skip = 0;
    size_t letters = 0;

    if (s.len == 0 || s.len > 100)
        return false;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t n = dx_starts_with_typed(s, starts[i]);
        if (n > skip)
            skip = n;
    }
    dx_str rest = dx_str_from_offset(s, skip);
    /* "Ngày 5/6/2023, UBND tỉnh…" is a sentence, not a date line. */
    for (const char *p = rest.ptr, *end = p + rest.len; p < end;)
        letters += dx_char_is_letter(dx_char_next(&p, end));
    size_t allowed = skip == dx_starts_with_typed(s, "ngày") ? 8 : 14;
    if (letters > allowed || (skip == 0 && !dx_is_digit(s.ptr[0])))
        return false;
    *date = dx_date_parse(rest);
    return *date != DX_DATE_UNKNOWN;
}
