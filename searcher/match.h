/* match.h -- which documents of a segment a query's clauses hold in, a window
 * of 4,096 documents at a time, as bitsets. */
#ifndef DX_SEARCHER_MATCH_H
#define DX_SEARCHER_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/cursor.h"
#include "searcher/plan.h"
#include "searcher/rank.h"

/* Bit d & 63 of word d >> 6 is document d of the window. */
typedef struct dx_bitset {
    uint64_t words[DX_WINDOW_WORDS];
} dx_bitset;

uint32_t dx_bitset_count(const dx_bitset *s);

/* Each list that a query needs is opened once a segment. */
typedef struct dx_cursor_pool {
    const dx_segment *segment;
    dx_arena *arena; /* borrowed; all cursors live there */
    struct dx_pooled *first;
} dx_cursor_pool;

typedef enum dx_list_kind {
    DX_LIST_FOLDED,
    DX_LIST_EXACT,
    DX_LIST_PAIR
} dx_list_kind;

/** The cursor of a list; `second` of a pair only. Ids may be DX_ID_NONE. Fails
 *  with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_cursor_pool_get(dx_cursor_pool *pool,
    dx_list_kind kind, uint32_t first, uint32_t second, dx_cursor **out);

typedef struct dx_node_match {
    const dx_node *node;
    bool negated;
    dx_cursor **lists; /* the node holds only where all of them do */
    uint32_t list_count;
    uint64_t cost;     /* documents of the rarest list */
    dx_id_span *words; /* to be found in a row in the text; NULL when the
                           lists tell all */
    dx_cursor **pairs;  /* beside `words`: of each two neighbours, … */
    dx_cursor **folded; /* … of each word, whatever its marks, … */
    dx_cursor **exact;  /* … and of its spelling, NULL where any will do */
    bool optional;      /* a partial match may lack it */
} dx_node_match;

typedef struct dx_matcher {
    dx_cursor_pool pool;
    uint32_t segment_docs;
    const uint64_t *deleted; /* or NULL */
    dx_node_match *positive, *negative; /* cheapest first */
    uint32_t positive_count, negative_count;
} dx_matcher;

/** Prepares `plan`'s nodes on its segment `segment`; all memory is `arena`'s.
 *  Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_matcher_init(dx_matcher *m, const dx_plan *plan,
    size_t segment, dx_arena *arena);

/** Whether some list of every node has documents in `window`: quick, and
 *  without loading them. */
bool dx_matcher_may_have_all(dx_matcher *m, uint32_t window);

typedef enum dx_match_mode {
    DX_MATCHES_ALL,     /* every child of the root holds */
    DX_MATCHES_PARTIAL, /* every one that is not optional, of which there
                           must be one */
    DX_MATCHES_ANY      /* at least one of them */
} dx_match_mode;

/** The live documents of `window` that match in this way. Returns how many in
 *  *count. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_matcher_find(dx_matcher *m, uint32_t window,
    dx_match_mode mode, dx_bitset *out, uint32_t *count);

#endif
