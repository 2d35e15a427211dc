/* results.h -- what a search leaves to be read. */
#ifndef DX_SEARCHER_ANSWER_RESULTS_H
#define DX_SEARCHER_ANSWER_RESULTS_H

#include "common/base/arena.h"
#include "searcher/answer/facets.h"
#include "searcher/answer/hit.h"
#include "searcher/answer/like.h"
#include "searcher/include/dx/search.h"
#include "searcher/match/rank/rank.h"
#include "searcher/query/query.h"
#include "searcher/understand/notes.h"

struct dx_results {
    dx_index *index; /* borrowed */
    dx_request request;
    dx_query query;
    bool is_like;       /* of dx_like(): … */
    dx_doc_ref article; /* … and of which article */
    dx_arena arena; /* all strings handed out */
    dx_notes notes;
    dx_ranking ranking;
    dx_facet_list facets;
    dx_hit_reader reader;
    uint32_t next; /* hit of dx_results_next() */
    double time_ms;
};

#endif
