/* spelling.h -- did you mean: a query with a slip of the finger put right,
 * judged by which words stand beside one another in the index.
 *
 *     bac gang  ->  bac giang */
#ifndef DX_SEARCHER_UNDERSTAND_TYPOS_SPELLING_H
#define DX_SEARCHER_UNDERSTAND_TYPOS_SPELLING_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/query/query.h"

/** The query with its likeliest slip put right, in `arena`; NULL when there is
 *  none to be seen. One edit in one word: a letter more, less, another, or two
 *  exchanged. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_spelling_correct(const dx_generation *g,
    const dx_query *q, dx_arena *arena, const char **out);

#endif
