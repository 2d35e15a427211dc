/* meant.h -- a query to the letter: the articles that a reader has in mind.
 *
 * A search finds words in any spelling, wherever they stand, and ranks those first
 * that have them as they were meant. By date there is no such order. So the words
 * are taken as they were typed with accents, or read, and where two of them
 * are known to go together, side by side; nothing stands in for them:
 *
 *     quy hoạch đất đai Hải Phòng    "quy hoạch" "đất đai" "Hải Phòng"
 *     quy hoach dat dai              likewise, as it is read
 *     Vinamilk cổ phiếu              Vinamilk "cổ phiếu" */
#ifndef DX_SEARCHER_UNDERSTAND_MEANT_H
#define DX_SEARCHER_UNDERSTAND_MEANT_H

#include <stdbool.h>

#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/query/query.h"

/** Makes *out of `q`, when that is plain words and filters: the same words to the
 *  letter. *narrower: it may find less; else *out is empty. It borrows the strings
 *  of `q`; free it in any case. Costs a look at each word's lists. Fails with NOMEM
 *  or CORRUPT. */
DX_NODISCARD dx_status dx_meant_make(const dx_generation *g, const dx_query *q,
    dx_query *out, bool *narrower);

/** Makes *out of `q` and what dx_meant_make() made of it: what `q` finds and
 *  `meant` does not. It borrows the strings of both; free it in any case. Fails
 *  with NOMEM, or LIMIT when there are too many words. */
DX_NODISCARD dx_status dx_meant_others(const dx_query *q, const dx_query *meant,
    dx_query *out);

#endif
