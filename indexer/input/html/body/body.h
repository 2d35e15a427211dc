/* body.h -- where a page's article is. */
#ifndef DX_INDEXER_INPUT_HTML_BODY_BODY_H
#define DX_INDEXER_INPUT_HTML_BODY_BODY_H

#include "common/base/stop.h"
#include "indexer/input/html/dom.h"
#include "indexer/input/text/paras.h"

/** Appends the article's paragraphs to *out: what stands in the elements that
 *  hold most of the page's text outside links, without menus, comments, lists of
 *  other articles and captions of pictures. None may be left. The texts are in
 *  `arena`. Fails with NOMEM; with INTERRUPTED when `stop`, which may be NULL, asks; and
 *  with LIMIT when a paragraph has more than 64 MiB. */
DX_NODISCARD dx_status dx_html_paras(const dx_dom *dom, const atomic_bool *stop,
    dx_arena *arena, dx_paras *out, dx_error *err);

/** Likewise all text that a reader sees, for a page where that leaves nothing. */
DX_NODISCARD dx_status dx_html_visible_paras(const dx_dom *dom,
    const atomic_bool *stop, dx_arena *arena, dx_paras *out, dx_error *err);

/** All paragraphs of a dom that is an article and nothing else, but for what is
 *  named as a menu, comments and the like within it. */
DX_NODISCARD dx_status dx_html_paras_all(const dx_dom *dom,
    const atomic_bool *stop, dx_arena *arena, dx_paras *out, dx_error *err);

#endif
