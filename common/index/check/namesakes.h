/* namesakes.h -- are the ids that several articles have those that the index calls
 * contested, and do such articles differ? */
#ifndef DX_INDEX_CHECK_NAMESAKES_H
#define DX_INDEX_CHECK_NAMESAKES_H

#include "common/base/status.h"
#include "common/index/check/report.h"

/** Compares the ids of all segments, which are sound by themselves, with the record
 *  of contested ones. Fails with NOMEM, IO or VERSION. */
DX_NODISCARD dx_status dx_check_namesakes(dx_checker *c, dx_error *err);

#endif
