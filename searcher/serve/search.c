/* From a request for results to the body of its response. */
#include "searcher/serve/search.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "searcher/output/html/html.h"
#include "searcher/output/query_log.h"
#include "searcher/serve/request/language.h"

static dx_language language_of(const dx_site *site, const dx_web_request *request)
{
    if (*request->lang)
        return *request->lang == 'v' ? DX_VIETNAMESE : DX_ENGLISH;
    return site->face.negotiates
               ? dx_language_accepted(request->head.accept_language,
                     site->face.language)
               : site->face.language;
}

dx_view dx_web_view(const dx_site *site, dx_index *ix, const dx_web_request *request)
{
    const dx_format *format = request->format;
    dx_view view = {.query = request->query, .like = request->like,
        .id = request->asked == DX_ASKED_ARTICLE ? request->id : "",
        .fields = request->fields, .counts = request->counts, .order = request->order,
        .literal = request->literal, .scope = request->scope,
        .articles = ix ? dx_index_articles(ix) : 0,
        .language = language_of(site, request), .lang = request->lang, .face = &site->face,
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
    if (request->order == DX_ORDER_SCORE && request->scope == DX_SCOPE_ALL)
        wanted.pinned_count =
            dx_pins_find(&site->pinned, request->query, &wanted.pinned);
    wanted.facets =
        request->format->facets ? request->format->facets : request->facets;
    if (request->format == &dx_format_html &&
        (!(site->face.parts & (DX_PART_FACETS | DX_PART_TIMELINE)) || *request->like))
        wanted.facets = 0; /* they would not be shown */
    return wanted;
}

static void add_to_log(const dx_site *site, const dx_web_request *request,
    const dx_request *wanted, const dx_results *rs, dx_buf *complaints)
{
    const char *like = *request->like ? request->like : NULL;
    dx_query_log own = {.fd = -1};
    dx_query_log *log = site->queries ? site->queries : &own;

    if ((log == &own && !dx_query_log_open(&own, site->log)) ||
        !dx_query_log_put(log, request->query, like, wanted, rs))
        dx_buf_printf(complaints, "%s: %s\n", site->log, strerror(errno));
    if (log == &own)
        dx_query_log_close(&own);
}

static dx_status ask(dx_index *ix, const dx_web_request *request,
    const dx_request *wanted, dx_results **rs, dx_error *err)
{
    return *request->like ? dx_like(ix, request->like, wanted, rs, err)
                          : dx_search(ix, request->query, wanted, rs, err);
}

/* Whoever is beyond the last page gets that: its number was reckoned from counts of articles,
 * of which some are shown as one. Before it are `wanted->offset` hits or fewer. */
static dx_status ask_last_page(dx_index *ix, const dx_web_request *request,
    dx_request *wanted, dx_view *view, dx_results **rs, bool *timed_out,
    dx_error *err)
{
    dx_request before = *wanted;
    dx_results *found;

    before.offset = 0;
    before.limit = wanted->offset;
    before.facets = 0;
    DX_TRY(ask(ix, request, &before, &found, err));
    uint32_t count = dx_results_count(found);
    *timed_out = dx_results_timed_out(found);
    dx_results_free(found);
    view->offset = count > 0 ? (count - 1) / view->hits_max * view->hits_max : 0;
    wanted->offset = view->offset;
    dx_results_free(*rs);
    *rs = NULL;
    return ask(ix, request, wanted, rs, err);
}

static bool is_beyond(const dx_web_request *request, const dx_view *view,
    const dx_results *rs)
{
    return request->format == &dx_format_html && view->offset > 0 &&
           dx_results_count(rs) == 0;
}

dx_status dx_web_search(const dx_site *site, dx_index *ix,
    const dx_web_request *request, const dx_view *asked, dx_response *r)
{
    dx_view view = *asked;
    dx_request wanted = wanted_of(site, request, &view);
    dx_error err = {0};
    char name[80];
    dx_results *rs = NULL;
    dx_status rc = ask(ix, request, &wanted, &rs, &err);

    if (rc == DX_OK && is_beyond(request, &view, rs))
        rc = ask_last_page(ix, request, &wanted, &view, &rs, &r->timed_out,
            &err);
    if (rc != DX_OK) {
        dx_results_free(rs);
        if (rc != DX_ERR_INVALID || !*request->like)
            dx_site_log_error(&r->log, "DX_INDEX", &err);
        return rc;
    }
    r->timed_out |= dx_results_timed_out(rs);
    add_to_log(site, request, &wanted, rs, &r->log);
    dx_format_write(request->format, &view, rs, &r->body);
    rc = dx_results_check(rs, &err);
    if (rc != DX_OK)
        dx_site_log_error(&r->log, "DX_INDEX", &err);
    dx_results_free(rs);
    rc = rc == DX_OK ? r->body.status : rc;
    if (rc == DX_OK && request->format->file) { /* what went wrong is shown, not saved */
        snprintf(name, sizeof name, "attachment; filename=\"%s\"",
            request->format->file);
        dx_response_set(r, "Content-Disposition", name);
    }
    return rc;
}
