/* parallel.h -- the same function over 0 .. count - 1, on several threads. */
#ifndef DX_INDEXER_INVERT_PARALLEL_H
#define DX_INDEXER_INVERT_PARALLEL_H

#include <stddef.h>

#include "common/base/status.h"

/** `worker` is 0 .. threads - 1, so that each may have memory of its own. */
typedef dx_status (*dx_parallel_task)(void *ctx, unsigned worker, size_t index);

/** Runs task(ctx, worker, i) for every i, begun in the order of i; the caller
 *  is worker 0. After a failure no further task begins. Returns the first
 *  failure. If threads cannot be started, fewer do the work. */
DX_NODISCARD dx_status dx_parallel(unsigned threads, size_t count,
    dx_parallel_task task, void *ctx);

#endif
