/* buckets.h -- the memory in which a slice's postings are put in order.
 *
 * Each number of the slice has a bucket, whose size is known beforehand;
 * documents come in order, so a bucket's items do.
 *
 *   exact slice   items are documents (u16): that is the list
 *   pairs         second number | document (u32), then sorted by the second
 *                 number, stably
 *   triples       likewise, by the third number
 *
 * An item has room for the low bits of a document only, so a slice holds twice
 * as much and the text is gone through half as often. The high ones, its
 * *epoch*, follow from where in its bucket an item is: `heads` has a row per
 * epoch, and items of an epoch end where its row says. */
#ifndef DX_INDEXER_INVERT_POSTINGS_BUCKETS_H
#define DX_INDEXER_INVERT_POSTINGS_BUCKETS_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "indexer/invert/postings/slices.h"

typedef struct dx_buckets {
    void *items;      /* owned */
    uint32_t *starts; /* owned: where each bucket begins, in items */
    uint32_t *heads;  /* owned: after each epoch, where its next item would go */
    uint32_t docs;
    unsigned number_bits; /* of a second or third number in an item */
    /* Of the slice that is in them: */
    const dx_slice *slice; /* borrowed; NULL before the first */
    unsigned doc_bits;     /* of an item */
    uint32_t epochs;
} dx_buckets;

/** Bytes that a bucket takes beside its items, for `docs` >= 1 documents and
 *  dictionary numbers below `numbers`. */
size_t dx_buckets_overhead(uint32_t docs, uint32_t numbers);

/** Makes room for any of `slices`. Fails with NOMEM; free `b` also then. */
DX_NODISCARD dx_status dx_buckets_init(dx_buckets *b, const dx_slices *slices,
    uint32_t docs, uint32_t numbers);
void dx_buckets_free(dx_buckets *b);

/** Begins a slice: sets what is of it. */
void dx_buckets_begin(dx_buckets *b, const dx_slice *slice);

/** Where the items of an epoch end in a bucket, which is counted from 0, as the
 *  slice's first number. */
static inline uint32_t dx_buckets_end(const dx_buckets *b, uint32_t epoch,
    uint32_t bucket)
{
    return b->heads[(size_t)epoch * (b->slice->end - b->slice->first) + bucket];
}

/** How many items a bucket has. */
static inline uint32_t dx_buckets_count(const dx_buckets *b, uint32_t bucket)
{
    return dx_buckets_end(b, b->epochs - 1, bucket) - b->starts[bucket];
}

#endif
