/* lost.h -- articles that are no longer where they came from: their file is gone, or
 * was read and has them no more, or standard input brought another one with their
 * id. */
#ifndef DX_INDEXER_RUN_SETTLE_LOST_H
#define DX_INDEXER_RUN_SETTLE_LOST_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/status.h"
#include "indexer/invert/indexed.h"
#include "indexer/run/event.h"
#include "indexer/run/files.h"

typedef struct dx_lost_settling { /* all borrowed */
    dx_indexed *indexed;          /* its segments are those of before the run */
    const dx_files *files;
    dx_event_sink *events;
    bool no_delete; /* only what is replaced is lost */
} dx_lost_settling;

/** To be called when everything has been read. Kills the articles that are lost;
 *  each is told as REMOVED unless another one has taken its place. Counts those
 *  that are UNCHANGED. Fails with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_lost_settle(const dx_lost_settling *s, dx_error *err);

#endif
