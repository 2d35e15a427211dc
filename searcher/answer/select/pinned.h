/* pinned.h -- articles that an editor wants first, whatever they score. */
#ifndef DX_SEARCHER_ANSWER_SELECT_PINNED_H
#define DX_SEARCHER_ANSWER_SELECT_PINNED_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/match/rank/rank.h"

/** Puts the articles with these ids before the hits, in this order and each once; of those
 *  that were hits already nothing changes but their place. Ids that no article has, or only
 *  one that is not to be shown, count as not given. At most `wanted` hits are left. Memory
 *  is `arena`'s. Fails with NOMEM. */
DX_NODISCARD dx_status dx_pin(const dx_generation *g, const char *const *ids,
    uint32_t count, uint32_t wanted, dx_arena *arena, dx_ranking *ranking);

#endif
