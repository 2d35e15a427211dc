/* slices.h -- which parts of the dictionary have their postings made together.
 *
 * The postings of the whole dictionary would not fit into memory, so it is cut
 * into slices of neighbouring *buckets*. A bucket takes the postings of one
 * number. */
#ifndef DX_INDEXER_INVERT_POSTINGS_SLICES_H
#define DX_INDEXER_INVERT_POSTINGS_SLICES_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "indexer/invert/numbering.h"
#include "indexer/invert/postings/frequent_pairs.h"

typedef enum dx_slice_kind {
    DX_SLICE_EXACT,  /* a bucket per exact number */
    DX_SLICE_PAIRS,  /* per folded number of the first syllable */
    DX_SLICE_TRIPLES /* per frequent pair */
} dx_slice_kind;

typedef struct dx_slice {
    dx_slice_kind kind;
    uint32_t first, end; /* buckets */
    size_t items;        /* in them, at most */
} dx_slice;

typedef struct dx_slices { /* {0} has none */
    dx_slice *at; /* owned */
    size_t count, cap;
    size_t bytes_max;     /* that the items of a slice take, at most */
    uint32_t buckets_max; /* that a slice has, at most */
} dx_slices;

void dx_slices_free(dx_slices *s);

/** Adds slices for all exact numbers, or for all folded ones (DX_SLICE_PAIRS).
 *  They are as few as fit into `target_bytes` each (more only where one folded
 *  number needs more) and of about the same size, so that threads that share
 *  them finish together. A bucket takes `bucket_bytes` beside its items. Fails
 *  with NOMEM, or with LIMIT when a slice has 2^32 items. */
DX_NODISCARD dx_status dx_slices_plan(dx_slices *s, dx_slice_kind kind,
    const dx_numbering *n, size_t bucket_bytes, size_t target_bytes);

/** Adds slices for the triples of all frequent pairs. None has more bytes or
 *  buckets than the largest of `like`, which are those of pairs: a pair needs
 *  no more than all pairs that begin with the same syllable. Fails with NOMEM
 *  or LIMIT. */
DX_NODISCARD dx_status dx_slices_plan_triples(dx_slices *s,
    const dx_frequent_pairs *pairs, const dx_slices *like);

#endif
