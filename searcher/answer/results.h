/* results.h -- what a search leaves to be read: how it begins and ends. */
#ifndef DX_SEARCHER_ANSWER_RESULTS_H
#define DX_SEARCHER_ANSWER_RESULTS_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "searcher/answer/open/collection.h"
#include "searcher/answer/open/index.h"
#include "searcher/answer/select/scopes.h"
#include "searcher/answer/show/facets.h"
#include "searcher/answer/show/hit.h"
#include "searcher/include/dx/search.h"
#include "searcher/match/rank/rank.h"
#include "searcher/query/query.h"
#include "searcher/understand/notes.h"

struct dx_results {
    dx_collection *collection; /* held */
    dx_request request;
    const char *asked; /* as given to dx_search(), in the arena, … */
    const char *like;  /* … or to dx_like(); "" if not */
    dx_query query;
    dx_arena arena; /* all strings handed out */
    dx_notes notes;
    dx_ranking ranking;
    dx_scopes *scopes; /* in the arena */
    dx_facet_list facets;
    dx_address_maps maps; /* in the arena, as the index may be closed before */
    dx_hit_reader reader;
    uint32_t next; /* hit of dx_results_next() */
    double start_ms, time_ms;
};

/** Results with nothing in them, of what `ix` holds now, for the query `asked` or
 *  the id `like`, "" if not; the time runs. Fails as dx_request_read() does and with
 *  NOMEM. */
DX_NODISCARD dx_status dx_results_begin(dx_index *ix, const char *asked,
    const char *like, const dx_request *req, dx_results **out, dx_error *err);

/** Takes what ranking gave, `rc`, to the end: counts facets and makes the hits;
 *  or frees `rs`, and *out is NULL. */
DX_NODISCARD dx_status dx_results_end(dx_results *rs, dx_status rc,
    dx_results **out, dx_error *err);

#endif
