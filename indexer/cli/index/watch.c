/* Runs and waits, in turn. */
#include "indexer/cli/index/watch.h"

#include <stdio.h>

#include "indexer/cli/exit_status.h"
#include "indexer/cli/interrupt.h"
#include "indexer/cli/notices.h"
#include "indexer/cli/progress.h"
#include "indexer/cli/index/changes.h"

/* Between a run's end and the next one: twice what it took, so that at most a third of
 * the time goes into runs, however often something changes; within these bounds. */
#define PAUSE_MS_MIN 1000u
#define PAUSE_MS_MAX 60000u

static unsigned pause_after(double seconds)
{
    double ms = seconds * 2000;

    return ms < PAUSE_MS_MIN   ? PAUSE_MS_MIN
           : ms > PAUSE_MS_MAX ? PAUSE_MS_MAX
                               : (unsigned)ms;
}

static void tell_watching(const dx_index_options *options, const dx_changes *c)
{
    char seconds[DX_FORMAT_BYTES];

    if (options->quiet)
        return;
    if (dx_changes_are_told(c))
        dx_notice_error(DX_NOTICE_WATCHING);
    else
        dx_notice_error(options->poll ? DX_NOTICE_POLLING : DX_NOTICE_NO_WATCHES,
            dx_notice_number(DX_CHANGES_POLL_MS / 1000, seconds));
}

static int run_and_wait(dx_index_options *options, dx_changes *c)
{
    const atomic_bool *stop = dx_interrupt_watch();
    dx_error err = {0};
    dx_said said = {0};

    while (!atomic_load(stop)) {
        double started_s = dx_progress_now_s();
        dx_status failure;
        int status = dx_index_run_once(options, &said, &failure);
        if (atomic_load(stop))
            break;
        if (status == DX_EXIT_USAGE ||
            (failure != DX_OK && failure != DX_ERR_BUSY))
            return status;
        if (said.runs == 1)
            tell_watching(options, c);
        unsigned pause_ms = pause_after(dx_progress_now_s() - started_s);
        if (failure != DX_OK) {
            dx_changes_pause(PAUSE_MS_MIN, stop);
        } else if (dx_changes_wait(c, pause_ms, stop, &err) != DX_OK) {
            dx_notice_failure(NULL, &err);
            return DX_EXIT_FAILED;
        }
    }
    return DX_EXIT_OK;
}

int dx_index_watch(dx_index_options *options)
{
    dx_changes_options watched = {.paths = options->paths.texts,
        .count = options->paths.count, .index = options->run.index,
        .report = options->report, .poll = options->poll};
    dx_error err = {0};
    dx_changes *c;

    if (dx_changes_open(&watched, &c, &err) != DX_OK) {
        dx_notice_failure(NULL, &err);
        return DX_EXIT_FAILED;
    }
    int status = run_and_wait(options, c);
    dx_changes_close(c);
    return status;
}
