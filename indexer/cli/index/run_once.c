/* A run and its report. */
#include "indexer/cli/index/run_once.h"

#include <stdio.h>

#include "indexer/cli/exit_status.h"
#include "indexer/cli/index/run_report.h"
#include "indexer/cli/interrupt.h"
#include "indexer/cli/notices.h"
#include "indexer/run/run.h"

int dx_index_run_once(dx_index_options *options, dx_said *said,
    dx_status *failure)
{
    dx_run_report report;
    dx_run_totals totals;
    dx_error err = {0};

    *failure = DX_OK;
    if (!dx_run_report_start(&report, options, said))
        return DX_EXIT_USAGE;
    options->run.stop = dx_interrupt_watch();
    dx_status rc = dx_run(&options->run, options->paths.texts,
        options->paths.count, &totals, &err);
    if (rc != DX_OK) {
        *failure = rc;
        dx_run_report_abandon(&report);
        if (!said || !said->is_waiting)
            dx_notice_failure(options->run.index, &err);
        if (said)
            said->is_waiting = rc == DX_ERR_BUSY;
        return rc == DX_ERR_INTERRUPTED ? DX_EXIT_INTERRUPTED : DX_EXIT_FAILED;
    }
    if (said) {
        said->runs++;
        said->is_waiting = false;
    }
    if (!dx_run_report_finish(&report, &totals))
        return DX_EXIT_SKIPPED;
    return totals.events[DX_EVENT_SKIPPED] || totals.events[DX_EVENT_KEPT]
               ? DX_EXIT_SKIPPED
               : DX_EXIT_OK;
}
