/* proximity.h -- whether words stand in a decoded document where a query wants
 * them: in a field, at its start, near one another.
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

#include "common/base/status.h"
#include "common/index/codec/id_filter.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/id.h"

typedef struct dx_proximity_word { /* exact ids, ascending spans */
    const dx_id_span *spans;
    uint32_t span_count;
} dx_proximity_word;

typedef struct dx_proximity_row { /* words in a row: a phrase, or one word */
    dx_proximity_word *words;
    uint32_t count;
} dx_proximity_row;

#define DX_PROXIMITY_ANY_FIELD 0xFFu

typedef struct dx_proximity {
    dx_proximity_row *rows;
    uint32_t count;
    dx_id_filter *ids; /* lets the ids of all words through */
    uint8_t field;    /* dx_field, or DX_PROXIMITY_ANY_FIELD */
    bool at_start;    /* a row begins its field */
    uint32_t longest; /* words of the longest row */
    /* More than one row: */
    uint32_t least;   /* so many rows must be there, wherever; 0: all of them,
                         in one field, within `span` */
    uint32_t span;    /* last position - first position <= span */
    bool ordered;     /* one behind the other as they stand in `rows` */
} dx_proximity;

/** `doc` needs no tokens but those that p->ids lets through. Fails with NOMEM. */
DX_NODISCARD dx_status dx_proximity_holds(const dx_proximity *p, const dx_doc *doc,
    bool *hold);

#endif
