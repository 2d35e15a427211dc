/* merge.h -- several segments into one.
 *
 * The merged segment is inverted anew from the stored text, which is a stream
 * of word forms already: no parsing, no analysis but of each distinct form, and
 * one way of making a segment instead of two. Attributes are worked out anew,
 * too: common/index/field/attribute.h. */
#ifndef DX_INDEXER_INVERT_MERGE_H
#define DX_INDEXER_INVERT_MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/status.h"
#include "common/index/segment/manifest.h"
#include "common/index/store/store.h"
#include "indexer/run/run.h"

/** Merges what the policy finds due and publishes after each merge: when eight
 *  segments of about a size (or smaller) stand at the end, when half of a
 *  segment is deleted; with `optimize` all neighbours that fit in memory
 *  together, and segments with any deletion. Stops when asked to, with
 *  INTERRUPTED; what was merged until then stays. */
DX_NODISCARD dx_status dx_merge_due(const char *index, dx_writer *store,
    const dx_run_options *options, dx_error *err);

#endif
