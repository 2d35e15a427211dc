/* proximity.h -- whether words stand in a document where a query wants them: in a
 * row, in a field, at its start, near one another.
 *
 *     "công nghệ" NEAR/4 số     span 4
 *
 *     … Bộ [Thông tin] và Truyền thông: công nghệ cho kinh tế số
 *                                       6    7    8   9   10  11    11 - 6 > 4
 *
 * Lists say which documents have the words; this is for those few. */
#ifndef DX_SEARCHER_MATCH_EVALUATE_PROXIMITY_H
#define DX_SEARCHER_MATCH_EVALUATE_PROXIMITY_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/codec/cursor.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/segment.h"
#include "common/index/segment/word_finder.h"

typedef struct dx_proximity_row { /* words in a row: a phrase, or one word */
    dx_id_spans *words;
    dx_cursor **lists; /* of the words; any may be NULL */
    uint32_t count;
    size_t next, end; /* scratch: its occurrences at a place */
} dx_proximity_row;

#define DX_PROXIMITY_ANY_FIELD 0xFFu

typedef struct dx_proximity { /* in one segment */
    dx_proximity_row *rows;
    uint32_t count;
    uint8_t field;  /* dx_field, or DX_PROXIMITY_ANY_FIELD */
    bool at_start;  /* a row begins its field */
    /* More than one row, all in one field: */
    uint32_t span;  /* last position - first position <= span */
    bool ordered;   /* one behind the other as they stand in `rows` */
    dx_word_finder *finder; /* made for the first document */
} dx_proximity;

/** Room for `rows` rows, to be set. Memory is `arena`'s. Fails with NOMEM. */
DX_NODISCARD dx_status dx_proximity_init(dx_proximity *p, uint32_t rows,
    dx_arena *arena);

typedef struct dx_occurrence { /* of a row */
    uint32_t first, last; /* positions of its words */
} dx_occurrence;

typedef struct dx_proximity_scratch {
    dx_word_search search;
    dx_occurrence *at; /* owned: of each row, in the order of the text */
    size_t count, cap;
} dx_proximity_scratch;

void dx_proximity_scratch_init(dx_proximity_scratch *s);
void dx_proximity_scratch_free(dx_proximity_scratch *s);

/** Whether the rows stand so in a document of the segment, in whose window the words'
 *  lists are, if they are. Not thread-safe. Fails
 *  with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_proximity_holds(const dx_proximity *p,
    const dx_segment *segment, uint32_t doc, dx_proximity_scratch *scratch,
    bool *holds);

#endif
