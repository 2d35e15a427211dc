/* How much more an article counts because it is new. */
#include "searcher/match/score/freshness.h"

#include <time.h>

#include "common/index/segment/segment.h"

#define DAY_SECONDS 86400

static int32_t newest_of(const dx_generation *g)
{
    time_t now = time(NULL);
    int32_t today = (int32_t)(now / DAY_SECONDS), newest = DX_DATE_UNKNOWN;

    for (size_t s = 0; s < g->segment_count; s++) {
        const dx_segment *segment = g->segments[s];
        int32_t day = dx_segment_date(segment, dx_segment_by_date(segment, 0));
        if (day > newest)
            newest = day < today ? day : today;
    }
    return newest;
}

dx_freshness dx_freshness_of(const dx_generation *g, double weight)
{
    return weight > 0.0 ? (dx_freshness){weight, newest_of(g)}
                        : (dx_freshness){0.0, DX_DATE_UNKNOWN};
}
