/* Accept-Language. */
#include "searcher/serve/request/language.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

/* Thousandths of "0.7"; 1000 when nothing is said. */
static unsigned weight_of(const char *p, const char *end)
{
    const char *q = memchr(p, ';', (size_t)(end - p));
    unsigned weight = 0, unit = 1000;

    while (q && q < end && *q != '=')
        q++;
    if (!q || q >= end)
        return 1000;
    for (q++; q < end && unit > 0; q++) {
        if (*q >= '0' && *q <= '9') {
            weight += (unsigned)(*q - '0') * unit;
            unit /= 10;
        } else if (*q != '.' && *q != ' ') {
            break;
        }
    }
    return weight;
}

static int language_at(const char *p, const char *end)
{
    size_t len = 0;

    while (p + len < end && !strchr("-;, ", p[len]))
        len++;
    if (len == 2 && strncasecmp(p, "vi", 2) == 0)
        return DX_VIETNAMESE;
    return len == 2 && strncasecmp(p, "en", 2) == 0 ? DX_ENGLISH : -1;
}

dx_language dx_language_accepted(const char *header, dx_language usual)
{
    unsigned best = 0;
    int found = -1;

    for (const char *p = header ? header : ""; *p;) {
        p += strspn(p, " \t,");
        const char *end = p + strcspn(p, ",");
        unsigned weight = weight_of(p, end);
        int language = language_at(p, end);
        if (language >= 0 && weight > best) {
            best = weight;
            found = language;
        }
        p = end;
    }
    return found >= 0 ? (dx_language)found : usual;
}
