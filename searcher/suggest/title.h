/* title.h -- the titles with all the words that were typed, in a row. */
#ifndef DX_SEARCHER_SUGGEST_TITLE_H
#define DX_SEARCHER_SUGGEST_TITLE_H

#include <stdint.h>

#include "common/base/status.h"
#include "searcher/suggest/list.h"
#include "searcher/suggest/typed.h"

/** Adds titles until the list has `most`, newest first. Fails with NOMEM or
 *  CORRUPT. */
DX_NODISCARD dx_status dx_suggest_titles(const dx_typed *typed, uint32_t most,
    dx_suggest_list *out);

#endif
