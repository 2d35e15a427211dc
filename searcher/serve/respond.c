/* From a request to the response's bytes. */
#include "searcher/serve/respond.h"

#include <errno.h>
#include <string.h>

#include "searcher/output/formats.h"
#include "searcher/output/html/style.h"
#include "searcher/output/query_log.h"

#define BODY_BYTES_MAX ((size_t)16 << 20)
#define LOG_BYTES_MAX ((size_t)1 << 16)

void dx_response_init(dx_response *r)
{
    *r = (dx_response){.status = "200 OK",
        .format = dx_format_default(DX_FORMAT_WEB)};
    dx_buf_init(&r->body, BODY_BYTES_MAX);
    dx_buf_init(&r->log, LOG_BYTES_MAX);
}

void dx_response_free(dx_response *r)
{
    dx_buf_free(&r->body);
    dx_buf_free(&r->log);
}

bool dx_response_is_ok(const dx_response *r) { return r->status[0] == '2'; }

/* ---- failures: the reader learns what to do, the log why ---- */

static void fail(dx_response *r, const dx_view *view, const char *status,
    const char *title, const char *text)
{
    if (!r->format->fail)
        r->format = dx_format_default(DX_FORMAT_WEB);
    r->status = status;
    dx_buf_clear(&r->body);
    r->format->fail(&r->body, view, title, text);
}

static void fail_index(dx_response *r, const dx_view *view, dx_status why)
{
    bool is_temporary =
        why == DX_ERR_NOINDEX || why == DX_ERR_NOMEM || why == DX_ERR_BUSY;

    fail(r, view,
        is_temporary ? "503 Service Unavailable" : "500 Internal Server Error",
        "Chưa tìm kiếm được",
        "Máy chủ tạm thời chưa tìm kiếm được. Xin thử lại sau ít phút; nếu vẫn "
        "vậy, xin báo cho người quản trị trang này.");
}

static void fail_article(dx_response *r, const dx_view *view)
{
    fail(r, view, "404 Not Found", "Không có bài này",
        "Không tìm thấy bài viết mà đường dẫn này nói đến: có thể bài đã được "
        "gỡ bỏ.");
}

static void fail_method(dx_response *r, const dx_view *view)
{
    fail(r, view, "405 Method Not Allowed", "Không dùng được phương thức này",
        "Trang tìm kiếm chỉ trả lời các yêu cầu GET và HEAD.");
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
    dx_format_write(r->format, view, rs, &r->body);
    rc = dx_results_check(rs, &err);
    if (rc != DX_OK)
        dx_site_log_error(&r->log, "DX_INDEX", &err);
    dx_results_free(rs);
    return rc == DX_OK ? r->body.status : rc;
}

void dx_respond(const dx_site *site, dx_index *ix, dx_status opened,
    const dx_web_request *request, dx_response *r)
{
    dx_view view = view_of(site, ix, request);
    dx_status rc = opened;

    r->format = request->format;
    r->head_only = request->method == DX_METHOD_HEAD;
    if (request->method == DX_METHOD_OTHER) {
        fail_method(r, &view);
        return;
    }
    if (ix && r->format->start && !dx_web_request_has_query(request)) {
        r->format->start(&r->body, &view);
        rc = r->body.status;
    } else if (ix) {
        rc = search(site, ix, request, &view, r);
    }
    if (rc == DX_ERR_INVALID && *request->like)
        fail_article(r, &view);
    else if (rc != DX_OK)
        fail_index(r, &view, rc);
}

/* ---- bytes ---- */

void dx_response_put_cgi(const dx_response *r, dx_buf *out)
{
    dx_buf_printf(out, "Status: %s\n", r->status);
    dx_buf_printf(out, "Content-Type: %s; charset=utf-8\n", r->format->mime);
    dx_buf_printf(out, "Content-Length: %zu\n", r->body.len);
    dx_buf_puts(out, "Cache-Control: no-cache\n"
                     "Content-Security-Policy: default-src 'none'; "
                     "style-src " DX_STYLE_SOURCE "; form-action 'self'; "
                     "base-uri 'none'; frame-ancestors 'self'\n"
                     "Referrer-Policy: strict-origin-when-cross-origin\n"
                     "X-Content-Type-Options: nosniff\n");
    if (strncmp(r->status, "405", 3) == 0)
        dx_buf_puts(out, "Allow: GET, HEAD\n");
    dx_buf_putc(out, '\n');
    if (!r->head_only)
        dx_buf_put(out, r->body.data, r->body.len);
}
