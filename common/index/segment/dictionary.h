/* dictionary.h -- the terms of a segment and their lists.
 *
 * Title terms are terms of their own: the folded and exact strings of a title
 * word are also indexed with the byte DX_TITLE_MARK before them, so
 * `title:word` is an ordinary lookup. */
#ifndef DX_INDEX_SEGMENT_DICTIONARY_H
#define DX_INDEX_SEGMENT_DICTIONARY_H

#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/codec/list.h"
#include "common/index/segment/id.h"
#include "common/index/segment/segment.h"

#define DX_TITLE_MARK '\x01'

uint32_t dx_segment_folded_count(const dx_segment *s);
uint32_t dx_segment_exact_count(const dx_segment *s);

/** Ids, or DX_ID_NONE. `folded`/`exact` as the analyzer gives them. */
uint32_t dx_segment_find_folded(const dx_segment *s, dx_str folded);
uint32_t dx_segment_find_exact(const dx_segment *s, uint32_t folded_id,
    dx_str exact);
/** Folded ids of the terms that start with `prefix`: [*first, *end). */
void dx_segment_find_prefix(const dx_segment *s, dx_str prefix, uint32_t *first,
    uint32_t *end);

/** {NULL,0} when damaged. */
dx_str dx_segment_folded_string(const dx_segment *s, uint32_t folded_id);
dx_str dx_segment_exact_string(const dx_segment *s, uint32_t exact_id);
/** Exact ids of folded terms [folded_first, folded_end). */
void dx_segment_exact_range(const dx_segment *s, uint32_t folded_first,
    uint32_t folded_end, uint32_t *exact_first, uint32_t *exact_end);
/** The folded term that `exact_id` belongs to, or DX_ID_NONE when damaged. */
uint32_t dx_segment_folded_of(const dx_segment *s, uint32_t exact_id);

/** The lists. A term that does not exist has an empty one (df 0), with DX_OK. */
DX_NODISCARD dx_status dx_segment_folded_list(const dx_segment *s,
    uint32_t folded_id, dx_list *out);
DX_NODISCARD dx_status dx_segment_exact_list(const dx_segment *s,
    uint32_t exact_id, dx_list *out);

/** Where the row of pairs that begin with a term is in the part ROWS, + 1; 0 when
 *  it has none. For pairs.c. */
uint32_t dx_segment_pair_row(const dx_segment *s, uint32_t folded_id);

#endif
