/* written.h -- how articles write a word: an abbreviation or a name is no slip. */
#ifndef DX_SEARCHER_UNDERSTAND_TYPOS_WRITTEN_H
#define DX_SEARCHER_UNDERSTAND_TYPOS_WRITTEN_H

#include <stdbool.h>

#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/query/query.h"

/** Whether a word is in some title as it is spelt. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_written_in_title(const dx_generation *g,
    const dx_query_word *w, bool *is);

/** Whether a few articles, from all over the index, mostly write it in capitals only.
 *  Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_written_in_capitals(const dx_generation *g,
    const dx_query_word *w, bool *is);

#endif
