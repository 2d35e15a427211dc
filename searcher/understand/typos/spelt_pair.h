/* spelt_pair.h -- how often an index has two words beside one another as they are
 * spelt: lists of pairs know nothing of marks. */
#ifndef DX_SEARCHER_UNDERSTAND_TYPOS_SPELT_PAIR_H
#define DX_SEARCHER_UNDERSTAND_TYPOS_SPELT_PAIR_H

#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/query/query.h"

/** About how many documents have the pair, deleted ones included. A few of those
 *  with the pair in any spelling and both words as spelt, from all over the
 *  index, stand for the rest; no more of them are looked at once `enough` have it. A
 *  word without marks stands for any spelling. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_count_spelt_pair(const dx_generation *g,
    const dx_query_word *first, const dx_query_word *second, uint64_t enough,
    uint64_t *count);

#endif
