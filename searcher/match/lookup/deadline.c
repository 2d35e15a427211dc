/* When to stop and answer with what there is. */
#include "searcher/match/lookup/deadline.h"

#include <time.h>

double dx_now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

bool dx_deadline_is_over(dx_deadline *d)
{
    if (d->at_ms > 0 && !d->over)
        d->over = dx_now_ms() >= d->at_ms;
    return d->over;
}
