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

/** The query with its keystrokes decoded, in `arena`; NULL when it has none. A word
 *  may be keystrokes where the index has the decoded word in more documents than
 *  what was typed; with `unknown_only`, where it does not have that at all. It is
 *  taken for them where one word in three, and not just one, is keystrokes that the
 *  index does not know as typed, or where it makes a known pair with its neighbour
 *  and one of the two is unknown. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_keystrokes_decode(const dx_generation *g,
    const dx_query *q, bool unknown_only, dx_arena *arena, const char **out);

#endif
