/* request.h -- what a caller wants, read once and checked. */
#ifndef DX_SEARCHER_ANSWER_REQUEST_H
#define DX_SEARCHER_ANSWER_REQUEST_H

#include <stdbool.h>

#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/include/dx/search.h"
#include "searcher/match/rank/rank.h"

/** Reads `from`, NULL for the defaults, into `to`: fields that an older
 * caller's struct does not have keep their defaults. INVALID, with a message,
 * when its size is 0 or a value is out of its range. */
DX_NODISCARD dx_status dx_request_read(const dx_request *from, dx_request *to,
    dx_error *err);

/** What it means for the ranking of `g`, with the time running from `start_ms`
 *  (dx_now_ms()). */
dx_rank_options dx_request_rank_options(const dx_request *r,
    const dx_generation *g, double start_ms);

/** Whether something is read into the words. Who asks for all or any of them
 *  means these words. */
bool dx_request_understands(const dx_request *r);

#endif
