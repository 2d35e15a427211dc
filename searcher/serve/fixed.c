/* The script and the description. */
#include "searcher/serve/fixed.h"

#include <string.h>

#include "searcher/output/html/script.h"
#include "searcher/output/xml/description.h"

static void put_script(const dx_web_request *request, dx_response *r)
{
    bool is_current = strcmp(request->version, dx_script_version) == 0;

    r->mime = "text/javascript";
    if (is_current) /* another one is that of a page of before */
        dx_response_set(r, "Cache-Control", "public, max-age=31536000, immutable");
    dx_buf_puts(&r->body, dx_script);
}

bool dx_web_answer_fixed(const dx_web_request *request, const dx_view *view,
    dx_response *r)
{
    if (request->asked == DX_ASKED_SCRIPT) {
        put_script(request, r);
        return true;
    }
    if (request->asked == DX_ASKED_DESCRIPTION) {
        r->mime = DX_DESCRIPTION_MIME;
        dx_description_put(&r->body, view);
        return true;
    }
    return false;
}
