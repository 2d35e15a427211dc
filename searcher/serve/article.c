/* From a request for an article to the body of its response. */
#include "searcher/serve/article.h"

#define SIMILAR_MAX 5u

bool dx_web_shows_article(const dx_site *site, const dx_web_request *request)
{
    return (site->face.parts & DX_PART_ARTICLE) && request->format->article;
}

/* NULL where there are none: an article is worth showing without them, but not to be
 * kept as if that were all. */
static dx_results *find_similar(const dx_site *site, dx_index *ix, const char *id,
    dx_response *r)
{
    dx_request wanted = DX_REQUEST_INIT;
    dx_error err = {0};
    dx_results *rs = NULL;

    if (!(site->face.parts & DX_PART_SIMILAR))
        return NULL;
    wanted.limit = SIMILAR_MAX;
    wanted.timeout_ms = site->timeout_ms;
    wanted.collapse = true;
    bool found = dx_like(ix, id, &wanted, &rs, &err) == DX_OK;
    if (!found)
        dx_site_log_error(&r->log, "DX_INDEX", &err);
    r->timed_out |= !found || dx_results_timed_out(rs);
    return rs;
}

static dx_status check(const dx_results *rs, dx_response *r)
{
    dx_error err = {0};
    dx_status rc = rs ? dx_results_check(rs, &err) : DX_OK;

    if (rc != DX_OK)
        dx_site_log_error(&r->log, "DX_INDEX", &err);
    return rc;
}

dx_status dx_web_article(const dx_site *site, dx_index *ix,
    const dx_web_request *request, const dx_view *view, dx_response *r)
{
    dx_request wanted = DX_REQUEST_INIT;
    dx_error err = {0};
    dx_results *rs;

    wanted.timeout_ms = site->timeout_ms;
    wanted.literal = request->literal;
    dx_status rc = dx_fetch(ix, request->id, request->query, &wanted, &rs, &err);
    if (rc != DX_OK) {
        if (rc != DX_ERR_INVALID)
            dx_site_log_error(&r->log, "DX_INDEX", &err);
        return rc;
    }
    r->timed_out = dx_results_timed_out(rs);
    dx_results *similar = find_similar(site, ix, request->id, r);
    request->format->article(&r->body, view, rs, similar);
    rc = check(rs, r);
    if (rc == DX_OK)
        rc = check(similar, r);
    dx_results_free(similar);
    dx_results_free(rs);
    return rc == DX_OK ? r->body.status : rc;
}
