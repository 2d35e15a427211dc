/* check_internal.h -- what check.c (the index), check_segment.c (a segment's
 * structure) and check_postings.c (its agreement) share. */
#ifndef DX_INDEX_CHECK_CHECK_INTERNAL_H
#define DX_INDEX_CHECK_CHECK_INTERNAL_H

#include <stdbool.h>

#include "common/index/check/check.h"
#include "common/index/segment/layout/manifest.h"
#include "common/index/segment/segment.h"
#include "common/index/store/snapshot.h"

typedef struct dx_checker {
    const dx_check_options *options;
    dx_check_totals *totals;
    dx_snapshot *snapshot;
    const dx_manifest *manifest;
    uint32_t segment;        /* number of the one being checked, for messages */
    uint64_t segment_problems;
    uint64_t done, total;    /* progress */
} dx_checker;

/** Counts a problem of the segment being checked and tells it, unless too many
 *  have been. */
void dx_check_problem(dx_checker *c, const char *fmt, ...) DX_PRINTF(2, 3);

/** Notes `steps` more of progress. */
void dx_check_step(dx_checker *c, uint64_t steps);

/** Compares the chunks of an entry's segment with the checksums in its head,
 *  and the head with its own and with the manifest. */
DX_NODISCARD dx_status dx_check_chunks(dx_checker *c,
    const dx_segment_entry *entry, dx_error *err);

/** Dictionary, forms and columns. */
DX_NODISCARD dx_status dx_check_structure(dx_checker *c, const dx_segment *s);

/** Texts against lists, rows and lengths. The structure must be sound. Takes
 *  2 * s->docs steps. */
DX_NODISCARD dx_status dx_check_postings(dx_checker *c, const dx_segment *s);

#endif
