/* marks.h -- did you mean: a query typed with the wrong marks, or with some of
 * them, judged by how the words are spelt beside one another in the index.
 *
 *     chuyen dôi sô  ->  chuyển đổi số */
#ifndef DX_SEARCHER_UNDERSTAND_TYPOS_MARKS_H
#define DX_SEARCHER_UNDERSTAND_TYPOS_MARKS_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/query/query.h"

/** The query with the marks that it should probably have, in `arena`. NULL when
 *  its own may be meant: no marked word is a rare spelling, one that would change
 *  stands beside a neighbour in the index as typed, or no other spelling is
 *  sure. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_marks_correct(const dx_generation *g,
    const dx_query *q, dx_arena *arena, const char **out);

#endif
