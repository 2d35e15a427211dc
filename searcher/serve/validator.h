/* validator.h -- by what a cache can tell whether it still has the answer to a request
 * (RFC 9110, 8.8 and 13): what the index holds, the settings, the version of dx, and all of
 * the request that an answer depends on. So an answer that a browser has costs no search.
 *
 * The tags are weak, since servers compress answers on the way. Where age counts in ranking,
 * an answer also depends on the day. */
#ifndef DX_SEARCHER_SERVE_VALIDATOR_H
#define DX_SEARCHER_SERVE_VALIDATOR_H

#include <stdbool.h>

#include "searcher/serve/request.h"
#include "searcher/serve/response.h"
#include "searcher/serve/site.h"

typedef struct dx_validator {
    char tag[24];       /* W/"0123456789abcdef" */
    char modified[32];  /* "Tue, 01 Dec 2026 02:00:00 GMT", or "" */
} dx_validator;

/** `ix` may be NULL. */
dx_validator dx_validator_of(const dx_site *site, dx_index *ix,
    const dx_web_request *request);

/** Whether who asks has the answer already: If-None-Match, or without that If-Modified-Since
 *  with the very time that it was told. A suffix that a server has put to the tag for a
 *  compressed answer ("…-gzip") does not matter. "*" matches nothing: whether there is an
 *  answer at all is known only after the search. */
bool dx_validator_matches(const dx_validator *v, const dx_web_request *request);

/** Sets ETag and Last-Modified. */
void dx_validator_put(const dx_validator *v, dx_response *r);

#endif
