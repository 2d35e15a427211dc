/* sieve.h -- which documents of a window one list alone lets score enough.
 *
 * With a single list, what a document scores rises with its term frequency and falls
 * with its length. So for each frequency there is a length up to which a document can
 * reach the threshold:
 *
 *     tf          1    2    3    4    5 …
 *     limits      0    0   11   87  163 …    words
 *
 * Nearly all postings have a frequency whose limit is shorter than nearly all documents,
 * and are passed over by comparing the packed frequencies, a dozen at a time. */
#ifndef DX_SEARCHER_MATCH_SCORE_SIEVE_H
#define DX_SEARCHER_MATCH_SCORE_SIEVE_H

#include <stdint.h>

#include "common/index/codec/cursor.h"

#define DX_SIEVE_LIMITS 64u /* larger frequencies have no limit */

/** Drops from `set`, of the documents of the list in a window that is loaded, those that
 *  are longer than limits[tf - 1], which rise; `lengths` (u16 LE each, at least 1 where
 *  the list has a document) begins with the window's first document. Others stay, and so
 *  do all where frequencies take more than six bits each. Documents up to `short_length`
 *  (below 32,768) are looked at one by one, so there should be few. */
void dx_sieve_drop_long(dx_cursor *c, const uint8_t *lengths,
    const uint32_t limits[DX_SIEVE_LIMITS], uint32_t short_length,
    uint64_t set[DX_WINDOW_WORDS]);

#endif
