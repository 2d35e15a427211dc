/* From a request to the response's bytes. */
#include "searcher/serve/respond.h"

#include <errno.h>
#include <string.h>

#include "searcher/output/formats.h"
#include "searcher/output/html/style.h"
#include "searcher/output/query_log.h"

/* ---- failures: the reader learns what to do, the log why ---- */

static void fail(dx_response *r, const dx_format *format, const dx_view *view,
    const char *status, const char *title, const char *text)
{
    if (!format->fail)
        format = dx_format_default(DX_FORMAT_WEB);
    r->status = status;
    r->mime = format->mime;
    dx_buf_clear(&r->body);
    format->fail(&r->body, view, title, text);
}

static void fail_index(dx_response *r, const dx_format *format,
    const dx_view *view, dx_status why)
{
    bool is_temporary =
        why == DX_ERR_NOINDEX || why == DX_ERR_NOMEM || why == DX_ERR_BUSY;

    fail(r, format, view,
        is_temporary ? "503 Service Unavailable" : "500 Internal Server Error",
        "Chưa tìm kiếm được",
        "Máy chủ tạm thời chưa tìm kiếm được. Xin thử lại sau ít phút; nếu vẫn "
        "vậy, xin báo cho người quản trị trang này.");
}

static void fail_article(dx_response *r, const dx_format *format,
    const dx_view *view)
{
    fail(r, format, view, "404 Not Found", "Không có bài này",
        "Không tìm thấy bài viết mà đường dẫn này nói đến: có thể bài đã được "
        "gỡ bỏ.");
}

static void fail_method(dx_response *r, const dx_format *format,
    const dx_view *view)
{
    fail(r, format, view, "405 Method Not Allowed", "Không dùng được phương thức này",
        "Trang tìm kiếm chỉ trả lời các yêu cầu GET và HEAD.");
    dx_response_set(r, "Allow", "GET, HEAD");
}

/* ---- answers ---- */

static dx_request wanted_of(const dx_site *site, const dx_web_request *request)
{
    dx_request wanted = DX_REQUEST_INIT;

    wanted.freshness = site->freshness;
    wanted.timeout_ms = site->timeout_ms;
    wanted.offset = (request->page - 1) * DX_REQUEST_HITS_PER_PAGE;
    wanted.limit = DX_REQUEST_HITS_PER_PAGE;
    if (request->page < DX_REQUEST_PAGE_MAX)
        wanted.limit++; /* tells whether there is a next page */
    wanted.collapse = true;
    wanted.order = request->order;
    wanted.literal = request->literal;
    wanted.scope = request->scope;
    wanted.facets =
        request->format->facets ? request->format->facets : request->facets;
    return wanted;
}

static dx_view view_of(const dx_site *site, dx_index *ix,
    const dx_web_request *request)
{
    return (dx_view){.query = request->query, .like = request->like,
        .order = request->order, .literal = request->literal,
        .scope = request->scope,
        .offset = (request->page - 1) * DX_REQUEST_HITS_PER_PAGE,
        .hits_max = DX_REQUEST_HITS_PER_PAGE,
        .articles = ix ? dx_index_articles(ix) : 0,
        .language = site->face.language, .face = &site->face,
        .hide_paths = true};
}

static void add_to_log(const dx_site *site, const dx_web_request *request,
    const dx_request *wanted, const dx_results *rs, dx_buf *complaints)
{
    const char *like = *request->like ? request->like : NULL;
    dx_query_log log;

    if (!dx_query_log_open(&log, site->log) ||
        !dx_query_log_put(&log, request->query, like, wanted, rs))
        dx_buf_printf(complaints, "%s: %s\n", site->log, strerror(errno));
    dx_query_log_close(&log);
}

static dx_status search(const dx_site *site, dx_index *ix,
    const dx_web_request *request, const dx_view *view, dx_response *r)
{
    dx_request wanted = wanted_of(site, request);
    dx_error err = {0};
    dx_results *rs;
    dx_status rc = *request->like
                       ? dx_like(ix, request->like, &wanted, &rs, &err)
                       : dx_search(ix, request->query, &wanted, &rs, &err);

    if (rc != DX_OK) {
        if (rc != DX_ERR_INVALID || !*request->like)
            dx_site_log_error(&r->log, "DX_INDEX", &err);
        return rc;
    }
    add_to_log(site, request, &wanted, rs, &r->log);
    dx_format_write(request->format, view, rs, &r->body);
    rc = dx_results_check(rs, &err);
    if (rc != DX_OK)
        dx_site_log_error(&r->log, "DX_INDEX", &err);
    dx_results_free(rs);
    return rc == DX_OK ? r->body.status : rc;
}

static void put_headers(dx_response *r)
{
    dx_response_set(r, "Cache-Control", "no-cache");
    dx_response_set(r, "Content-Security-Policy",
        "default-src 'none'; style-src " DX_STYLE_SOURCE
        "; form-action 'self'; base-uri 'none'; frame-ancestors 'self'");
    dx_response_set(r, "Referrer-Policy", "strict-origin-when-cross-origin");
    dx_response_set(r, "X-Content-Type-Options", "nosniff");
}

void dx_respond(const dx_site *site, dx_index *ix, dx_status opened,
    const dx_web_request *request, dx_response *r)
{
    const dx_format *format = request->format;
    dx_view view = view_of(site, ix, request);
    dx_status rc = opened;

    r->mime = format->mime;
    r->head_only = request->method == DX_METHOD_HEAD;
    put_headers(r);
    if (request->method == DX_METHOD_OTHER) {
        fail_method(r, format, &view);
        return;
    }
    if (ix && format->start && !dx_web_request_has_query(request)) {
        format->start(&r->body, &view);
        rc = r->body.status;
    } else if (ix) {
        rc = search(site, ix, request, &view, r);
    }
    if (rc == DX_ERR_INVALID && *request->like)
        fail_article(r, format, &view);
    else if (rc != DX_OK)
        fail_index(r, format, &view, rc);
}
