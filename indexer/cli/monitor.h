/* monitor.h -- what the user of dxindex sees of a run: progress, skipped files,
 * the report, the summary. */
#ifndef DX_INDEXER_CLI_MONITOR_H
#define DX_INDEXER_CLI_MONITOR_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "common/base/buf.h"
#include "indexer/cli/options.h"

typedef struct dx_monitor {
    const dx_cli_options *options;
    bool is_terminal;   /* standard error is one: a live line */
    bool line_is_shown; /* and has to be wiped before other output */
    double started_s, shown_s;
    uint64_t skips_told;
    FILE *report; /* owned, or NULL */
    dx_buf line;
} dx_monitor;

/** Opens the report and hooks the monitor into options->run. False, with a
 *  message printed, when the report cannot be written. */
bool dx_monitor_start(dx_monitor *m, dx_cli_options *options);

/** Prints the summary and closes the report. False when it could not be
 *  written. */
bool dx_monitor_finish(dx_monitor *m, const dx_run_totals *totals);

/** After a failed run: wipes the live line, closes the report. */
void dx_monitor_abandon(dx_monitor *m);

#endif
