/* fixed.h -- what is the same whatever is searched for: the pages' script, and the
 * description of the search for browsers. Neither needs an index. */
#ifndef DX_SEARCHER_SERVE_FIXED_H
#define DX_SEARCHER_SERVE_FIXED_H

#include <stdbool.h>

#include "searcher/output/format.h"
#include "searcher/serve/request.h"
#include "searcher/serve/response.h"

/** Answers a request for one of these; false when it is for something else. The script may
 *  be kept for a year under the version that it has now. */
bool dx_web_answer_fixed(const dx_web_request *request, const dx_view *view,
    dx_response *r);

#endif
