/* cursor_pool.h -- the lists of one segment that a query needs, each opened once,
 * whoever asks for it: matching and scoring share them. */
#ifndef DX_SEARCHER_MATCH_EVALUATE_CURSOR_POOL_H
#define DX_SEARCHER_MATCH_EVALUATE_CURSOR_POOL_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/codec/cursor.h"
#include "common/index/segment/segment.h"
#include "searcher/match/evaluate/alternative_lists.h"
#include "searcher/match/lookup/lookup.h"

typedef struct dx_cursor_pool {
    const dx_lookup *lookup;                  /* borrowed */
    const dx_alternative_lists *alternatives; /* borrowed; or NULL */
    size_t segment_index;                     /* in the generation */
    const dx_segment *segment;
    dx_arena *arena; /* borrowed; all cursors live there */
    struct dx_pooled *first;
} dx_cursor_pool;

typedef enum dx_list_kind {
    DX_LIST_FOLDED,
    DX_LIST_EXACT,
    DX_LIST_PAIR,
    DX_LIST_EXPANSION,  /* `first` is the index of a word in the query */
    DX_LIST_ALTERNATIVE /* `first` is a slot of the alternatives */
} dx_list_kind;

/** An empty pool of segment number `segment`. `alternatives` is NULL as long as
 *  they are not found yet. Not thread-safe. */
void dx_cursor_pool_init(dx_cursor_pool *pool, const dx_lookup *lookup,
    const dx_alternative_lists *alternatives, size_t segment, dx_arena *arena);

/** The cursor of a list; `second` of a pair only. Ids may be DX_ID_NONE. Fails
 *  with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_cursor_pool_get(dx_cursor_pool *pool,
    dx_list_kind kind, uint32_t first, uint32_t second, dx_cursor **out);

#endif
