/* freshness.h -- how much more an article counts because it is new.
 *
 *     factor = 1 + weight / (1 + age / DX_FRESHNESS_DAYS)
 *
 * with the age in days before the index's newest article: the newest one's score
 * is multiplied by 1 + weight, half the bonus is left after DX_FRESHNESS_DAYS, a
 * quarter after three times that. An article without a date has none. A fraction
 * and not a power, because it is the same on any machine. */
#ifndef DX_SEARCHER_MATCH_SCORE_FRESHNESS_H
#define DX_SEARCHER_MATCH_SCORE_FRESHNESS_H

#include <stdint.h>

#include "common/base/civil.h"
#include "common/index/segment/generation.h"

#define DX_FRESHNESS_DAYS 180.0

typedef struct dx_freshness {
    double weight;  /* 0: age does not count */
    int32_t newest; /* day */
} dx_freshness;

/** `weight` with the newest day of `g`. Dates after today are mistakes or
 *  announcements, and count as today. */
dx_freshness dx_freshness_of(const dx_generation *g, double weight);

/** What the score of a document of `day` is multiplied by: 1 .. 1 + weight. */
static inline double dx_freshness_factor(const dx_freshness *f, int32_t day)
{
    if (f->weight <= 0.0 || day == DX_DATE_UNKNOWN)
        return 1.0;
    double age = day < f->newest ? (double)f->newest - (double)day : 0.0;
    return 1.0 + f->weight / (1.0 + age / DX_FRESHNESS_DAYS);
}

#endif
