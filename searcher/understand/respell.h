/* respell.h -- a query with some of its words spelt in another way. */
#ifndef DX_SEARCHER_UNDERSTAND_RESPELL_H
#define DX_SEARCHER_UNDERSTAND_RESPELL_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "searcher/query/query.h"

/** The query as typed, but with spelling[w] in the place of words[w] wherever
 *  that is not empty; there are q->typed_count of them. In `arena`; fails with
 *  NOMEM. */
DX_NODISCARD dx_status dx_query_respell(const dx_query *q,
    const dx_str *spelling, dx_arena *arena, const char **out);

#endif
