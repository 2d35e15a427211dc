/* scopes.h -- the two parts of what a query finds: articles that have its words
 * to the letter (meant.h), and all others that have them.
 *
 *     by score   mixed: those of the first part score more
 *     by date    the first part, newest first; then the other, likewise
 *     alone      either, in any order */
#ifndef DX_SEARCHER_ANSWER_SELECT_SCOPES_H
#define DX_SEARCHER_ANSWER_SELECT_SCOPES_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/include/dx/search.h"
#include "searcher/match/rank/rank.h"
#include "searcher/query/query.h"

typedef struct dx_scopes {
    bool known;     /* there are two; until they are counted: there may be */
    bool counted;   /* by score only when it was asked for */
    uint64_t exact; /* documents of the first, if counted */
    bool partial_counted; /* likewise, … */
    uint64_t partial;     /* … partial matches (rank.h) */
} dx_scopes;

/** Ranks as dx_rank_page() does, `scope` of what `q` finds. Where the first
 * part has any, out->matches is of it. Fails likewise. */
DX_NODISCARD dx_status dx_rank_scope(const dx_generation *g, const dx_query *q,
    const dx_rank_options *options, bool collapse, dx_scope scope,
    dx_arena *arena, dx_scopes *scopes, dx_ranking *out);

/** Counts the first part of what `q` finds, in whatever order: it is not known
 * when time is up before. Costs as much as finding it. Fails likewise. */
DX_NODISCARD dx_status dx_count_scope(const dx_generation *g, const dx_query *q,
    const dx_rank_options *options, dx_scopes *scopes);

/** Counts the partial matches of `q` among what dx_rank_scope() found, where it
 * also made `scopes`; zeroed ones of dx_rank_page(). Those of a part when time
 * is up before. Costs as much as finding all of them. Fails likewise. */
DX_NODISCARD dx_status dx_count_partial(const dx_generation *g,
    const dx_query *q, const dx_rank_options *options, dx_scope scope,
    dx_scopes *scopes);

#endif
