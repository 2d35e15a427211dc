/* hit.h -- what a program reads of one article that was found.
 *
 * Nothing is read before it is asked for: a list of ids needs no titles. What
 * has been read stays in the results' arena. */
#ifndef DX_SEARCHER_ANSWER_SHOW_HIT_H
#define DX_SEARCHER_ANSWER_SHOW_HIT_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/codec/id_filter.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/segment.h"
#include "searcher/answer/open/collection.h"
#include "searcher/answer/show/address.h"
#include "searcher/answer/show/highlight.h"
#include "searcher/include/dx/search.h"
#include "searcher/match/rank/ranked.h"
#include "searcher/query/query.h"

typedef struct dx_hit_fields dx_hit_fields;

typedef enum dx_doc_state {
    DX_DOC_TITLE,   /* decoded up to the title's end */
    DX_DOC_LOCATED, /* dx_segment_locate_terms() */
    DX_DOC_WHOLE
} dx_doc_state;

/* Reads the hits of one page. */
typedef struct dx_hit_reader {
    const dx_collection *collection;   /* borrowed, as are the query and the arena */
    dx_highlight highlight; /* of the query; weighed when text is first asked for */
    bool weighed;
    dx_arena *arena;                 /* for all strings handed out */
    const dx_address_maps *maps;     /* borrowed */
    dx_hit *hits; /* [count], in the arena */
    uint32_t count;
    dx_meta_reader meta;
    dx_doc doc; /* the one decoded last … */
    const dx_ranked *doc_of; /* … and whose it is, or NULL */
    dx_doc_state doc_state;
    dx_doc words; /* LOCATED: those of the part of its text that is set */
    dx_id_range ranges[DX_HIGHLIGHT_RANGES_MAX]; /* LOCATED, WHOLE: what to mark */
    size_t range_count;
    dx_id_filter asked; /* the query's words in segment … */
    const dx_segment *asked_in; /* … or NULL */
    bool asks_few;
} dx_hit_reader;

struct dx_hit {
    dx_hit_reader *reader;
    const dx_ranked *ranked;
    uint32_t rank;
    dx_hit_fields **fields; /* in the arena; to NULL until one is asked for */
};

/** Prepares `r`, zeroed but for what it borrows, and makes one hit of each of the
 *  `count` in `ranked`, which must live as long; the first has rank `first`.
 *  Fails with NOMEM; dx_hit_reader_free() in any case. */
DX_NODISCARD dx_status dx_hit_reader_init(dx_hit_reader *r,
    const dx_ranked *ranked, uint32_t count, uint32_t first);
/** Zeroed is fine too. Not the arena. */
void dx_hit_reader_free(dx_hit_reader *r);

#endif
