/* watch.h -- `dxindex --watch`: a run after each change, until it is stopped. */
#ifndef DX_INDEXER_CLI_INDEX_WATCH_H
#define DX_INDEXER_CLI_INDEX_WATCH_H

#include "indexer/cli/index/index_options.h"
#include "indexer/cli/index/run_once.h"

/** Runs now, and after each change under the options' paths; returns the exit status
 *  when a signal ends it (DX_EXIT_OK) or a run fails. While another indexer is at
 *  work on the index it waits. */
int dx_index_watch(dx_index_options *options);

#endif
