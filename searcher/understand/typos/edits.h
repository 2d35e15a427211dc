/* edits.h -- the syllables that one edit makes of a word without marks: a letter
 * more, less, another, or two exchanged. */
#ifndef DX_SEARCHER_UNDERSTAND_TYPOS_EDITS_H
#define DX_SEARCHER_UNDERSTAND_TYPOS_EDITS_H

#include <stdbool.h>

#include "common/base/status.h"
#include "common/base/str.h"

#define DX_EDITS_MAX_LETTERS 8u /* of a word; no syllable is longer */

/** Calls `each` for every one of them, some twice, until a call does not return
 *  DX_OK, and returns what that returned. `word` has small ASCII letters, no
 *  more than DX_EDITS_MAX_LETTERS. `near_only`: for another letter only those beside
 *  it on the keyboard. */
typedef dx_status (*dx_edit_each)(void *ctx, dx_str folded);
DX_NODISCARD dx_status dx_edits_each(dx_str word, bool near_only,
    dx_edit_each each, void *ctx);

#endif
