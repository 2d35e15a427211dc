/* log_report.h -- dxsearch --log-report. */
#ifndef DX_SEARCHER_CLI_LOG_REPORT_H
#define DX_SEARCHER_CLI_LOG_REPORT_H

#include "searcher/cli/options.h"

/** Prints what the query logs options->logs tell. A log that cannot be read is named, the
 *  others count. Returns an exit status: nothing, where no search was in them. */
int dx_cli_print_log_report(const dx_cli_options *options);

#endif
