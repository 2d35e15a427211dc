/* alike.h -- `dup:ID`: an article and wherever else the same one was published. */
#ifndef DX_SEARCHER_ANSWER_SELECT_ALIKE_H
#define DX_SEARCHER_ANSWER_SELECT_ALIKE_H

#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/query/query.h"

/* What is compared with the article: those most like it. */
#define DX_ALIKE_REACH 256u

typedef enum dx_dup_value { DX_DUP_YES, DX_DUP_NO, DX_DUP_ID } dx_dup_value;

/** What the value of a filter `dup:` says: yes (có), no (không), or the id of an
 *  article. */
dx_dup_value dx_dup_value_of(dx_str value);

/** Sets `documents` of each `dup:ID` in `q`, in its arena: the article with this
 *  id and those that are the same (same_article.h); none when no article has it.
 *  Costs a search like dx_like() for each. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_alike_find(const dx_generation *g, dx_query *q);

#endif
