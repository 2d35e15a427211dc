/* report.h -- what a check reports, meanwhile and in the end. */
#ifndef DX_INDEX_CHECK_REPORT_H
#define DX_INDEX_CHECK_REPORT_H

#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/layout/manifest.h"
#include "common/index/store/snapshot.h"

/* So many problems are reported of a segment; damage tends to come in
 * thousands. */
#define DX_CHECK_TOLD_MAX 50u

typedef struct dx_check_options {
    void *ctx; /* for the callbacks */
    /* One line: the place, and what is wrong there. */
    void (*on_problem)(void *ctx, const char *problem);
    /* Called now and then: `done` of `total`, in no particular unit. May be
     * NULL. */
    void (*on_progress)(void *ctx, uint64_t done, uint64_t total);
} dx_check_options;

typedef struct dx_check_totals {
    uint64_t problems; /* including those not reported */
    uint64_t segments, docs, deleted;
    uint64_t bytes;        /* whose checksums match */
    uint64_t lists, pairs, triples; /* lists compared with the texts */
    uint64_t left_over; /* records left by a killed run: harmless, the next run
                           removes them */
} dx_check_totals;

/* ---- for the checks ---- */

#define DX_CHECK_STEP_DOCS 256u /* documents between reports of progress */

typedef struct dx_checker {
    const dx_check_options *options;
    dx_check_totals *totals;
    dx_snapshot *snapshot;
    const dx_manifest *manifest;
    uint32_t segment;        /* the one being checked, for messages */
    uint64_t segment_problems;
    uint64_t done, total;    /* progress */
} dx_checker;

/** Counts a problem of the index and reports it. */
void dx_check_tell(dx_checker *c, const char *line);

/** Counts a problem of the segment being checked, and reports it unless there
 *  were too many. */
void dx_check_problem(dx_checker *c, const char *fmt, ...) DX_PRINTF(2, 3);

/** Reports `steps` more of progress. */
void dx_check_step(dx_checker *c, uint64_t steps);

#endif
