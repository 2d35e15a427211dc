/* lists.h -- the lists of words and pairs of a merged segment, and its dictionary. */
#ifndef DX_INDEXER_INVERT_MERGING_LISTS_H
#define DX_INDEXER_INVERT_MERGING_LISTS_H

#include <stdatomic.h>

#include "common/base/status.h"
#include "common/index/segment/write/segment_writer.h"
#include "indexer/invert/merging/sources.h"
#include "indexer/invert/postings/frequent_pairs.h"

/** Puts the lists of all terms and of all pairs, and the dictionary; `pairs`, {0}
 *  before, gets the frequent ones, dx_frequent_pairs_end() having been called. The
 *  terms of `m` are numbered. Fails with CORRUPT, NOMEM, LIMIT, or INTERRUPTED
 *  once `stop` (may be NULL) is set. */
DX_NODISCARD dx_status dx_merge_lists_put(const dx_merge_sources *m,
    dx_segment_writer *w, dx_frequent_pairs *pairs, const atomic_bool *stop);

/** Pairs in so many documents are frequent. */
uint32_t dx_merge_frequent_df(const dx_merge_sources *m);

#endif
