/* html.h -- the parts of the HTML reader: where a page's article is, and what
 * the page says about it. Internal to the reader. */
#ifndef DX_INDEXER_INPUT_HTML_HTML_H
#define DX_INDEXER_INPUT_HTML_HTML_H

#include "indexer/input/article.h"
#include "indexer/input/html/dom.h"
#include "indexer/input/text/paras.h"

/** A page that the parser can take in linear time: *out is `html`, or a copy in
 *  `arena` without the tags that nest absurdly deep. DX_ERR_LIMIT when it has
 *  more elements than a page can have. */
DX_NODISCARD dx_status dx_html_tame(dx_str html, dx_arena *arena, dx_str *out,
    dx_error *err);

/** Reads title, lead, author, source, category, tags, url and date of the
 *  page from linked data, microdata, metas, known classes and labels, in this
 *  order; strings in `arena`. `lead_node` becomes the element that holds the
 *  lead, or DX_DOM_NONE. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_html_facts(const dx_dom *dom, dx_arena *arena,
    dx_article *out, dx_str *ld_body, dx_error *err);

/** What is left to say once the body's own byline and labels were read: the
 *  publisher as source, the page's author meta as author. */
DX_NODISCARD dx_status dx_html_late_facts(const dx_dom *dom, dx_arena *arena,
    dx_article *out, dx_error *err);

/** The article's paragraphs, from the element known to hold it, else from the
 *  one with the most text outside links. */
DX_NODISCARD dx_status dx_html_paras(const dx_dom *dom, dx_arena *arena,
    dx_paras *out, dx_error *err);

#endif
