/* rank.h -- which documents answer a query, best first.
 *
 * In two stages: by the lists of words and pairs, then the first of those once
 * more by their texts (rerank.h). However many are wanted, the same ones are
 * looked at twice, so a page is the same whether it is asked for alone or after
 * others.
 *
 * Exact: the fast path returns the documents, in the order and with the
 * scores, of a scorer that looks at every document (tests/model proves it).
 * Ties go to the earlier document. When a query has nothing that scores, only
 * filters, the newest documents come first. Before all others come those that
 * have a number which is asked for (own.h).
 *
 * By AUTO a document that lacks something is a hit if it has half of the words'
 * idf (score/coverage.h says of what), and not at all if it has less: so the
 * list ends. One that has everything always is a hit.
 *
 * A deadline makes it the best of what was looked at, the most promising
 * windows first. */
#ifndef DX_SEARCHER_MATCH_RANK_RANK_H
#define DX_SEARCHER_MATCH_RANK_RANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/match/lookup/deadline.h"
#include "searcher/match/rank/ranked.h"
#include "searcher/match/score/freshness.h"
#include "searcher/match/score/plan.h"
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
    double deadline_ms;  /* of dx_now_ms(), or 0 for none */
    dx_rank_order order; /* by date only what counts for the total is ranked,
                            and scores are 0 */
    bool keep_matches;
    bool count_partial;
    dx_freshness freshness; /* multiplies scores */
} dx_rank_options;

typedef struct dx_ranking {
    dx_ranked *hits; /* in the caller's arena, best first */
    uint32_t count;
    uint64_t total;   /* documents that match: ALL and AUTO count those where
                         everything holds, ANY those where something does */
    uint64_t partial; /* if counted: documents that are partial matches, ranked
                         or not; none but by AUTO and in order of score */
    uint64_t **matches; /* if kept: of each segment, a bit per document that
                           counts for the total; whole windows */
    bool timed_out; /* the deadline came first: total and hits are of a part */
    bool words_cut; /* a word stands for more than DX_EXPANSIONS_MAX terms */
} dx_ranking;

/** Whether anything can be found: the query asks for something, and there is
 *  something to look in. */
bool dx_rank_can_find(const dx_generation *g, const dx_query *q);

/** Ranks `q` over `g`, whose segments may be of several indexes: they are
 * ranked as if they were one. Thread-safe; memory is taken from `arena`. Fails
 * with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_rank(const dx_generation *g, const dx_query *q,
    const dx_rank_options *options, dx_arena *arena, dx_ranking *out);

/** Whether the first hits of `q` are ranked by their texts as well. */
bool dx_rank_looks_twice(const dx_query *q, const dx_rank_options *options);

/** Its first steps: everything that is known before a document is scored. When
 * the deadline passes, it knows only some. Memory is `arena`'s, and `g` and `q`
 * must outlive the plan. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_rank_prepare(const dx_generation *g,
    const dx_query *q, const dx_rank_options *options, dx_deadline *deadline,
    dx_arena *arena, dx_plan *out);

/** Its last step: the best documents by a plan that was weighed, by whatever
 *  counts. options->deadline_ms is not looked at, but `deadline`. Thread-safe,
 * and fails likewise. */
DX_NODISCARD dx_status dx_rank_plan(const dx_plan *plan,
    const dx_rank_options *options, dx_deadline *deadline, dx_arena *arena,
    dx_ranking *out);

#endif
