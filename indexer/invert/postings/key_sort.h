/* key_sort.h -- a bucket of pairs or triples, sorted. */
#ifndef DX_INDEXER_INVERT_POSTINGS_KEY_SORT_H
#define DX_INDEXER_INVERT_POSTINGS_KEY_SORT_H

#include <stddef.h>
#include <stdint.h>

#include "indexer/invert/postings/buckets.h"

/** The `count` > 0 items of a bucket as ascending keys: last number <<
 *  DX_GATHERED_DOC_BITS | document. They lie in one of `rooms`, each of which
 *  must have room for `count`. */
uint64_t *dx_key_sort(const dx_buckets *b, uint32_t bucket, size_t count,
    uint64_t *const rooms[2]);

#endif
