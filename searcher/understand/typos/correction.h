/* correction.h -- a corrected query, in which what was typed still counts. */
#ifndef DX_SEARCHER_UNDERSTAND_TYPOS_CORRECTION_H
#define DX_SEARCHER_UNDERSTAND_TYPOS_CORRECTION_H

#include "common/base/status.h"
#include "searcher/query/query.h"
#include "searcher/understand/typos/slip.h"

/** Lets the word of `typed` that `slip` is about stand in for the one in its place in
 *  `corrected`, the same query with the slip put right, unless something else does
 *  already. Where only marks differ, it
 *  weighs what other spellings weigh beside a reading. Fails with NOMEM. */
DX_NODISCARD dx_status dx_correction_keep_typed(dx_query *corrected,
    const dx_query *typed, const dx_slip *slip);

#endif
