/* batch.h -- many queries in one process, answered in the order given. */
#ifndef DX_SEARCHER_CLI_BATCH_H
#define DX_SEARCHER_CLI_BATCH_H

#include "searcher/cli/options.h"
#include "searcher/output/query_log.h"

/** Answers every line "id<TAB>query" of options->batch (without a tab the
 *  line's number is the id; empty lines are skipped). What has been read is
 *  answered and written before more is waited for, so another program can ask
 *  and read in turn. Returns an exit status, having said what failed. */
int dx_batch_run(dx_index *ix, const dx_cli_options *options,
    dx_query_log *log);

#endif
