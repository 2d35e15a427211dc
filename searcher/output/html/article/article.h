/* article.h -- the page of one article: its stored text with the words that were searched
 * for, its fields, and what is like it. */
#ifndef DX_SEARCHER_OUTPUT_HTML_ARTICLE_ARTICLE_H
#define DX_SEARCHER_OUTPUT_HTML_ARTICLE_ARTICLE_H

#include "searcher/output/format.h"

/** As dx_format.article. Each mark in the text is a place to jump to: #m1, #m2 …, from which
 *  links lead to the one before and the next, without a script. */
void dx_article_put(dx_buf *out, const dx_view *view, const dx_results *rs,
    const dx_results *similar);

#endif
