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

/* What each pass over a segment is worth, in steps a document: about the time that it
 * takes. */
typedef enum dx_check_pass {
    DX_CHECK_CHUNKS = 1,
    DX_CHECK_FIELDS = 1,
    DX_CHECK_TEXTS = 8,
    DX_CHECK_EXACT_LISTS = 2,
    DX_CHECK_TRIPLES = 1,
    DX_CHECK_FOLDED_LISTS = 4,
    DX_CHECK_IDS = 1,
    DX_CHECK_ALL = 18
} dx_check_pass;

typedef struct dx_checker {
    const dx_check_options *options;
    dx_check_totals *totals;
    dx_snapshot *snapshot;
    const dx_manifest *manifest;
    uint32_t segment;        /* the one being checked, for messages */
    uint64_t segment_problems;
    uint64_t done, total;    /* progress */
    uint64_t pass_steps, pass_told; /* of the pass under way */
} dx_checker;

/** Counts a problem of the index and reports it. */
void dx_check_tell(dx_checker *c, const char *line);

/** Counts a problem of the segment being checked, and reports it unless there
 *  were too many. */
void dx_check_problem(dx_checker *c, const char *fmt, ...) DX_PRINTF(2, 3);

/** Begins a pass over `docs` documents. Where another one was not done, it is now. */
void dx_check_begin(dx_checker *c, dx_check_pass pass, uint64_t docs);
/** Reports that `i` of `of` of the pass is done. */
void dx_check_at(dx_checker *c, uint64_t i, uint64_t of);

#endif
