/* cors.h -- whose scripts may read answers besides those of the site itself: what the owner
 * set as `origins` (https://fetch.spec.whatwg.org, 3.2). */
#ifndef DX_SEARCHER_SERVE_CORS_H
#define DX_SEARCHER_SERVE_CORS_H

#include <stdbool.h>

#include "searcher/serve/request.h"
#include "searcher/serve/response.h"
#include "searcher/serve/site.h"

/** Sets the headers that let the page at request->head.origin read the answer, if it may;
 *  and Vary, for all that an answer depends on besides the address. */
void dx_cors_put(const dx_site *site, const dx_web_request *request, dx_response *r);

/** Answers OPTIONS, which browsers send before a request with headers of its own, for pages
 *  that may read answers; false for anything else. */
bool dx_cors_answer_preflight(const dx_site *site, const dx_web_request *request,
    dx_response *r);

#endif
