/* buckets.h -- the memory into which the postings of a slice are put.
 *
 * Each number of the slice has a bucket, whose size is known beforehand.
 * Documents come in order, so the items of a bucket are in order, too.
 *
 *   exact slice   an item is a document (u16)
 *   pairs         second number | document (u32), to be sorted by the second
 *                 number
 *   triples       third number | document, likewise
 *
 * An item has room for the low bits of a document's number only, so that a
 * slice holds twice as much and the text is read half as often. The high bits,
 * the document's *epoch*, follow from where in its bucket an item lies: `heads`
 * has a row for each epoch, which says where its items end. */
#ifndef DX_INDEXER_INVERT_POSTINGS_BUCKETS_H
#define DX_INDEXER_INVERT_POSTINGS_BUCKETS_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "indexer/invert/postings/slices.h"

typedef struct dx_buckets {
    void *items;      /* owned */
    uint32_t *starts; /* owned: where each bucket begins, in items */
    uint32_t *heads;  /* owned: for each epoch, where each bucket's items end */
    uint32_t docs;
    unsigned number_bits; /* of a second or third number in an item */
    /* Of the slice that fills them: */
    const dx_slice *slice; /* borrowed; NULL before the first */
    unsigned doc_bits;     /* of an item */
    uint32_t epochs;
} dx_buckets;

/** Bytes that a bucket takes beside its items, for `docs` >= 1 documents and
 *  dictionary numbers below `numbers`. */
size_t dx_buckets_overhead(uint32_t docs, uint32_t numbers);

/** Makes room for any one of `slices`. Fails with NOMEM; free `b` even then. */
DX_NODISCARD dx_status dx_buckets_init(dx_buckets *b, const dx_slices *slices,
    uint32_t docs, uint32_t numbers);
void dx_buckets_free(dx_buckets *b);

/** Sets the members that depend on the slice. */
void dx_buckets_begin(dx_buckets *b, const dx_slice *slice);

/** Where the items of an epoch end in a bucket. Buckets count from 0, which is
 *  that of the slice's first number. */
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
