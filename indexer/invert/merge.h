/* merge.h -- merges segments: which (merge_policy.h), and where to.
 *
 * A merge of a few goes into the index's file, whose room is used again later. When
 * half of the index or more is merged, all of it goes into a file of its own, which
 * then takes the place of the old one: that takes no more disk meanwhile, and leaves
 * no room unused. */
#ifndef DX_INDEXER_INVERT_MERGE_H
#define DX_INDEXER_INVERT_MERGE_H

#include "common/base/status.h"
#include "common/index/store/writer.h"
#include "indexer/invert/merging/segments.h"

/** Merges what is due in the index at the path `index`, which `store` writes, and
 *  publishes after each merge. With `optimize` also gives back what room is unused.
 *  Fails with IO, CORRUPT, NOMEM, LIMIT, or INTERRUPTED when asked to stop; what was
 *  published by then stays merged. */
DX_NODISCARD dx_status dx_merge_due(const char *index, dx_writer *store,
    const dx_merge_options *options, dx_error *err);

#endif
