/* like.h -- more like this: a query made of an article.
 *
 * Its parts are the article's most telling ones: accented syllables, and pairs of
 * neighbours, by how often they stand in it and how rare they are elsewhere
 * (tf·idf). Nearly all are pairs: Vietnamese words have two syllables more often
 * than one. A pair counts as such only, not by its syllables too: the halves of
 * an article find each other as well, in half the time (docs/DECISIONS.md,
 * "More like this"). */
#ifndef DX_SEARCHER_ANSWER_SELECT_LIKE_H
#define DX_SEARCHER_ANSWER_SELECT_LIKE_H

#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/answer/select/doc_ref.h"
#include "searcher/match/rank/ranked.h"
#include "searcher/query/query.h"

#define DX_LIKE_TERMS 30u        /* syllables and pairs in the query */
#define DX_LIKE_TOKENS_MAX 4000u /* words of the article that are looked at */

/** Adds the telling parts of `a` to `q`, which was parsed from "": none when the
 *  index has no other article with any of them. To be ranked with DX_RANK_ANY.
 *  Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_like_query(const dx_generation *g, dx_doc_ref a,
    dx_query *q);

/** Removes from *count hits, best first, `a` itself and the same article
 *  elsewhere (same_article.h), and sets *count to how many stay. Fails with NOMEM or
 *  CORRUPT. */
DX_NODISCARD dx_status dx_like_drop(const dx_generation *g, dx_doc_ref a,
    dx_ranked *hits, uint32_t *count);

#endif
