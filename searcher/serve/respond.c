/* From a request to a response: which part of the house answers, and the headers that
 * every answer has. */
#include "searcher/serve/respond.h"

#include "searcher/output/html/style.h"
#include "searcher/output/json.h"
#include "searcher/serve/fail.h"
#include "searcher/serve/fixed.h"
#include "searcher/serve/search.h"
#include "searcher/serve/suggest.h"

static void put_headers(dx_response *r)
{
    dx_response_set(r, "Cache-Control", "no-cache");
    dx_response_set(r, "Content-Security-Policy",
        "default-src 'none'; style-src " DX_STYLE_SOURCE
        "; form-action 'self'; base-uri 'none'; frame-ancestors 'self'");
    dx_response_set(r, "Referrer-Policy", "strict-origin-when-cross-origin");
    dx_response_set(r, "X-Content-Type-Options", "nosniff");
    dx_response_set(r, "X-Robots-Tag", "noindex");
}

/* What has an answer, index or none. */
static bool answer_without_index(const dx_web_request *request, const dx_view *view,
    dx_response *r)
{
    if (request->method == DX_METHOD_OTHER) {
        dx_web_fail(r, request->format, view, DX_WEB_NO_METHOD);
        dx_response_set(r, "Allow", "GET, HEAD");
        return true;
    }
    if (request->asked == DX_ASKED_RESULTS && !request->knows_format) {
        dx_web_fail(r, request->format, view, DX_WEB_NO_FORMAT);
        return true;
    }
    return dx_web_answer_fixed(request, view, r);
}

static dx_status answer(const dx_site *site, dx_index *ix,
    const dx_web_request *request, const dx_view *view, dx_response *r)
{
    const dx_format *format = request->format;

    if (request->asked == DX_ASKED_SUGGESTIONS)
        return dx_web_suggest(ix, request, view, r);
    if (!format->start || dx_web_request_has_query(request))
        return dx_web_search(site, ix, request, view, r);
    format->start(&r->body, view);
    return r->body.status;
}

void dx_respond(const dx_site *site, dx_index *ix, dx_status opened,
    const dx_web_request *request, dx_response *r)
{
    bool is_for_people = request->asked == DX_ASKED_RESULTS;
    const dx_format *format = is_for_people ? request->format : &dx_format_json;
    dx_view view = dx_web_view(site, ix, request);

    r->mime = format->mime;
    r->head_only = request->method == DX_METHOD_HEAD;
    put_headers(r);
    if (answer_without_index(request, &view, r))
        return;
    dx_status rc = ix ? answer(site, ix, request, &view, r) : opened;
    if (rc == DX_ERR_INVALID && *request->like)
        dx_web_fail(r, format, &view, DX_WEB_NO_ARTICLE);
    else if (rc != DX_OK)
        dx_web_fail(r, format, &view, dx_web_failure_of(rc));
}
