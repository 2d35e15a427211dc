/* row.h -- the words of a plain query one after the other, and how often the index
 * has them so. */
#ifndef DX_SEARCHER_UNDERSTAND_TYPOS_ROW_H
#define DX_SEARCHER_UNDERSTAND_TYPOS_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/query/query.h"

typedef struct dx_row_word {
    const dx_query_word *word;
    uint32_t number;     /* in the query */
    bool follows;        /* the word before, as running text */
    bool spelt;          /* counts as it is spelt, not in any spelling */
    const uint32_t *folded; /* id in each segment, or NONE */
    const uint32_t *exact;  /* likewise */
    uint64_t documents;     /* that have it; … */
    uint64_t in_all;        /* … in any spelling; … */
    uint64_t pairs;         /* … and behind the word before, if it follows that */
} dx_row_word;

typedef struct dx_row {
    const dx_generation *generation; /* borrowed */
    dx_row_word *words;              /* in the caller's arena */
    uint32_t count;
    bool accented; /* typed with marks: a word without means that spelling */
} dx_row;

/** The words of a plain query (dx_query_is_plain()), looked up. Fails with NOMEM or
 *  CORRUPT. */
DX_NODISCARD dx_status dx_row_make(const dx_generation *g, const dx_query *q,
    dx_arena *arena, dx_row *out);

/** The id of a folded term in each segment, or NONE, into `ids`. */
void dx_row_find(const dx_row *row, dx_str folded, uint32_t *ids);

/** In how many documents a term with ids `first` stands before one with `second`, in
 *  any spelling. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_row_count_folded(const dx_row *row,
    const uint32_t *first, const uint32_t *second, uint64_t *count);

/** Whether most documents with a pair (as above) have the word `w` of it as it is
 *  spelt: judged by some of them, from all over the index. Fails with NOMEM or
 *  CORRUPT. */
DX_NODISCARD dx_status dx_row_is_usual(const dx_row *row, const dx_row_word *w,
    const uint32_t *first, const uint32_t *second, bool *usual);

/** In how many documents `first` stands before `second`; as they are spelt, where
 *  they count so. `enough`: it does not matter how many more there are. Deleted
 *  documents count, and many are estimated. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_row_count_pair(const dx_row *row,
    const dx_row_word *first, const dx_row_word *second, uint64_t enough,
    uint64_t *count);

#endif
