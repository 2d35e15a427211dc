/* facts.h -- what a page says about its article. */
#ifndef DX_INDEXER_INPUT_HTML_FACTS_H
#define DX_INDEXER_INPUT_HTML_FACTS_H

#include "indexer/input/article.h"
#include "indexer/input/html/dom.h"

/** Reads title, lead, author, source, category, tags, url and date of the
 *  page from linked data, microdata, metas, known classes and labels, in this
 *  order; strings in `arena`. `ld_body` becomes the text that linked data gives
 *  as the article's, or empty. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_html_facts(const dx_dom *dom, dx_arena *arena,
    dx_article *out, dx_str *ld_body, dx_error *err);

/** What is left to say once the body's own byline and labels were read: the
 *  publisher as source, the page's author meta as author. */
DX_NODISCARD dx_status dx_html_late_facts(const dx_dom *dom, dx_arena *arena,
    dx_article *out, dx_error *err);

#endif
