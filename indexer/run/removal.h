/* removal.h -- articles whose file is gone, or has them no more. */
#ifndef DX_INDEXER_RUN_REMOVAL_H
#define DX_INDEXER_RUN_REMOVAL_H

#include <stddef.h>

#include "common/base/status.h"
#include "indexer/invert/indexed.h"
#include "indexer/run/event.h"
#include "indexer/run/files.h"

/** Kills the documents of the first `old_count` segments whose file is gone, or
 *  was read and did not have them any more; each is told as REMOVED. Fails with
 *  CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_removal_kill_lost(dx_indexed *indexed,
    size_t old_count, const dx_files *files, dx_event_sink *events,
    dx_error *err);

#endif
