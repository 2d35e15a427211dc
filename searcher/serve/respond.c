/* From a request to a response: which part of the house answers, and the headers that
 * every answer has. */
#include "searcher/serve/respond.h"

#include "common/base/mem.h"
#include "searcher/output/html/look/look.h"
#include "searcher/output/html/html.h"
#include "searcher/output/html/page.h"
#include "searcher/output/json.h"
#include "searcher/serve/article.h"
#include "searcher/serve/cors.h"
#include "searcher/serve/fail.h"
#include "searcher/serve/fixed.h"
#include "searcher/serve/search.h"
#include "searcher/serve/suggest.h"
#include "searcher/serve/validator.h"

/* No search of a sane index comes near; one that a hostile index drives there fails alone. */
#define ANSWER_BYTES_MAX ((size_t)512 << 20)

/* How long a browser may keep an answer without asking whether it is still the same:
 * suggestions for as long as somebody types and deletes, the script under its version for
 * good. */
static const char *kept(const dx_web_request *request)
{
    return dx_web_is_current_script(request) ? "public, max-age=31536000, immutable"
           : request->asked == DX_ASKED_SUGGESTIONS ? "public, max-age=300"
                                                    : "no-cache";
}

#define POLICY_BYTES_MAX 8192u

static void put_headers(const dx_web_request *request, const dx_face *face,
    dx_response *r)
{
    dx_buf policy;

    dx_buf_init(&policy, POLICY_BYTES_MAX);
    dx_look_put_policy(face, &policy);
    dx_response_set(r, "Cache-Control", kept(request));
    dx_response_set(r, "Content-Security-Policy", dx_buf_cstr(&policy));
    dx_buf_latch(&r->values, &policy);
    dx_buf_free(&policy);
    dx_response_set(r, "Referrer-Policy", "strict-origin-when-cross-origin");
    dx_response_set(r, "X-Content-Type-Options", "nosniff");
    dx_response_set(r, "X-Robots-Tag", "noindex");
}

/* What is asked for decides about the others. */
static bool is_in_format(const dx_web_request *request)
{
    return request->asked == DX_ASKED_RESULTS || request->asked == DX_ASKED_ARTICLE;
}

/* What has an answer, index or none. */
static bool answer_without_index(const dx_site *site, const dx_web_request *request,
    const dx_format *format, const dx_view *view, dx_response *r)
{
    if (dx_cors_answer_preflight(site, request, r))
        return true;
    if (request->method == DX_METHOD_OTHER) {
        dx_web_fail(r, format, view, DX_WEB_NO_METHOD);
        dx_response_set(r, "Allow", "GET, HEAD");
        return true;
    }
    if (is_in_format(request) && !request->knows_format) {
        dx_web_fail(r, format, view, DX_WEB_NO_FORMAT);
        return true;
    }
    return false;
}

static dx_status answer(const dx_site *site, dx_index *ix, dx_status opened,
    const dx_web_request *request, const dx_view *view, dx_response *r)
{
    const dx_format *format = request->format;

    if (dx_web_answer_fixed(request, view, r))
        return r->body.status;
    if (!ix)
        return opened != DX_OK ? opened : DX_ERR_NOINDEX;
    if (request->asked == DX_ASKED_SUGGESTIONS)
        return dx_web_suggest(ix, request, view, r);
    if (request->asked == DX_ASKED_ARTICLE)
        return dx_web_shows_article(site, request)
                   ? dx_web_article(site, ix, request, view, r)
                   : DX_ERR_INVALID;
    if (request->asked == DX_ASKED_ADVANCED) {
        dx_page_put_advanced(&r->body, view);
        return r->body.status;
    }
    if (!format->start || dx_web_request_has_query(request))
        return dx_web_search(site, ix, request, view, r);
    format->start(&r->body, view);
    return r->body.status;
}

void dx_respond(const dx_site *site, dx_index *ix, dx_status opened,
    const dx_web_request *request, dx_response *r)
{
    const dx_format *format = request->asked == DX_ASKED_ADVANCED ? &dx_format_html
                              : is_in_format(request)             ? request->format
                                                                  : &dx_format_json;
    dx_view view = dx_web_view(site, ix, request);
    dx_validator validator = dx_validator_of(site, ix, request);

    r->mime = format->mime;
    r->head_only = request->method == DX_METHOD_HEAD;
    put_headers(request, &site->face, r);
    dx_cors_put(site, request, r);
    if (answer_without_index(site, request, format, &view, r))
        return;
    if (ix && dx_validator_matches(&validator, request)) {
        r->status = "304 Not Modified";
        dx_validator_put(&validator, r);
        return;
    }
    dx_mem_limit(ANSWER_BYTES_MAX);
    dx_status rc = answer(site, ix, opened, request, &view, r);
    dx_mem_unlimit();
    if (rc == DX_ERR_INVALID && (*request->like || *request->id))
        dx_web_fail(r, format, &view, DX_WEB_NO_ARTICLE);
    else if (rc != DX_OK)
        dx_web_fail(r, format, &view, dx_web_failure_of(rc));
    else if (ix && !r->timed_out)
        dx_validator_put(&validator, r);
}
