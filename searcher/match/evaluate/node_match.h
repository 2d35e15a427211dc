/* node_match.h -- a clause of a query on one segment: the lists that tell where it
 * holds, and what is left to be looked for in documents. */
#ifndef DX_SEARCHER_MATCH_EVALUATE_NODE_MATCH_H
#define DX_SEARCHER_MATCH_EVALUATE_NODE_MATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/codec/cursor.h"
#include "common/index/segment/layout/id.h"
#include "searcher/match/evaluate/cursor_pool.h"
#include "searcher/match/evaluate/proximity.h"
#include "searcher/query/query.h"

/* How the documents that its lists leave are looked at: verify.h. */
typedef enum dx_verify_kind {
    DX_VERIFY_NONE,
    DX_VERIFY_ROW,       /* dx_proximity_holds(), unless counts tell */
    DX_VERIFY_PROXIMITY, /* dx_proximity_holds() for all of `proximities`, or of
                            QUORUM for as many as the node says */
    DX_VERIFY_DATE,      /* within the node's from_day and to_day */
    DX_VERIFY_URL        /* the address has `text` in it */
} dx_verify_kind;

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
    dx_cursor **without; /* where the body is asked for, two for each word: documents
                            that have it elsewhere only; NULL: none */
    uint32_t without_count;
    dx_cursor *instead; /* or in these documents; or NULL */
    struct dx_node_match *children; /* cheapest first */
    uint32_t child_count;
    dx_verify_kind verify;
    dx_cursor **pairs;  /* ROW: lists of each two neighbours, … */
    bool *triples;      /* … whether `lists` has that of three, from this word on, … */
    dx_cursor **folded; /* … of each word, whatever its marks, … */
    dx_cursor **exact;  /* … and of its spelling, NULL where any will do */
    dx_proximity *proximities;
    uint32_t proximity_count;
    dx_str text;        /* URL */
} dx_node_match;

/** Prepares `node` and all below it on the pool's segment. `exactly`: it is within
 *  NOT or NEAR, where words typed with marks are that spelling only. Memory is
 *  the pool's. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_node_match_init(dx_cursor_pool *pool,
    const dx_node *node, bool exactly, dx_node_match *out);

#endif
