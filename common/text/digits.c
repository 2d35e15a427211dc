/* Numbers (3.600 = 3600, 57,5), dates (16/12/2021) and document numbers
 * (749/QĐ-TTg), which the lexer leaves in one piece. */
#include "common/text/digits.h"

#include <string.h>

#include "common/base/civil.h"
#include "common/text/lexer.h"
#include "common/text/term.h"

#define PARTS_MAX 16

typedef struct part {
    size_t start, end;
} part;

typedef struct parts { /* runs of digits or letters between separators */
    part of[PARTS_MAX];
    char sep[PARTS_MAX]; /* before each: one of ".,/-"; '\0' before the first */
    size_t count;
} parts;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool all_digits(dx_str word, part p)
{
    for (size_t i = p.start; i < p.end; i++)
        if (!is_digit(word.ptr[i]))
            return false;
    return p.end > p.start;
}

/* The first byte after the separator at `p`; NULL when there is none. */
static const char *separator_end(const char *p, const char *end, char *sep)
{
    if (*p != '.' && *p != ',')
        return dx_docno_separator(p, end, sep);
    *sep = *p;
    return p + 1;
}

static bool split(dx_str word, parts *out)
{
    const char *p = word.ptr, *end = p + word.len, *after;
    char sep = '\0', next_sep = '\0';

    out->count = 0;
    do {
        const char *start = p;
        after = NULL;
        while (p < end && (after = separator_end(p, end, &next_sep)) == NULL)
            p++;
        if (out->count == PARTS_MAX || p == start)
            return false;
        out->sep[out->count] = sep;
        out->of[out->count++] = (part){(size_t)(start - word.ptr),
            (size_t)(p - word.ptr)};
        sep = next_sep;
        p = after;
    } while (after);
    return out->count > 1;
}

static dx_str slice(dx_str word, part p)
{
    return (dx_str){word.ptr + p.start, p.end - p.start};
}

static part without_zeros(dx_str word, part p)
{
    while (p.start + 1 < p.end && word.ptr[p.start] == '0')
        p.start++;
    return p;
}

/* ---- dates ---- */

static int value_of(dx_str digits)
{
    int v = 0;

    for (size_t i = 0; i < digits.len; i++)
        v = v * 10 + (digits.ptr[i] - '0');
    return v;
}

static bool is_day(int year, int month, int day)
{
    return month >= 1 && month <= 12 && day >= 1 &&
           day <= dx_civil_month_days(year, month);
}

static void add_number(dx_runs *r, dx_str word, part p)
{
    dx_runs_add(r, slice(word, p), p.start);
}

static bool add_date(dx_runs *r, dx_str word, const parts *ps)
{
    char iso[] = "0000-00-00";

    if (ps->count != 3 || ps->sep[1] != ps->sep[2] || ps->sep[1] == ',')
        return false;
    for (size_t i = 0; i < 3; i++)
        if (!all_digits(word, ps->of[i]) || ps->of[i].end - ps->of[i].start > 4)
            return false;
    bool year_first = ps->of[0].end - ps->of[0].start == 4;
    part year_part = ps->of[year_first ? 0 : 2];
    int year = value_of(slice(word, year_part));
    int month = value_of(slice(word, ps->of[1]));
    int day = value_of(slice(word, ps->of[year_first ? 2 : 0]));
    if (year_part.end - year_part.start != 4 || !is_day(year, month, day))
        return false;
    memcpy(iso, word.ptr + year_part.start, 4);
    iso[5] = (char)('0' + month / 10);
    iso[6] = (char)('0' + month % 10);
    iso[8] = (char)('0' + day / 10);
    iso[9] = (char)('0' + day % 10);
    dx_str s = {iso, sizeof iso - 1};
    dx_runs_add_term(r, s, s, DX_TERM_DATE, 0, word.len, true);
    for (size_t i = 0; i < 3; i++)
        add_number(r, word, ps->of[i]);
    return true;
}

/* ---- document numbers ---- */

static bool is_docno(dx_str word, const parts *ps)
{
    bool slash = false, letters = false;

    for (size_t i = 1; i < ps->count; i++) {
        if (ps->sep[i] != '/' && ps->sep[i] != '-')
            return false;
        slash |= ps->sep[i] == '/';
        letters |= !all_digits(word, ps->of[i]);
    }
    return slash && letters && all_digits(word, ps->of[0]);
}

typedef struct name { /* the name of the whole so far */
    char text[DX_TERM_MAX_BYTES];
    size_t len;
} name;

static void name_add(name *n, char sep, dx_str s)
{
    if (n->len + s.len + 1 > sizeof n->text)
        return;
    if (sep)
        n->text[n->len++] = sep;
    memcpy(n->text + n->len, s.ptr, s.len);
    n->len += s.len;
}

