/* postings.h -- checks that the lists of a segment agree with its texts. */
#ifndef DX_INDEX_CHECK_POSTINGS_H
#define DX_INDEX_CHECK_POSTINGS_H

#include "common/base/status.h"
#include "common/index/check/report.h"
#include "common/index/segment/segment.h"

/** Compares lists, rows and lengths with the texts. The structure must be
 *  sound. Fails with NOMEM. */
DX_NODISCARD dx_status dx_check_postings(dx_checker *c, const dx_segment *s);

#endif
