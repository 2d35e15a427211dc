#include "searcher/match/score/freshness.h"

#include <string.h>
#include <time.h>

#include "searcher/include/dx/search.h"

#define DAY_SECONDS 86400

bool dx_freshness_read(const char *text, double *weight)
{
    size_t whole = strspn(text, "0123456789");
    size_t point = text[whole] == '.' || text[whole] == ',';
    const char *digits = text + whole + point;
    size_t after = strspn(digits, "0123456789");
    double fraction = 0.0, number = 0.0;

    for (size_t i = after; i-- > 0;)
        fraction = (fraction + (digits[i] - '0')) / 10.0;
    for (size_t i = 0; i < whole; i++)
        number = number * 10.0 + (text[i] - '0');
    number += fraction;
    if (whole == 0 || (after > 0) != (point > 0) || digits[after] != '\0' ||
        number > DX_FRESHNESS_MAX)
        return false;
    *weight = number;
    return true;
}

static int32_t newest_of(const dx_generation *g)
{
    time_t now = time(NULL);
    int32_t today = (int32_t)(now / DAY_SECONDS), newest = DX_DATE_UNKNOWN;

    for (size_t s = 0; s < g->segment_count; s++) {
        const dx_segment *segment = g->segments[s];
        for (uint32_t d = 0; d < dx_segment_docs(segment); d++) {
            int32_t day = dx_segment_date(segment, d);
            if (day > newest)
                newest = day < today ? day : today;
        }
    }
    return newest;
}

dx_freshness dx_freshness_of(const dx_generation *g, double weight)
{
    return weight > 0.0 ? (dx_freshness){weight, newest_of(g)}
                        : (dx_freshness){0.0, DX_DATE_UNKNOWN};
}
