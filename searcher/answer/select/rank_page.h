/* rank_page.h -- the hits of a page: ranked, and then sifted, so that the page
 * is full all the same. */
#ifndef DX_SEARCHER_ANSWER_SELECT_RANK_PAGE_H
#define DX_SEARCHER_ANSWER_SELECT_RANK_PAGE_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/answer/select/doc_ref.h"
#include "searcher/match/rank/rank.h"
#include "searcher/query/query.h"

/** Ranks `q` over `g` as dx_rank() does. With `collapse`, unless the query says
 *  `dup:no`, `dup:yes` or `dup:ID`, the same articles (same_article.h) become
 * one hit; with `like`, NULL for none, that article, wherever it was published,
 * is no hit. When time is up while more are ranked to fill the page, it stays
 * as it was. Fails likewise. */
DX_NODISCARD dx_status dx_rank_page(const dx_generation *g, const dx_query *q,
    const dx_rank_options *options, bool collapse, const dx_doc_ref *like,
    dx_arena *arena, dx_ranking *out);

#endif
