/* cursor_pool.h -- the lists of one segment that a query needs, each opened once,
 * whoever asks for it. */
#ifndef DX_SEARCHER_MATCH_EVALUATE_CURSOR_POOL_H
#define DX_SEARCHER_MATCH_EVALUATE_CURSOR_POOL_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/codec/cursor.h"
#include "common/index/segment/segment.h"
#include "searcher/match/lookup/plan.h"

typedef struct dx_cursor_pool {
    const dx_segment *segment;
    const dx_made_list *made; /* the plan's, of this segment */
    dx_arena *arena; /* borrowed; all cursors live there */
    struct dx_pooled *first;
} dx_cursor_pool;

typedef enum dx_list_kind {
    DX_LIST_FOLDED,
    DX_LIST_EXACT,
    DX_LIST_PAIR,
    DX_LIST_MADE /* `first` is its slot in the plan */
} dx_list_kind;

/** The cursor of a list; `second` of a pair only. Ids may be DX_ID_NONE. Fails
 *  with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_cursor_pool_get(dx_cursor_pool *pool,
    dx_list_kind kind, uint32_t first, uint32_t second, dx_cursor **out);

#endif
