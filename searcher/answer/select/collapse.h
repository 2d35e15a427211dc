/* collapse.h -- one hit for an article that was published many times: dozens of
 * portals have the same one. */
#ifndef DX_SEARCHER_ANSWER_SELECT_COLLAPSE_H
#define DX_SEARCHER_ANSWER_SELECT_COLLAPSE_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/match/rank/ranked.h"

/* A hit is compared with so many before it. The same articles have nearly the
 * same score, so they stand close to one another. */
#define DX_COLLAPSE_REACH 256u

/** Removes each of *count hits, best first, that is the same article
 *  (same_article.h) as one that stays before it, counts it in that one's `similar`
 *  and puts a copy of it, in `arena`, among its `alike`. Sets *count to how many
 *  stay. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_collapse(const dx_generation *g, dx_ranked *hits,
    uint32_t *count, dx_arena *arena);

#endif
