/* triples.h -- the lists of triples of a merged segment.
 *
 * A segment has triples where both their pairs are frequent in it, and pairs that
 * are frequent in the merged one were not so in all. So the lists of those that
 * have them are joined, and for the others the texts are looked through. */
#ifndef DX_INDEXER_INVERT_MERGING_TRIPLES_H
#define DX_INDEXER_INVERT_MERGING_TRIPLES_H

#include <stdatomic.h>
#include <stddef.h>

#include "common/base/status.h"
#include "common/index/segment/write/segment_writer.h"
#include "indexer/invert/merging/sources.h"
#include "indexer/invert/postings/frequent_pairs.h"

/** Puts the triples of `pairs`, all that are frequent. What is found in texts is
 *  held and sorted in `room_bytes`, or more when a single pair needs more; texts are
 *  read once, and if it is more than that, once again for each time it is filled. Fails with
 *  CORRUPT, NOMEM, or INTERRUPTED once `stop` (may be NULL) is set. */
DX_NODISCARD dx_status dx_merge_triples_put(const dx_merge_sources *m,
    const dx_frequent_pairs *pairs, size_t room_bytes, dx_segment_writer *w,
    const atomic_bool *stop);

#endif
