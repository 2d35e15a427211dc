/* typing.h -- with which letters a query was typed: with marks, with capitals. No
 * state. */
#ifndef DX_SEARCHER_QUERY_TYPING_H
#define DX_SEARCHER_QUERY_TYPING_H

#include <stdbool.h>
#include <stdint.h>

#include "searcher/query/query.h"

/** Whether a query with `marked` words of `words` was typed with accents: people who
 *  type some words with accents mostly do so with all. */
static inline bool dx_typed_with_marks(uint32_t marked, uint32_t words)
{
    return marked > 0 && 2 * marked >= words;
}

/** Whether word `w` of `q` begins with a capital. */
bool dx_typed_capital(const dx_query *q, const dx_query_word *w);

/** Whether word `w` of `q` has nothing but the capitals A to Z. */
bool dx_typed_in_capitals(const dx_query *q, const dx_query_word *w);

/** Whether `q` has a small letter, a to z, anywhere. */
bool dx_typed_small_letters(const dx_query *q);

#endif
