/* pairs.h -- the lists of syllables that stand in a row: two, or three where both
 * their pairs are frequent (format.h). */
#ifndef DX_INDEX_SEGMENT_PAIRS_H
#define DX_INDEX_SEGMENT_PAIRS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/codec/list.h"
#include "common/index/segment/segment.h"

/** Documents where a syllable folded to `first` stands directly before one
 *  folded to `second`, in one field. An absent pair gives an empty list (df 0)
 *  with DX_OK. */
DX_NODISCARD dx_status dx_segment_pair_list(const dx_segment *s, uint32_t first,
    uint32_t second, dx_list *out);

/** Documents where `first`, `second` and `third` stand in a row in one field,
 *  if the segment keeps that list: *known. */
DX_NODISCARD dx_status dx_segment_triple_list(const dx_segment *s,
    uint32_t first, uint32_t second, uint32_t third, bool *known, dx_list *out);

/** The pairs whose triples are kept, ascending; {NONE, NONE} past the end. */
uint32_t dx_segment_triples_count(const dx_segment *s);
void dx_segment_triples_pair(const dx_segment *s, uint32_t i, uint32_t *first,
    uint32_t *second);
/** The number of a pair among them, or DX_ID_NONE. */
uint32_t dx_segment_triples_find(const dx_segment *s, uint32_t first,
    uint32_t second);

/** Walks the pairs that start with `first`, or the triples that start with
 *  pair number `i`, ascending by the last syllable. */
typedef dx_status (*dx_pair_each)(void *ctx, uint32_t last,
    const dx_list *list);
DX_NODISCARD dx_status dx_segment_each_triple(const dx_segment *s, uint32_t i,
    dx_pair_each each, void *ctx);
DX_NODISCARD dx_status dx_segment_each_pair(const dx_segment *s, uint32_t first,
    dx_pair_each each, void *ctx);
/** Only those whose last syllable is in [last_first, last_end). */
DX_NODISCARD dx_status dx_segment_each_pair_in(const dx_segment *s,
    uint32_t first, uint32_t last_first, uint32_t last_end, dx_pair_each each,
    void *ctx);

#endif
