/* i_or_y.h -- syllables that may end in i or y alike: kỹ thuật, kĩ thuật. */
#ifndef DX_SEARCHER_UNDERSTAND_NAMES_I_OR_Y_H
#define DX_SEARCHER_UNDERSTAND_NAMES_I_OR_Y_H

#include <stdbool.h>

#include "common/base/status.h"
#include "searcher/understand/names/finder.h"

/** Adds the other spelling of each word in the row that was typed with a mark
 *  and for which nothing stands in yet, where the index has it. Fails with
 * NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_i_or_y_add(dx_finder *f);

#endif
