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

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/segment/generation.h"

#define DX_SUGGEST_MAX 20u
#define DX_SUGGEST_WORDS_MAX 16u /* of what is typed; more is not understood   \
                                  */

typedef struct dx_suggest_list {
    const char *text[DX_SUGGEST_MAX]; /* in the caller's arena, best first */
    uint32_t count, limit;            /* limit <= DX_SUGGEST_MAX */
} dx_suggest_list;

/** Appends suggestions for `typed` (UTF-8, any bytes): the last word is
 *  unfinished unless white space follows it. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_suggest_from(const dx_generation *g, dx_str typed,
    dx_arena *arena, dx_suggest_list *out);

#endif
