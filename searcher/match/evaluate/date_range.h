/* date_range.h -- which documents of a window have their date in a range. */
#ifndef DX_SEARCHER_MATCH_EVALUATE_DATE_RANGE_H
#define DX_SEARCHER_MATCH_EVALUATE_DATE_RANGE_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/index/segment/segment.h"
#include "searcher/match/evaluate/bitset.h"

/** set &= the documents of `window` whose date is from `from` to `to` (days since
 *  1970-01-01). Those without a date are none of them. No document of `set` is past
 *  the segment's last. */
void dx_date_range_keep(const dx_segment *s, int32_t from, int32_t to,
    uint32_t window, dx_bitset *set);

/** All such documents of the segment, as a set (docset.h) in `arena`; NULL: no
 *  memory. Takes as long as there are many, and an eighth of a bit for each of the
 *  others. */
uint64_t *dx_date_range_set(const dx_segment *s, int32_t from, int32_t to,
    dx_arena *arena);

#endif
