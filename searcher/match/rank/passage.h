/* passage.h -- how much of a query one passage of a document has, and how much its
 * title and its beginning: what the second stage of ranking goes by (rerank.h).
 *
 * Each word of the query counts once, by its best mention there (mentions.h):
 *
 *     title  Bắc Giang: [sốt đất] ảo quanh khu công nghiệp     title: 2 words
 *     lead   Giá [đất] tại … tăng gấp đôi.                     head: 2 words
 *     body   … cơn [sốt đất] [ở Hưng Yên] lan sang …           passage: 5 words */
#ifndef DX_SEARCHER_MATCH_RANK_PASSAGE_H
#define DX_SEARCHER_MATCH_RANK_PASSAGE_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/segment/doc.h"
#include "searcher/match/rank/mentions.h"
#include "searcher/match/rank/ranked.h"
#include "searcher/match/score/plan.h"

#define DX_PASSAGE_WORDS 40u /* in a row, in one field */
#define DX_HEAD_WORDS 50u /* beside the title: the first ones of lead and body */

typedef struct dx_passage { /* shares of what all words of the query are worth */
    double best; /* of the passage that has most; the first one of such */
    double title;
    double head; /* of title and beginning together */
    dx_passage_place place; /* of the best */
} dx_passage;

typedef struct dx_passage_finder { /* private to passage.c */
    const dx_plan *plan;
    dx_arena *arena;
    dx_mentions *of_segment; /* made when one is first asked for; list NULL: not yet */
    uint64_t total;          /* what all words are worth */
    uint64_t *worths;        /* [summand]; 0: no word */
    uint64_t replaceable;    /* summands that something may stand in for, as bits */
    dx_doc doc;
    struct dx_passage_scan *scan;
} dx_passage_finder;

/** Prepares for a plan that was weighed; it and `arena` are borrowed. Fails with
 *  NOMEM; to be freed in any case. */
DX_NODISCARD dx_status dx_passage_finder_init(dx_passage_finder *f,
    const dx_plan *plan, dx_arena *arena);
void dx_passage_finder_free(dx_passage_finder *f);

/** What no document exceeds that has these summands (dx_ranked.has); no place. */
dx_passage dx_passage_bound(const dx_passage_finder *f, uint64_t has);

/** Looks at the title and the beginning of a hit. `best` is then the most that it can
 *  have. Not thread-safe. Fails with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_passage_begin(dx_passage_finder *f,
    const dx_ranked *hit, dx_passage *out);

/** Looks at the rest of that hit. Likewise. */
DX_NODISCARD dx_status dx_passage_go_on(dx_passage_finder *f, dx_passage *out);

/** What all words of the query are worth together, on the scale of idf. */
double dx_passage_scale(const dx_passage_finder *f);

#endif
