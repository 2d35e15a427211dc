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
#include "common/index/codec/cursor.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/id.h"
#include "common/index/segment/meta.h"
#include "searcher/match/evaluate/bitset.h"
#include "searcher/match/evaluate/cursor_pool.h"
#include "searcher/match/evaluate/proximity.h"
#include "searcher/match/lookup/plan.h"

/* How the documents that its lists leave are looked at. */
typedef enum dx_check {
    DX_CHECK_NONE,
    DX_CHECK_ROW,    /* dx_segment_has_row() for `words` */
    DX_CHECK_PROXIMITY, /* dx_proximity_holds() for `places` */
    DX_CHECK_DATE,   /* within from_day and to_day */
    DX_CHECK_URL     /* the address has `text` in it */
} dx_check;

/* A node on one segment. */
typedef struct dx_node_match {
    const dx_node *node;
    dx_node_kind kind;
    bool exactly;      /* words typed with marks are that spelling only */
    bool optional;     /* a partial match may lack it: plain words */
    bool always;       /* none may, not even of those that need only some one
                          thing: filters, and what is required */
    bool scores;
    uint64_t cost;     /* documents of the rarest list */
    dx_cursor **lists; /* it holds only where all of them do; of QUORUM those
                          that are counted */
    uint32_t list_count;
    dx_cursor *instead; /* or in these documents; or NULL */
    struct dx_node_match *children; /* cheapest first */
    uint32_t child_count;
    dx_check check;
    dx_id_span *words;  /* ROW: to be found in a row in the text */
    dx_cursor **pairs;  /* beside `words`: of each two neighbours, … */
    dx_cursor **folded; /* … of each word, whatever its marks, … */
    dx_cursor **exact;  /* … and of its spelling, NULL where any will do */
    dx_proximity places;
    dx_str text;        /* URL */
} dx_node_match;

typedef struct dx_matcher {
    const dx_plan *plan;
    size_t segment_index;
    dx_cursor_pool pool;
    uint32_t segment_docs;
    const uint64_t *deleted; /* or NULL */
    dx_node_match root;
    dx_doc doc;              /* the one looked at */
    bool has_doc;            /* it was ever needed */
    dx_meta_reader meta;     /* URL */
} dx_matcher;

/** Prepares `plan`'s nodes on its segment `segment`; all memory but of the text
 *  looked at is `arena`'s. To be freed in any case. Fails with NOMEM or
 *  CORRUPT. */
DX_NODISCARD dx_status dx_matcher_init(dx_matcher *m, const dx_plan *plan,
    size_t segment, dx_arena *arena);

/** Prepares one node alone, deleted documents included. */
DX_NODISCARD dx_status dx_matcher_init_node(dx_matcher *m, const dx_plan *plan,
    size_t segment, const dx_node *node, dx_arena *arena);
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
 *  words will do. Leaves the live ones of `window` in `out`, and returns how many
 *  in *count. */
bool dx_matcher_takes_scored(const dx_matcher *m, uint32_t window,
    dx_bitset *out, uint32_t *count);

/** The live documents of `window`, among those that are in `out`, that match in
 *  this way. Returns how many in *count. When the plan's deadline passes
 *  meanwhile, they are not all. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_matcher_find(dx_matcher *m, uint32_t window,
    dx_match_mode mode, dx_bitset *out, uint32_t *count);

/** Fills `out` for `node`. */
DX_NODISCARD dx_status dx_node_match_init(dx_matcher *m, const dx_node *node,
    bool exactly, dx_arena *arena, dx_node_match *out);

#endif
