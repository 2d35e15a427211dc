/* structure.h -- checks that everything in a segment except its lists decodes,
 * is in order and in range. */
#ifndef DX_INDEX_CHECK_STRUCTURE_H
#define DX_INDEX_CHECK_STRUCTURE_H

#include "common/base/status.h"
#include "common/index/check/report.h"
#include "common/index/segment/segment.h"

/** Checks dictionary, word forms, columns, stored fields and ids. Fails with
 *  NOMEM. */
DX_NODISCARD dx_status dx_check_structure(dx_checker *c, const dx_segment *s);

#endif
