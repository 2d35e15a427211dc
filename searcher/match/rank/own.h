/* own.h -- documents that have a number that a query asks for by docno:, and do not
 * just mention it. They come before all others: who types a number wants that
 * document, and what cites it after it. */
#ifndef DX_SEARCHER_MATCH_RANK_OWN_H
#define DX_SEARCHER_MATCH_RANK_OWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "searcher/match/lookup/lookup.h"

/** Whether there is any in the whole index. */
bool dx_own_is_asked(const dx_lookup *l);

/** Those of a segment, as a docset.h in the lookup or in `arena`; NULL: none. Of
 *  several numbers, wherever in the query they stand, each counts. Fails with
 *  NOMEM. */
DX_NODISCARD dx_status dx_own_find(const dx_lookup *l, size_t segment,
    dx_arena *arena, const uint64_t **out);

/** Whether `own` has any in `window`: a number has few documents, so most have none. */
bool dx_own_has_any(const uint64_t *own, uint32_t window);

#endif
