/* matcher.h -- which documents of a segment a query's nodes hold in, a window
 * of 4,096 documents at a time, as bitsets.
 *
 *     AND        set &= each child, cheapest first
 *     OR         set &= any of the children
 *     NOT        set &= ~child
 *     WORD,      set &= its lists: of the word; of pairs, triples and words of
 *     PHRASE       the phrase; then the text, where lists cannot tell
 *     NEAR       set &= its words' lists, then the text
 *     QUORUM     counts how many lists each document is in
 *     FILTER     a list, the column of dates, or the stored address
 *
 * Every one of these narrows a set that it is given, so what is rare makes what
 * comes after it cheap. */
#ifndef DX_SEARCHER_MATCH_EVALUATE_MATCHER_H
#define DX_SEARCHER_MATCH_EVALUATE_MATCHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "searcher/match/evaluate/alternative_lists.h"
#include "searcher/match/evaluate/bitset.h"
#include "searcher/match/evaluate/cursor_pool.h"
#include "searcher/match/lookup/deadline.h"
#include "searcher/match/evaluate/node_match.h"
#include "searcher/match/evaluate/verify.h"
#include "searcher/match/lookup/lookup.h"
#include "searcher/query/query.h"

typedef struct dx_matcher {
    dx_cursor_pool pool;
    uint32_t segment_docs;
    const uint64_t *withheld; /* hidden.h; or NULL */
    dx_node_match root;
    dx_verifier verifier;
} dx_matcher;

/** Prepares the query that was looked up on its segment number `segment`, with
 *  what stands in for its words. All memory but of the text looked at is
 *  `arena`'s; all that is passed must outlive `m`. To be freed in any case. Not
 *  thread-safe. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_matcher_init(dx_matcher *m, const dx_lookup *lookup,
    const dx_alternative_lists *alternatives, size_t segment,
    dx_deadline *deadline, dx_arena *arena);

/** Prepares one node alone: nothing stands in for it, and deleted documents are
 *  found, too. */
DX_NODISCARD dx_status dx_matcher_init_node(dx_matcher *m,
    const dx_lookup *lookup, size_t segment, const dx_node *node,
    dx_deadline *deadline, dx_arena *arena);
void dx_matcher_free(dx_matcher *m);

/** Whether some list of every node has documents in `window`: quick, and
 *  without loading them. */
bool dx_matcher_may_have_all(dx_matcher *m, uint32_t window);

typedef enum dx_match_mode {
    DX_MATCHES_ALL,     /* every child of the root holds */
    DX_MATCHES_PARTIAL, /* every one that is not optional, of which there
                           must be one */
    DX_MATCHES_ANY      /* all that must hold always; and at least one of the
                           others, unless one of the former scores */
} dx_match_mode;

/** Whether documents that score match in this way, without a look: any plain
 *  words will do. Leaves the live ones of `window` in `out`, and returns how
 * many in *count. */
bool dx_matcher_takes_scored(const dx_matcher *m, uint32_t window,
    dx_bitset *out, uint32_t *count);

/** The live documents of `window`, among those that are in `out`, that match in
 *  this way. Returns how many in *count. When the deadline passes
 *  meanwhile, they are not all. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_matcher_find(dx_matcher *m, uint32_t window,
    dx_match_mode mode, dx_bitset *out, uint32_t *count);

#endif
