/* structure.h -- does everything in a segment but its lists decode, is it in order and
 * in range? */
#ifndef DX_INDEX_CHECK_STRUCTURE_H
#define DX_INDEX_CHECK_STRUCTURE_H

#include "common/base/status.h"
#include "common/index/check/report.h"
#include "common/index/segment/segment.h"

/** Dictionary, word forms, columns, stored fields and ids. Fails with NOMEM. */
DX_NODISCARD dx_status dx_check_structure(dx_checker *c, const dx_segment *s);

#endif
