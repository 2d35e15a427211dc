/* columns.h -- the columns of a merged segment. */
#ifndef DX_INDEXER_INVERT_MERGING_COLUMNS_H
#define DX_INDEXER_INVERT_MERGING_COLUMNS_H

#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/layout/parts.h"

/** Fills a column from those of the sources `ctx`, a dx_merge_sources, without
 *  holding any of it: a dx_column_source's `fill`. Fails with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_merge_column(void *ctx, dx_part part, uint8_t *out);

#endif
