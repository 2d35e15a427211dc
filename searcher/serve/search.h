/* search.h -- answers a request for results. */
#ifndef DX_SEARCHER_SERVE_SEARCH_H
#define DX_SEARCHER_SERVE_SEARCH_H

#include "searcher/serve/request.h"
#include "searcher/serve/response.h"
#include "searcher/serve/site.h"

/** What every answer to `request` shows and knows. `ix` may be NULL. It borrows from
 *  `site` and `request`. */
dx_view dx_web_view(const dx_site *site, dx_index *ix, const dx_web_request *request);

/** Searches, adds to the site's log of queries, and writes the results into the body.
 *  Fails as dx_search() and dx_like() do, and with NOMEM or LIMIT when they do not fit;
 *  r->log says why, unless it is that no article has the id. */
DX_NODISCARD dx_status dx_web_search(const dx_site *site, dx_index *ix,
    const dx_web_request *request, const dx_view *view, dx_response *r);

#endif
