/* A run and its report. */
#include "indexer/cli/index/run_once.h"

#include <stdio.h>

#include "indexer/cli/exit_status.h"
#include "indexer/cli/index/run_report.h"
#include "indexer/cli/interrupt.h"
#include "indexer/cli/notices.h"
#include "indexer/run/run.h"

/* Whether it was given something, and nothing of it is in the index. What was taken down
 * is not wanted there. */
static bool took_nothing(const dx_run_totals *t)
{
    static const dx_event_kind taken[] = {DX_EVENT_ADDED, DX_EVENT_UPDATED,
        DX_EVENT_UNCHANGED, DX_EVENT_REPEATED, DX_EVENT_CONTESTED};

    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (t->events[taken[i]])
            return false;
    return t->events[DX_EVENT_SKIPPED] || t->events[DX_EVENT_IGNORED] ||
           t->events[DX_EVENT_LEFT_OUT] > t->left_out[DX_LEFT_TAKEN_DOWN];
}

static int end(const dx_run_report *report, const dx_run_totals *t)
{
    bool is_skip_fault =
        t->events[DX_EVENT_SKIPPED] &&
        (report->has_lost_path || !report->options->tolerate_skipped);

    if (took_nothing(t)) {
        dx_run_report_tell_nothing(report);
        return DX_EXIT_SKIPPED;
    }
    return is_skip_fault || t->events[DX_EVENT_KEPT] ? DX_EXIT_SKIPPED
                                                     : DX_EXIT_OK;
}

/* A run that failed; *t is whole if it has published before. */
static int end_failed(dx_run_report *report, dx_run_totals *t, const dx_error *err)
{
    bool is_interrupt = err->status == DX_ERR_INTERRUPTED;

    if (!t->is_published) {
        dx_run_report_abandon(report);
        if (is_interrupt)
            dx_notice_error(DX_NOTICE_INTERRUPTED);
        else if (!report->said || !report->said->is_waiting)
            dx_notice_failure(report->options->run.index, err);
        return is_interrupt ? DX_EXIT_INTERRUPTED : DX_EXIT_FAILED;
    }
    (void)!dx_run_report_finish(report, t); /* the status could not be worse */
    dx_notice_late_failure(report->options->run.index, err);
    dx_notice_error(DX_NOTICE_PUBLISHED);
    return DX_EXIT_SKIPPED;
}

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
        int status = end_failed(&report, &totals, &err);
        if (said)
            said->is_waiting = rc == DX_ERR_BUSY;
        return status;
    }
    if (said) {
        said->runs++;
        said->is_waiting = false;
    }
    bool sound = dx_run_report_finish(&report, &totals);
    int status = end(&report, &totals);
    return sound ? status : DX_EXIT_SKIPPED;
}
