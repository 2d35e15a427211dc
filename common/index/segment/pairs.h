/* pairs.h -- the lists of two syllables that follow one another, and of three
 * where both their pairs are frequent (format.h). */
#ifndef DX_INDEX_SEGMENT_PAIRS_H
#define DX_INDEX_SEGMENT_PAIRS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/codec/list.h"
#include "common/index/segment/segment.h"

/** Opens the list of documents where a syllable that folds to `first` stands
 *  directly before one that folds to `second`, in one field. A pair that does
 *  not occur gives an empty list (df 0) and DX_OK. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_segment_pair_list(const dx_segment *s, uint32_t first,
    uint32_t second, dx_list *out);

/** The same for three in a row, if the segment keeps that list; *known
 *  tells. */
DX_NODISCARD dx_status dx_segment_triple_list(const dx_segment *s,
    uint32_t first, uint32_t second, uint32_t third, bool *known, dx_list *out);

/** The pairs whose triples are kept, ascending; {DX_ID_NONE, DX_ID_NONE} past
 *  the end. */
uint32_t dx_segment_triples_count(const dx_segment *s);
void dx_segment_triples_pair(const dx_segment *s, uint32_t i, uint32_t *first,
    uint32_t *second);
/** The number of a pair among those, or DX_ID_NONE. */
uint32_t dx_segment_triples_find(const dx_segment *s, uint32_t first,
    uint32_t second);

/** Calls `each` for the pairs that start with `first`, or the triples that
 *  start with pair number `i`, in order of the last syllable, until one call
 *  does not return DX_OK, and returns what that returned. Fails with
 *  CORRUPT. */
typedef dx_status (*dx_pair_each)(void *ctx, uint32_t last,
    const dx_list *list);
DX_NODISCARD dx_status dx_segment_each_triple(const dx_segment *s, uint32_t i,
    dx_pair_each each, void *ctx);
DX_NODISCARD dx_status dx_segment_each_pair(const dx_segment *s, uint32_t first,
    dx_pair_each each, void *ctx);
/** The same for pairs whose last syllable is in [last_first, last_end). */
DX_NODISCARD dx_status dx_segment_each_pair_in(const dx_segment *s,
    uint32_t first, uint32_t last_first, uint32_t last_end, dx_pair_each each,
    void *ctx);

typedef struct dx_pair_row { /* all pairs.c's own, like the next */
    const uint8_t *groups, *pairs, *end; /* groups NULL when there is one */
    const uint8_t *sound; /* verified to there, from where it is read on */
    dx_chunk *chunk;
    uint32_t count;
} dx_pair_row;

/* A walk of a row, for whoever walks several at once. */
typedef struct dx_pair_walk {
    const dx_segment *s;
    dx_pair_row row;
    const uint8_t *p;
    uint32_t next, last;
} dx_pair_walk;

/** Begins a walk of the pairs that start with `first`, or of the triples that start
 *  with pair number `i`. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_segment_walk_pairs(const dx_segment *s,
    uint32_t first, dx_pair_walk *w);
DX_NODISCARD dx_status dx_segment_walk_triples(const dx_segment *s, uint32_t i,
    dx_pair_walk *w);
/** The next list. False at the end and, with CORRUPT in `*rc`, where the row is
 *  damaged. `*last` is a term of the segment. */
bool dx_pair_walk_next(dx_pair_walk *w, uint32_t *last, dx_list *list,
    dx_status *rc);

#endif
