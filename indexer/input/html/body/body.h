/* body.h -- where a page's article is. */
#ifndef DX_INDEXER_INPUT_HTML_BODY_BODY_H
#define DX_INDEXER_INPUT_HTML_BODY_BODY_H

#include "indexer/input/html/dom.h"
#include "indexer/input/text/paras.h"

/** The article's paragraphs, from the element known to hold it, else from the
 *  one with the most text outside links. */
DX_NODISCARD dx_status dx_html_paras(const dx_dom *dom, dx_arena *arena,
    dx_paras *out, dx_error *err);

#endif
