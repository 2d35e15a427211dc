/* From a request for results to the body of its response. */
#include "searcher/serve/search.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "searcher/output/query_log.h"

dx_view dx_web_view(const dx_site *site, dx_index *ix, const dx_web_request *request)
{
    const dx_format *format = request->format;
    dx_view view = {.query = request->query, .like = request->like,
        .fields = request->fields, .order = request->order,
        .literal = request->literal, .scope = request->scope,
        .articles = ix ? dx_index_articles(ix) : 0,
        .language = site->face.language, .face = &site->face,
        .base = *site->face.base ? site->face.base : request->base, .is_web = true,
        .article_chars = site->article_chars};

    dx_web_request_ranks(request,
        format->usual ? format->usual : site->face.hits_per_page, &view.offset,
        &view.hits_max);
    return view;
}

static dx_request wanted_of(const dx_site *site, const dx_web_request *request,
    const dx_view *view)
{
    dx_request wanted = DX_REQUEST_INIT;

    wanted.freshness = site->freshness;
    wanted.timeout_ms = site->timeout_ms;
    wanted.offset = view->offset;
    wanted.limit = view->hits_max;
    if (view->offset + view->hits_max < DX_RANK_MAX)
        wanted.limit++; /* tells whether there is a next page */
    wanted.collapse = true;
    wanted.order = request->order;
    wanted.literal = request->literal;
    wanted.scope = request->scope;
    wanted.facets =
        request->format->facets ? request->format->facets : request->facets;
    return wanted;
}

static void add_to_log(const dx_site *site, const dx_web_request *request,
    const dx_request *wanted, const dx_results *rs, dx_buf *complaints)
{
    const char *like = *request->like ? request->like : NULL;
    dx_query_log own, *log = site->queries ? site->queries : &own;

    if ((log == &own && !dx_query_log_open(&own, site->log)) ||
        !dx_query_log_put(log, request->query, like, wanted, rs))
        dx_buf_printf(complaints, "%s: %s\n", site->log, strerror(errno));
    if (log == &own)
        dx_query_log_close(&own);
}

dx_status dx_web_search(const dx_site *site, dx_index *ix,
    const dx_web_request *request, const dx_view *view, dx_response *r)
{
    dx_request wanted = wanted_of(site, request, view);
    dx_error err = {0};
    char name[80];
    dx_results *rs;
    dx_status rc = *request->like
                       ? dx_like(ix, request->like, &wanted, &rs, &err)
                       : dx_search(ix, request->query, &wanted, &rs, &err);

    if (rc != DX_OK) {
        if (rc != DX_ERR_INVALID || !*request->like)
            dx_site_log_error(&r->log, "DX_INDEX", &err);
        return rc;
    }
    r->timed_out = dx_results_timed_out(rs);
    add_to_log(site, request, &wanted, rs, &r->log);
    dx_format_write(request->format, view, rs, &r->body);
    if (request->format->file) {
        snprintf(name, sizeof name, "attachment; filename=\"%s\"",
            request->format->file);
        dx_response_set(r, "Content-Disposition", name);
    }
    rc = dx_results_check(rs, &err);
    if (rc != DX_OK)
        dx_site_log_error(&r->log, "DX_INDEX", &err);
    dx_results_free(rs);
    return rc == DX_OK ? r->body.status : rc;
}
