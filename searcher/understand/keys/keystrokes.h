/* keystrokes.h -- queries typed in Telex or VNI with the input method off.
 *
 *     chuyeenr ddooir soos  ->  chuyển đổi số */
#ifndef DX_SEARCHER_UNDERSTAND_KEYS_KEYSTROKES_H
#define DX_SEARCHER_UNDERSTAND_KEYS_KEYSTROKES_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/query/query.h"

/** The query with its keystrokes decoded, in `arena`; NULL when it has none.
 *  A word is taken for keystrokes where the index has the decoded syllable in
 *  more documents than what was typed; with `unknown_only`, where it does not
 *  have that at all. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_keystrokes_decode(const dx_generation *g,
    const dx_query *q, bool unknown_only, dx_arena *arena, const char **out);

#endif
