/* check.h -- is the table of files sound? */
#ifndef DX_INDEXER_RUN_FILES_CHECK_H
#define DX_INDEXER_RUN_FILES_CHECK_H

#include <stdint.h>

#include "common/base/status.h"
#include "common/index/store/snapshot.h"

/** Checks the table as `dxindex check` does: each record's key, path and numbers
 *  (below `next`, and of this file only), and what blocks borrow. Counts each fault
 *  in `*problems` and tells it. Fails with NOMEM or IO. */
DX_NODISCARD dx_status dx_files_check(dx_snapshot *snapshot, uint32_t next,
    void (*on_problem)(void *ctx, const char *problem), void *ctx,
    uint64_t *problems, dx_error *err);

/** The same before the table is used: the first fault, of the index that messages call
 *  `index`, is CORRUPT. */
DX_NODISCARD dx_status dx_files_trust(dx_snapshot *snapshot, uint32_t next,
    const char *index, dx_error *err);

#endif
