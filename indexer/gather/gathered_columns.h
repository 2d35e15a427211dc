/* gathered_columns.h -- the columns of a new segment. */
#ifndef DX_INDEXER_GATHER_GATHERED_COLUMNS_H
#define DX_INDEXER_GATHER_GATHERED_COLUMNS_H

#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/layout/parts.h"

/** Fills a column of the gathered documents, `ctx`: a dx_column_source's `fill`. */
DX_NODISCARD dx_status dx_gathered_column(void *ctx, dx_part part, uint8_t *out);

#endif
