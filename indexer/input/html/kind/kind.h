/* kind.h -- whether a page is an article, or what else. */
#ifndef DX_INDEXER_INPUT_HTML_KIND_KIND_H
#define DX_INDEXER_INPUT_HTML_KIND_KIND_H

#include <stdatomic.h>

#include "indexer/input/article.h"
#include "indexer/input/html/dom.h"
#include "indexer/input/json/linked_data.h"

/** Why the page is no article: *out becomes LIST (a list or home page), SEARCH,
 *  ERROR_PAGE, UNFINISHED or PRINT, else NOT. `a` is what was read of it, body
 *  included, `ld` what its linked data say. In doubt it is an article. Fails only
 *  with NOMEM, and with INTERRUPTED when `stop`, which may be NULL, asks. */
DX_NODISCARD dx_status dx_html_kind(const dx_dom *dom, const dx_article *a,
    const dx_jsonld *ld, const atomic_bool *stop, dx_arena *arena, dx_left_out *out,
    dx_error *err);

/** Whether a script of the page, which the parser is not given, prints it as soon as
 *  it is opened. */
bool dx_html_prints_itself(dx_str html);

/** Whether the page's metas (robots, googlebot) ask not to be indexed. */
bool dx_html_is_noindex(const dx_dom *dom);

#endif
