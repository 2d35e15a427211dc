/* run_once.h -- one run of the indexer, told to the user. */
#ifndef DX_INDEXER_CLI_INDEX_RUN_ONCE_H
#define DX_INDEXER_CLI_INDEX_RUN_ONCE_H

#include "common/base/status.h"
#include "indexer/cli/index/index_options.h"
#include "indexer/cli/index/said.h"

/** Runs, and tells what became of it; returns the exit status, and in *failure why it
 *  failed, or DX_OK. With `said`, which may be NULL, only news is told, and the report
 *  of --report goes on. */
int dx_index_run_once(dx_index_options *options, dx_said *said,
    dx_status *failure);

#endif
