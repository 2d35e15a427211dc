/* slots.h -- the plain words of a query in their places, each with the ways the
 * index spells it.
 *
 *     slot        0      1       2      3       (bac giang chuyen doi)
 *     spellings   bắc    giang   chuyển đổi
 *                 bạc    giảng   chuyện đôi
 *                 bác    giáng   chuyên đợi     … most frequent first
 *     seen           12      9       31         times, of each two neighbours
 *
 * Counts are of all segments together, so it does not matter how articles are
 * spread over segments, or over several indexes that are searched as one. */
#ifndef DX_SEARCHER_UNDERSTAND_READINGS_SLOTS_H
#define DX_SEARCHER_UNDERSTAND_READINGS_SLOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/segment/generation.h"
#include "searcher/query/query.h"

#define DX_SPELLINGS_MAX 8u /* of a word; rarer ones are not considered */

typedef struct dx_spelling {
    const uint32_t *ids;  /* exact id in each segment, or NONE */
    dx_str text;          /* lives as long as the index is open */
    bool bare;            /* has no marks */
    double share;         /* of the documents with any spelling of the word */
} dx_spelling;

typedef struct dx_slot { /* a plain word of the query in its place */
    dx_query_word *word;
    bool follows;     /* the slot before, as running text */
    uint32_t *folded; /* id in each segment, or NONE */
    dx_spelling spellings[DX_SPELLINGS_MAX];
    uint32_t count;
    /* How often the slot before (first index) and this one were seen spelt like
     * that beside one another, and in whatever spelling. */
    double seen[DX_SPELLINGS_MAX][DX_SPELLINGS_MAX], seen_sum;
    /* The same of this and the two before, if there are two; in the arena. */
    double (*triples)[DX_SPELLINGS_MAX][DX_SPELLINGS_MAX], triples_sum;
} dx_slot;

typedef struct dx_slots {
    const dx_generation *generation; /* borrowed; it tells how words are spelt */
    dx_slot *slots;                  /* in `arena` */
    uint32_t count;                  /* <= DX_QUERY_MAX_TERMS */
    dx_arena arena;                  /* owned */
} dx_slots;

/** The slots of the plain words of `q`, without spellings. `q` and the generation
 *  must outlive them. Fails with NOMEM; free *out then, too. */
DX_NODISCARD dx_status dx_slots_make(dx_query *q, const dx_generation *g,
    dx_slots *out);
void dx_slots_free(dx_slots *slots);

/** Fills in the spellings of all slots, most frequent first. A word that was
 *  typed with marks has just that one. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_slots_find_spellings(dx_slots *slots);

#endif
