/* check.h -- checks that everything in an index is as docs/FORMAT.md says.
 *
 *   checksums  every record that has one matches it
 *   structure  every array, string, list, row, text and block decodes, is in
 *              order and in range
 *   agreement  every posting of every list and pair is what the texts say when
 *              counted anew
 *
 * The last is the point: a list that decodes well may still be the wrong one.
 * Takes about 130 ns a word. Memory grows only with the largest dictionary. */
#ifndef DX_INDEX_CHECK_CHECK_H
#define DX_INDEX_CHECK_CHECK_H

#include "common/base/status.h"
#include "common/index/check/report.h"
#include "common/index/store/snapshot.h"

/** Checks the index that `snapshot` shows. Damage is a problem, not a failure:
 *  fails only with NOMEM, IO or VERSION. */
DX_NODISCARD dx_status dx_check(dx_snapshot *snapshot,
    const dx_check_options *options, dx_check_totals *totals, dx_error *err);

#endif
