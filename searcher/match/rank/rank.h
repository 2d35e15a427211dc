/* rank.h -- which documents answer a query, best first.
 *
 * Exact: the fast path returns the documents, in the order and with the
 * scores, of a scorer that looks at every document (tests/model proves it).
 * Ties go to the earlier document. When a query has nothing that scores, only
 * filters, the newest documents come first.
 *
 * A deadline makes it the best of what was looked at, the most promising
 * windows first. */
#ifndef DX_SEARCHER_MATCH_RANK_RANK_H
#define DX_SEARCHER_MATCH_RANK_RANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/index/segment/segment.h"
#include "searcher/match/score/freshness.h"
#include "searcher/query/query.h"

typedef enum dx_rank_match {
    DX_RANK_AUTO, /* as dx_match in dx/search.h */
    DX_RANK_ALL,
    DX_RANK_ANY
} dx_rank_match;

typedef enum dx_rank_order {
    DX_RANK_BY_SCORE,
    DX_RANK_NEWEST, /* documents without a date come last */
    DX_RANK_OLDEST
} dx_rank_order;

typedef struct dx_rank_options {
    uint32_t wanted; /* ranks 0 .. wanted - 1 */
    dx_rank_match match;
    bool exact_accents;
    double deadline_ms; /* of dx_now_ms(), or 0 for none */
    dx_rank_order order; /* by date only what counts for the total is ranked,
                            and scores are 0 */
    bool keep_matches;
    dx_freshness freshness; /* multiplies scores */
} dx_rank_options;

typedef struct dx_ranked {
    double score;
    uint32_t segment; /* index in the generation */
    uint32_t doc;
    bool partial; /* not everything holds */
    uint32_t similar; /* hits that collapse.h put into this one */
} dx_ranked;

typedef struct dx_ranking {
    dx_ranked *hits; /* in the caller's arena, best first */
    uint32_t count;
    uint64_t total; /* documents that match: ALL and AUTO count those where
                       everything holds, ANY those where something does */
    uint64_t **matches; /* if kept: of each segment, a bit per document that
                           counts for the total; whole windows */
    bool timed_out;  /* the deadline came first: total and hits are of a part */
    bool words_cut;  /* a word stands for more than DX_EXPANSIONS_MAX terms */
} dx_ranking;

/** Ranks `q` over `g`. Thread-safe; memory is taken from `arena`. Fails with
 *  NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_rank(const dx_generation *g, const dx_query *q,
    const dx_rank_options *options, dx_arena *arena, dx_ranking *out,
    dx_error *err);

/** One line per scored term of one document: what dx_explain() prints. The
 *  last line is the sum. */
DX_NODISCARD dx_status dx_rank_explain(const dx_generation *g,
    const dx_query *q, const dx_rank_options *options, uint32_t segment,
    uint32_t doc, dx_buf *out, dx_error *err);

/* Which of a segment's exact ids a positive query word stands for: for
 * highlighting. */
typedef struct dx_id_range {
    uint32_t first, end; /* exact ids [first, end) */
    uint32_t word;       /* index in dx_query.words */
} dx_id_range;

#define DX_QUERY_RANGES_MAX 256u

/** Ranges of all words that are not excluded; `out` has room for
 *  DX_QUERY_RANGES_MAX. Returns how many. A word typed with marks stands for
 *  that spelling, or for any where `doc` does not have it; one that stands for
 *  several (chuy*) for those of them that `doc` has. */
size_t dx_query_ranges(const dx_segment *s, const dx_query *q,
    bool exact_accents, const dx_doc *doc, dx_id_range *out);

/** All ids that those ranges can be of, whatever the document; false when that
 *  takes a look at it, since a word stands for several. */
bool dx_query_filter(const dx_segment *s, const dx_query *q, bool exact_accents,
    dx_id_filter *out);

#endif
