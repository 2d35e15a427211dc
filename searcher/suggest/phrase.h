/* phrase.h -- the frequent phrases that what was typed may become. */
#ifndef DX_SEARCHER_SUGGEST_PHRASE_H
#define DX_SEARCHER_SUGGEST_PHRASE_H

#include <stdint.h>

#include "common/base/status.h"
#include "searcher/suggest/list.h"
#include "searcher/suggest/typed.h"

/** Adds phrases until the list has `most`. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_suggest_phrases(const dx_typed *typed, uint32_t most,
    dx_suggest_list *out);

#endif
