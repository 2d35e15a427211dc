/* namesakes.h -- articles with the same id, among all that are left after a run.
 *
 * One that says the same as another is that other: it is kept once. One that says no
 * more than another gives way to that (fuller.h). Those that say different things are
 * all kept, and their id is contested. */
#ifndef DX_INDEXER_RUN_SETTLE_NAMESAKES_H
#define DX_INDEXER_RUN_SETTLE_NAMESAKES_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/index/segment/identity/contested.h"
#include "common/index/store/snapshot.h"
#include "indexer/invert/indexed.h"
#include "indexer/run/event.h"
#include "indexer/run/files/borrowed.h"
#include "indexer/run/files/files.h"

typedef struct dx_namesakes { /* all borrowed */
    dx_indexed *indexed;
    size_t old_count; /* so many of its segments were there before the run */
    const dx_contested *before;
    const dx_files *files;
    dx_borrowed *borrowed;
    dx_snapshot *snapshot; /* at the start; NULL without an index */
    uint64_t live_before; /* articles before the run */
    dx_event_sink *events;
    dx_progress_sink *progress;
} dx_namesakes;

/** To be called when the articles of before that are lost are dead. Kills those of
 *  this run that were there already, or, where standard input brought them, those
 *  that were there; blocks that had them borrow from then on. Those with less text
 *  than a namesake go likewise, and are told as LEFT_OUT; ADDED less REMOVED is then
 *  by how many articles there are more than before. Tells all that share an
 *  id with an article of this run, unless that id is made of what they say, as
 *  CONTESTED. Appends the record of contested ids to `record`, also if there are
 *  none. Fails with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_namesakes_settle(const dx_namesakes *n,
    dx_buf *record, dx_error *err);

#endif
