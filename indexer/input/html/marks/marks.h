/* marks.h -- what the page's makers or the index's operator marked as the
 * article.
 *
 *     <div data-dx-body> … <p data-dx-ignore> … </div>
 *     <span data-dx-field="author">Lò Thị Mẫu</span>
 *     <meta data-dx-field="date" content="2024-03-12">
 *
 * An operator's selectors (selectors.h) come before the page's own marks, and
 * both before whatever else tells where the article is. */
#ifndef DX_INDEXER_INPUT_HTML_MARKS_MARKS_H
#define DX_INDEXER_INPUT_HTML_MARKS_MARKS_H

#include "indexer/input/article.h"
#include "indexer/input/html/dom.h"
#include "indexer/input/html/marks/selectors.h"

typedef struct dx_html_marks {
    const dx_site_selectors *site; /* NULL: none is for this page */
    dx_dom body; /* what is marked as the body and nothing else; count is 0
                    where nothing is */
    const char
        *from;    /* who says where the body is: "selectors", "data-dx-body" */
    bool has_own; /* the page has data-dx- attributes */
    bool has_title; /* the title is marked: it is an article, then */
} dx_html_marks;

/** Takes out of `dom` what is marked to be ignored, and finds the body. `site`:
 * the operator's section for it, or NULL. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_html_marks_find(dx_dom *dom,
    const dx_site_selectors *site, dx_arena *arena, dx_html_marks *out,
    dx_error *err);

/** Sets those fields of `a` that are marked, whatever it had before, in
 * `arena`. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_html_marks_fields(dx_html_marks *marks,
    const dx_dom *dom, dx_arena *arena, dx_article *a, dx_error *err);

#endif
