/* rerank.h -- the second stage of ranking. The first one goes by lists, which
 * know neither where in a document words stand nor what it is about. The second
 * looks at the texts of the first DX_RERANK_HITS hits (passage.h), and adds to
 * each score
 *
 *     scale · (1.2 · passage² + 0.8 · head² + 0.2 · title²)
 *
 * where scale is the sum of the words' idf, and the others are the shares of it
 * that are found there. Squares, because the last word that is missing tells
 * more than the first that is there (docs/DECISIONS.md, "Ranking"). Nothing is
 * subtracted, so the hits behind have no better score. */
#ifndef DX_SEARCHER_MATCH_RANK_RERANK_H
#define DX_SEARCHER_MATCH_RANK_RERANK_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "searcher/match/lookup/deadline.h"
#include "searcher/match/rank/passage.h"
#include "searcher/match/rank/ranked.h"
#include "searcher/match/score/freshness.h"
#include "searcher/match/score/plan.h"

#define DX_RERANK_HITS 30u
#define DX_RERANK_BEST 1.2
#define DX_RERANK_HEAD 0.8
#define DX_RERANK_TITLE 0.2

/** What a document's passage adds to its score; `scale` by dx_passage_scale().
 */
double dx_rerank_gain(const dx_passage *p, double scale);

/** Adds that to the scores of `count` hits, times their freshness; notes their
 *  passages, and puts them in order. Ties stay as they were. Of those behind
 * the first `wanted` it is only known that they do belong behind: a text is
 * read no further than it may yet tell. Leaves everything as it is when time is
 * up. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_rerank(const dx_plan *plan,
    const dx_freshness *freshness, dx_deadline *deadline, dx_ranked *hits,
    uint32_t count, uint32_t wanted);

#endif
