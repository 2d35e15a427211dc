/* page.h -- the page that a browser gets, in Vietnamese, without scripts. */
#ifndef DX_SEARCHER_OUTPUT_HTML_PAGE_H
#define DX_SEARCHER_OUTPUT_HTML_PAGE_H

#include "common/base/buf.h"
#include "searcher/output/html/request.h"

/** The form alone. */
void dx_page_put_start(dx_buf *out, uint64_t articles);

/** Form and results; `rs` was asked for one hit more than a page has, so that
 *  it is known whether there is a next page. Takes its hits. */
void dx_page_put_results(dx_buf *out, const dx_cgi_request *request,
    dx_results *rs, uint64_t articles);

/** A page that says `title` and `text`, in plain words. */
void dx_page_put_error(dx_buf *out, const char *title, const char *text);

#endif
