/* Days as people and programs write them in forms. */
#include "searcher/serve/request/day.h"

#include <stdio.h>
#include <string.h>

#include "common/base/civil.h"

#define PARTS_MAX 3u
#define YEAR_MIN 1800 /* as the query language has them */
#define YEAR_MAX 2200

typedef struct parts {
    int number[PARTS_MAX];
    unsigned count;
} parts;

/* Numbers of up to four digits with one sign between two. */
static bool read_parts(const char *text, parts *out)
{
    out->count = 0;
    while (out->count < PARTS_MAX) {
        size_t digits = strspn(text, "0123456789");
        int n = 0;
        if (digits == 0 || digits > 4)
            return false;
        for (; digits > 0; digits--)
            n = n * 10 + (*text++ - '0');
        out->number[out->count++] = n;
        if (!*text)
            return true;
        if (!strchr("/-.", *text++))
            return false;
    }
    return false;
}

/* The year stands first or last; a month or day that is not there is 0. */
static dx_civil date_of(const parts *p)
{
    bool is_first = p->number[0] >= YEAR_MIN;
    dx_civil date = {.year = p->number[is_first ? 0 : p->count - 1]};

    if (p->count == 2)
        date.month = p->number[is_first ? 1 : 0];
    if (p->count == 3) {
        date.month = p->number[1];
        date.day = p->number[is_first ? 2 : 0];
    }
    return date;
}

bool dx_day_read(const char *text, bool is_end, char out[DX_DAY_BYTES])
{
    char trimmed[2 * DX_DAY_BYTES];
    parts p;

    out[0] = '\0';
    text += strspn(text, " ");
    size_t len = strlen(text);
    while (len > 0 && text[len - 1] == ' ')
        len--;
    if (len == 0)
        return true;
    if (len >= sizeof trimmed)
        return false;
    memcpy(trimmed, text, len);
    trimmed[len] = '\0';
    if (!read_parts(trimmed, &p))
        return false;
    dx_civil date = date_of(&p);
    if (p.count < 2)
        date.month = is_end ? 12 : 1;
    if (date.year < YEAR_MIN || date.year > YEAR_MAX || date.month < 1 || date.month > 12)
        return false;
    int last = dx_civil_month_days(date.year, date.month);
    if (p.count < 3)
        date.day = is_end ? last : 1;
    if (date.day < 1 || date.day > last)
        return false;
    snprintf(out, DX_DAY_BYTES, "%04u-%02u-%02u", (unsigned)date.year % 10000,
        (unsigned)date.month % 100, (unsigned)date.day % 100);
    return true;
}
