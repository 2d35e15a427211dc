/* count.h -- in how many documents of an index something is. */
#ifndef DX_SEARCHER_UNDERSTAND_COUNT_H
#define DX_SEARCHER_UNDERSTAND_COUNT_H

#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/segment/generation.h"

/** Documents, deleted ones included, with a word in any spelling, in this one,
 *  and with two words beside one another. Fail with CORRUPT. */
DX_NODISCARD dx_status dx_count_word(const dx_generation *g, dx_str folded,
    uint64_t *count);
DX_NODISCARD dx_status dx_count_spelling(const dx_generation *g, dx_str folded,
    dx_str exact, uint64_t *count);
DX_NODISCARD dx_status dx_count_pair(const dx_generation *g, dx_str first,
    dx_str second, uint64_t *count);

#endif
