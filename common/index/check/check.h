/* check.h -- is everything in an index as docs/FORMAT.md says?
 *
 *   checksums  of every record that has one
 *   structure  every array, string, list, row, text and block decodes, is in
 *              order and in range
 *   agreement  the texts are counted anew, and every posting of every list and
 *              pair compared with what they say
 *
 * The last is the point: a list that decodes well may still be the wrong one.
 * About 130 ns a word; memory grows with the largest dictionary only. */
#ifndef DX_INDEX_CHECK_CHECK_H
#define DX_INDEX_CHECK_CHECK_H

#include <stdint.h>

#include "common/base/status.h"
#include "common/index/store/snapshot.h"

/* Problems told of each segment; damage tends to come in thousands. */
#define DX_CHECK_TOLD_MAX 50u

typedef struct dx_check_options {
    void *ctx; /* for the callbacks */
    /* One line of text: the place and what is wrong there. */
    void (*on_problem)(void *ctx, const char *problem);
    /* Now and then; `done` of `total` in no particular unit. May be NULL. */
    void (*on_progress)(void *ctx, uint64_t done, uint64_t total);
} dx_check_options;

typedef struct dx_check_totals {
    uint64_t problems; /* also those not told */
    uint64_t segments, docs, deleted;
    uint64_t bytes;        /* that agree with their checksums */
    uint64_t lists, pairs, triples; /* lists compared with the texts */
    uint64_t left_over; /* records of a run that was killed: harmless, the next
                           run removes them */
} dx_check_totals;

/** Checks the index that `snapshot` shows. Damage is a problem, not a failure:
 *  fails only with NOMEM, IO or VERSION. */
DX_NODISCARD dx_status dx_check(dx_snapshot *snapshot,
    const dx_check_options *options, dx_check_totals *totals, dx_error *err);

#endif
