/* tally.h -- sums of postings, which stand for lists when they are compared.
 *
 * Keeping all postings of all lists would take as much memory as the index. So
 * a sum over its postings stands for each list; it mixes document and tf, and
 * does not depend on the order. A row of pairs has one sum for all its
 * lists. */
#ifndef DX_INDEX_CHECK_TALLY_H
#define DX_INDEX_CHECK_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"

typedef struct dx_tally {
    uint64_t sum;
    uint64_t count; /* postings */
} dx_tally;

/** Adds a posting. `last` tells the lists of a row apart; otherwise it is 0. */
void dx_tally_add(dx_tally *t, uint32_t last, uint32_t doc, uint32_t tf);

/* How often one document names each list: an open-addressing hash table. `used`
 * makes it quick to clear a short document after a long one. */
typedef struct dx_bag_slot {
    uint64_t key;
    uint32_t times; /* 0: free */
} dx_bag_slot;

typedef struct dx_bag { /* starts as zeros */
    dx_bag_slot *slots; /* owned; room for a power of two, at most half full */
    uint32_t *used;     /* owned; places of the slots in use */
    size_t cap, count;
} dx_bag;

/** Counts `key` another `times` times. Fails with NOMEM. */
DX_NODISCARD dx_status dx_bag_add(dx_bag *b, uint64_t key, unsigned times);
void dx_bag_free(dx_bag *b);

/** Adds a posting of `doc` for each key to the tally that the key names, and
 *  empties the bag. With `rows`, the upper half of a key names the row and the
 *  lower half the last syllable. With `once`, all term frequencies are 1. */
void dx_bag_empty(dx_bag *b, uint32_t doc, bool rows, bool once,
    dx_tally *tallies);

#endif
