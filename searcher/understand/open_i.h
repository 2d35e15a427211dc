/* open_i.h -- syllables that may end in i or y alike: kỹ thuật, kĩ thuật. */
#ifndef DX_SEARCHER_UNDERSTAND_OPEN_I_H
#define DX_SEARCHER_UNDERSTAND_OPEN_I_H

#include <stdbool.h>

#include "common/base/status.h"
#include "searcher/understand/synonyms_internal.h"

/** Adds the other spelling of each word in the run that was typed with a mark
 *  and for which nothing stands in yet, where the index has it. Fails with NOMEM
 *  or CORRUPT. */
DX_NODISCARD dx_status dx_open_i_add(dx_applier *x);

#endif
