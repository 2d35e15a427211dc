/* answer_internal.h -- what the files behind dx/search.h share. */
#ifndef DX_SEARCHER_ANSWER_ANSWER_INTERNAL_H
#define DX_SEARCHER_ANSWER_ANSWER_INTERNAL_H

#include "common/base/arena.h"
#include "common/index/codec/id_filter.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/segment.h"
#include "common/index/store/snapshot.h"
#include "searcher/answer/facets.h"
#include "searcher/answer/highlight.h"
#include "searcher/include/dx/search.h"
#include "searcher/answer/like.h"
#include "searcher/query/query.h"
#include "searcher/match/rank/rank.h"
#include "searcher/understand/notes.h"
#include "searcher/understand/names/synonyms.h"

struct dx_index {
    char *path;
    dx_snapshot *snapshot;
    dx_generation generation;
    dx_synonyms synonyms;
};

typedef enum dx_doc_state {
    DX_DOC_TITLE,   /* decoded up to the title's end */
    DX_DOC_LOCATED, /* dx_segment_locate_terms() */
    DX_DOC_WHOLE
} dx_doc_state;

struct dx_results {
    dx_index *index; /* borrowed */
    dx_request request;
    dx_query query;
    bool is_like;       /* of dx_like(): … */
    dx_doc_ref article; /* … and of which article */
    dx_arena arena; /* all strings handed out */
    dx_meta_reader meta;
    dx_notes notes;
    dx_ranking ranking;
    dx_facet_list facets;
    uint32_t next;
    double time_ms;
    dx_doc doc; /* the one decoded last */
    uint64_t doc_key;
    dx_doc_state doc_state;
    dx_doc words; /* LOCATED: those of the part of its text that is set */
    dx_id_range ranges[DX_HIGHLIGHT_RANGES_MAX]; /* LOCATED, WHOLE: what to mark */
    size_t range_count;
    dx_id_filter asked; /* the query's words in segment … */
    const dx_segment *asked_in; /* … or NULL */
    bool asks_few;
};

#define DX_DOC_KEY_NONE UINT64_MAX

#endif
