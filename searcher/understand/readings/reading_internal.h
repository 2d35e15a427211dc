/* reading_internal.h -- shared by reading.c, which decides, and sightings.c,
 * which reads documents.
 *
 *     slot        0      1       2      3       (bac giang chuyen doi)
 *     spellings   bắc    giang   chuyển đổi
 *                 bạc    giảng   chuyện đôi
 *                 bác    giáng   chuyên đợi     … most frequent first
 *     seen           12      9       31         times, of each two neighbours */
#ifndef DX_SEARCHER_UNDERSTAND_READINGS_READING_INTERNAL_H
#define DX_SEARCHER_UNDERSTAND_READINGS_READING_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/codec/id_filter.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/segment.h"
#include "searcher/include/dx/search.h"
#include "searcher/query/query.h"

#define DX_SPELLINGS_MAX 8u /* of a word; rarer ones are not considered */

typedef struct dx_spelling {
    uint32_t id;          /* exact id in the segment */
    dx_str text;          /* lives as long as the index is open */
    double share;         /* of the documents with any spelling of the word */
    double own;           /* what it adds to a way: see reading.c */
    double before, after; /* best score of the words on that side, with this */
} dx_spelling;

typedef struct dx_slot { /* a plain word of the query in its place */
    dx_query_word *word;
    bool follows;    /* the slot before, as running text */
    uint32_t folded; /* id in the segment, or NONE */
    dx_spelling spellings[DX_SPELLINGS_MAX];
    uint32_t count;
    /* How often the slot before (first index) and this one were seen spelt like
     * that beside one another, and in whatever spelling. */
    double seen[DX_SPELLINGS_MAX][DX_SPELLINGS_MAX], seen_sum;
} dx_slot;

typedef struct dx_slot_range { /* exact ids, and the slots they belong to */
    uint32_t first, end;
    uint64_t slots; /* as bits */
} dx_slot_range;

typedef struct dx_reader {
    const dx_segment *segment; /* the largest: it tells how words are spelt */
    dx_slot *slots; /* in `arena` */
    uint32_t count; /* <= DX_QUERY_MAX_TERMS */
    dx_slot_range ranges[DX_QUERY_MAX_TERMS]; /* ascending */
    uint32_t range_count;
    dx_id_filter ids; /* lets those of the ranges through */
    dx_doc doc;
    dx_arena arena;
} dx_reader;

/** Fills `seen` of all slots. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_sightings_collect(dx_reader *r);

#endif
