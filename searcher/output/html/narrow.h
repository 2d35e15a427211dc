/* narrow.h -- beside the results: other orders, and filters with how many
 * articles each leaves. All are links, so that no script is needed. */
#ifndef DX_SEARCHER_OUTPUT_HTML_NARROW_H
#define DX_SEARCHER_OUTPUT_HTML_NARROW_H

#include "common/base/buf.h"
#include "searcher/output/html/request.h"
#include "searcher/include/dx/search.h"

#define DX_CGI_FACET_VALUES 6u /* of each field */

/** Nothing when there is nothing to put in order. */
void dx_page_put_orders(dx_buf *out, const dx_cgi_request *request,
    const dx_results *rs);

/** Only values that some of the results have and others not; nothing without
 *  any. */
void dx_page_put_filters(dx_buf *out, const dx_cgi_request *request,
    const dx_results *rs);

#endif
