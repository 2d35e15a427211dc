/* run_report.h -- what the user sees of a run: progress, skipped files, the
 * summary; and the report as JSONL. */
#ifndef DX_INDEXER_CLI_INDEX_RUN_REPORT_H
#define DX_INDEXER_CLI_INDEX_RUN_REPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "indexer/cli/index/index_options.h"
#include "indexer/cli/index/reasons.h"
#include "indexer/cli/index/said.h"
#include "indexer/cli/progress.h"

typedef struct dx_run_report {
    const dx_index_options *options;
    dx_progress progress;
    dx_phase phase; /* that the line was shown in last */
    double started_s;
    dx_said *said; /* borrowed, or NULL */
    uint64_t lines_told, skips_untold;
    uint64_t skipped_file; /* hash of the one that was told last */
    bool has_lost_path; /* a path that was given is not there, or an empty folder */
    dx_reasons reasons; /* for which something was skipped */
    dx_reasons types;   /* that were ignored, by extension */
    FILE *file; /* owned, or NULL */
} dx_run_report;

/** Opens the file of --report and hooks the report into options->run. With `said`, which
 *  may be NULL, only news is told. False, with
 *  a message printed, when the file cannot be written. */
bool dx_run_report_start(dx_run_report *report, dx_index_options *options,
    dx_said *said);

/** Prints the summary and closes the file. False when something could not be
 *  written. */
bool dx_run_report_finish(dx_run_report *report, const dx_run_totals *totals);

/** Says that the run took nothing in; of --watch once. */
void dx_run_report_tell_nothing(const dx_run_report *report);

/** After a failed run: wipes the live line, closes the file. */
void dx_run_report_abandon(dx_run_report *report);

#endif
