/* page_data.h -- the article of a page that a script is to draw, from the script's data.
 *
 *     <script id="__NEXT_DATA__" type="application/json">{"props": {"pageProps":
 *         {"article": {"title": …, "content": "<p>…"}, "related": [{"title": …}]}}}
 *     <script>window.__INITIAL_STATE__ = {"article": …};
 *     <script id="__NUXT_DATA__" type="application/json">[{"data": 1}, …     devalue.h */
#ifndef DX_INDEXER_INPUT_HTML_PAGE_DATA_H
#define DX_INDEXER_INPUT_HTML_PAGE_DATA_H

#include "common/base/arena.h"
#include "common/base/status.h"
#include "indexer/input/article.h"
#include "indexer/input/html/dom.h"
#include "indexer/input/source.h"

/** Looks in the page's JSON for the object that has a text and the title of `out`. What
 *  `out` lacks is taken from it, the body last; strings are in `arena`. JSON that is
 *  broken or too deep is passed over. Fails with NOMEM or LIMIT. */
DX_NODISCARD dx_status dx_html_page_data(const dx_dom *dom,
    const dx_input_options *options, dx_arena *arena, dx_article *out, dx_error *err);

#endif
