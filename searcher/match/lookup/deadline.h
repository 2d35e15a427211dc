/* deadline.h -- when to stop and answer with what there is. */
#ifndef DX_SEARCHER_MATCH_LOOKUP_DEADLINE_H
#define DX_SEARCHER_MATCH_LOOKUP_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct dx_deadline {
    double at_ms; /* of dx_now_ms(), or 0: never */
    bool over;    /* it was found to have passed; remains so */
    uint32_t steps;
} dx_deadline;

/** Milliseconds of a clock that never goes back. */
double dx_now_ms(void);

/** Whether it has passed: asks the clock. */
bool dx_deadline_is_over(dx_deadline *d);

/** The same, asking the clock once in 64 calls: for loops over documents. */
static inline bool dx_deadline_step(dx_deadline *d)
{
    return (++d->steps & 63) == 0 ? dx_deadline_is_over(d) : d->over;
}

#endif
