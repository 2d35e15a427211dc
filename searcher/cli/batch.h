/* batch.h -- many queries in one process, answered in the order given. */
#ifndef DX_SEARCHER_CLI_BATCH_H
#define DX_SEARCHER_CLI_BATCH_H

#include "searcher/cli/options.h"
#include "searcher/output/query_log.h"

/** Answers every line of options->batch, "id<TAB>query" or "query" alone, which has
 *  the line's number as id; empty lines are skipped. Options after another tab,
 *  "--limit 5 --sort newest", are for that line. What has been read is answered and
 *  written before more is waited for, so another program can ask and read in turn;
 *  queries from standard input are answered by what was published last. Returns an
 *  exit status, having said what failed. */
int dx_batch_run(dx_index *ix, const dx_cli_options *options,
    dx_query_log *log);

#endif