/* The name of the whole is built from the terms of its parts. So a place is
 * kept for it, then the parts are added, then it is filled in. */
static bool add_docno(dx_runs *r, dx_str word, const parts *ps)
{
    name exact = {.len = 0}, folded = {.len = 0};

    if (!is_docno(word, ps))
        return false;
    dx_runs_add_term(r, DX_STR_LIT("?"), DX_STR_LIT("?"), DX_TERM_DOCNO, 0,
        word.len, true);
    for (size_t i = 0; i < ps->count; i++) {
        size_t before = r->count;
        part p = i ? ps->of[i] : without_zeros(word, ps->of[0]);
        dx_runs_add(r, slice(word, p), p.start);
        for (size_t t = before; t < r->count; t++) {
            char sep = t == before ? ps->sep[i] : '\0';
            name_add(&exact, sep, r->terms[t].exact);
            name_add(&folded, sep, r->terms[t].folded);
        }
    }
    dx_runs_rename_term(r, 0, (dx_str){exact.text, exact.len},
        (dx_str){folded.text, folded.len});
    return true;
}

/* ---- numbers ---- */

static bool are_thousands(const parts *ps, size_t from, size_t end)
{
    for (size_t i = from + 1; i < end; i++)
        if (ps->of[i].end - ps->of[i].start != 3 || ps->sep[i] != ps->sep[1])
            return false;
    return ps->of[from].end - ps->of[from].start <= 3;
}

static bool is_short(part p) { return p.end - p.start < 4; }

/* Newspapers write 12.2021 for a month. */
static bool is_month(dx_str word, const parts *ps)
{
    dx_str year = slice(word, ps->of[1]);
    int month = ps->of[0].end < 3 ? value_of(slice(word, ps->of[0])) : 0;

    return ps->sep[1] == '.' && month >= 1 && month <= 12 && year.len == 4 &&
           value_of(year) >= 1900 && value_of(year) < 2100;
}

/* Groups of three digits after points (or, if there are two at least, commas)
 * make one number. A last part after the other sign, or after the only one, is
 * its decimals, which get a comma. Anything else is a list: 2019,2020,2021. */
static bool number_shape(dx_str word, const parts *ps, size_t *integer_parts)
{
    size_t n = ps->count;
    bool last_differs = n > 2 && ps->sep[n - 1] != ps->sep[1];
    bool grouped = ps->sep[1] == '.' || n > 2;

    if (last_differs && are_thousands(ps, 0, n - 1))
        *integer_parts = n - 1;
    else if (!last_differs && grouped && are_thousands(ps, 0, n))
        *integer_parts = n;
    else if (n == 2 && (is_short(ps->of[0]) || is_short(ps->of[1])) &&
             !is_month(word, ps))
        *integer_parts = 1;
    else
        return false;
    return true;
}

/* Whether it is digits between points and commas; a unit may follow the last
 * ones. */
static bool is_grouped(dx_str word, const parts *ps, size_t *unit)
{
    const part *last = &ps->of[ps->count - 1];

    for (size_t i = 1; i < ps->count; i++)
        if ((ps->sep[i] != '.' && ps->sep[i] != ',') ||
            !all_digits(word, ps->of[i - 1]))
            return false;
    *unit = last->start;
    while (*unit < word.len && is_digit(word.ptr[*unit]))
        ++*unit;
    return *unit > last->start;
}

static bool add_grouped(dx_runs *r, dx_str word, parts *ps)
{
    char text[DX_WORD_MAX_BYTES + 1];
    size_t len = 0, integer_parts, unit;

    if (!is_grouped(word, ps, &unit))
        return false;
    ps->of[ps->count - 1].end = unit;
    if (number_shape(word, ps, &integer_parts)) {
        for (size_t i = 0; i < ps->count; i++) {
            if (i == integer_parts)
                text[len++] = ',';
            dx_str digits = slice(word, ps->of[i]);
            memcpy(text + len, digits.ptr, digits.len);
            len += digits.len;
        }
        dx_str s = {text, len};
        dx_runs_add_term(r, s, s, DX_TERM_NUMBER, 0, unit, false);
    } else {
        for (size_t i = 0; i < ps->count; i++)
            add_number(r, word, ps->of[i]);
    }
    dx_runs_add(r, (dx_str){word.ptr + unit, word.len - unit}, unit);
    return true;
}

bool dx_digits_add(dx_runs *r, dx_str word)
{
    parts ps;

    if (word.len == 0 || !is_digit(*word.ptr) || !split(word, &ps))
        return false;
    return add_date(r, word, &ps) || add_docno(r, word, &ps) ||
           add_grouped(r, word, &ps);
}
