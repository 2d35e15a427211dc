/* The script and the description. */
#include "searcher/serve/fixed.h"

#include <string.h>

#include "searcher/output/html/script.h"
#include "searcher/output/xml/description.h"

bool dx_web_is_current_script(const dx_web_request *request)
{
    return request->asked == DX_ASKED_SCRIPT &&
           strcmp(request->version, dx_script_version) == 0;
}

bool dx_web_answer_fixed(const dx_web_request *request, const dx_view *view,
    dx_response *r)
{
    if (request->asked == DX_ASKED_SCRIPT) {
        r->mime = "text/javascript";
        dx_buf_puts(&r->body, dx_script);
        return true;
    }
    if (request->asked == DX_ASKED_DESCRIPTION) {
        r->mime = DX_DESCRIPTION_MIME;
        dx_description_put(&r->body, view);
        return true;
    }
    return false;
}
