/* suggest.h -- how what is being typed may go on: frequent phrases and titles
 * of the index, as they are written there.
 *
 * Nothing is stored for this. The pairs that begin with a word are a row of the
 * index, with document frequencies, so the phrases that follow "chuyen d" are
 * the most frequent pairs of `chuyen` whose second syllable begins with d, each
 * followed further as long as most of its documents go on alike. A few
 * documents with the phrase tell how it is spelt. Titles are those with all the
 * words.
 *
 * Asked of the largest segment only: what came since the last merge is missing.
 * A dictionary of titles and phrases was rejected: it would say nothing that
 * these lists do not. */
#ifndef DX_SEARCHER_SUGGEST_SUGGEST_H
#define DX_SEARCHER_SUGGEST_SUGGEST_H

#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/segment/generation.h"
#include "searcher/suggest/list.h"

/** Adds suggestions for `text` (UTF-8, any bytes), best first: its last word is
 *  unfinished unless white space follows it. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_suggest_from(const dx_generation *g, dx_str text,
    dx_suggest_list *out);

#endif
