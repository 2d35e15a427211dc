/* fixed.h -- what is the same whatever is searched for: the pages' script, and the
 * description of the search for browsers. Neither needs an index. */
#ifndef DX_SEARCHER_SERVE_FIXED_H
#define DX_SEARCHER_SERVE_FIXED_H

#include <stdbool.h>

#include "searcher/output/format.h"
#include "searcher/serve/request.h"
#include "searcher/serve/response.h"

/** Whether it is the script that is asked for, by the version that it has now. */
bool dx_web_is_current_script(const dx_web_request *request);

/** Answers a request for one of these; false when it is for something else. A script of
 *  another version, as a page of before names, is answered with that of now. */
bool dx_web_answer_fixed(const dx_web_request *request, const dx_view *view,
    dx_response *r);

#endif
