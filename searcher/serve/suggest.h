/* suggest.h -- how what is being typed may go on, as browsers and the pages' script ask. */
#ifndef DX_SEARCHER_SERVE_SUGGEST_H
#define DX_SEARCHER_SERVE_SUGGEST_H

#include "searcher/output/format.h"
#include "searcher/serve/request.h"
#include "searcher/serve/response.h"

/** Writes ["typed",["suggestion",…]] into the body (OpenSearch Suggestions 1.0); no
 *  suggestions where the site has none. Fails as dx_suggest() does, having told r->log. */
DX_NODISCARD dx_status dx_web_suggest(dx_index *ix, const dx_web_request *request,
    const dx_view *view, dx_response *r);

#endif
