/* filling.h -- from the text to the buckets of a slice. */
#ifndef DX_INDEXER_INVERT_POSTINGS_FILLING_H
#define DX_INDEXER_INVERT_POSTINGS_FILLING_H

#include "indexer/gather/gathered.h"
#include "indexer/invert/numbering.h"
#include "indexer/invert/postings/buckets.h"
#include "indexer/invert/postings/frequent_pairs.h"

/** Fills the buckets of `slice` from the text of all documents. `pairs` are the
 *  frequent pairs, of which dx_frequent_pairs_end() has been called; they are
 *  used for a slice of triples only. */
void dx_fill_buckets(dx_buckets *b, const dx_slice *slice, const dx_gathered *g,
    const dx_numbering *n, const dx_frequent_pairs *pairs);

#endif
