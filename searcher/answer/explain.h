/* explain.h -- why a document scores what it scores. */
#ifndef DX_SEARCHER_ANSWER_EXPLAIN_H
#define DX_SEARCHER_ANSWER_EXPLAIN_H

#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/match/rank/rank.h"
#include "searcher/query/query.h"

/** Appends a line for each summand of the score of document `doc` of segment
 *  number `segment`, then the sum: what dx_explain() gives. Thread-safe. Fails
 *  with NOMEM or CORRUPT, or as `out` does when it is full. */
DX_NODISCARD dx_status dx_explain_score(const dx_generation *g,
    const dx_query *q, const dx_rank_options *options, uint32_t segment,
    uint32_t doc, dx_buf *out, dx_error *err);

#endif
