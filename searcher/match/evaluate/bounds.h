/* bounds.h -- upper bounds of the scores of 4,096 documents at once.
 *
 * Each list of a query has in each window a bound on what it can add to a
 * score. Summed per document these tell which documents cannot be among the
 * best and need not be scored. The sums are kept *bit-sliced*: plane b holds
 * bit b of the sums of all documents, so that adding one list's bound to all
 * its documents is a few logical operations on 64 documents at a time, with
 * no list expanded and no branch on the data.
 *
 *     plane 7 ... plane 1, plane 0        64 documents to the word
 *     word 0:  0 1 1 0 ...                sum of document d = column d
 *
 * Bit-slicing: O'Neil & Quass, Improved Query Performance with Variant Indexes,
 * SIGMOD 1997. MaxScore: Turtle & Flood, IP&M 1995. */
#ifndef DX_SEARCHER_MATCH_EVALUATE_BOUNDS_H
#define DX_SEARCHER_MATCH_EVALUATE_BOUNDS_H

#include <stdint.h>

#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "searcher/match/evaluate/bitset.h"

#define DX_BOUND_PLANES 8u
#define DX_BOUND_MAX 255u

typedef struct dx_bounds {
    uint64_t planes[DX_BOUND_PLANES][DX_WINDOW_WORDS];
    uint32_t most; /* what a document has that is in all that was added */
} dx_bounds;

/** Adds `bound` to every document set in `bits` and not in `without` (may be
 *  NULL), beginning with all zeros. All that is ever added to one document must
 *  not exceed DX_BOUND_MAX. */
void dx_bounds_add(dx_bounds *b, const uint64_t *bits, const uint64_t *without,
    uint32_t bound);

/** set &= documents whose sum is at least `least` (0..DX_BOUND_MAX). */
void dx_bounds_keep(const dx_bounds *b, uint32_t least, dx_bitset *set);

#endif
