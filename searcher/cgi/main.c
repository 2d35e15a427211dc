/* dxsearch.cgi -- the search as a web page (CGI/1.1). From the shell it takes
 * the query string as argument: dxsearch.cgi 'q=chuyen+doi+so'. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/decimal.h"
#include "common/base/json.h"
#include "searcher/output/html/narrow.h"
#include "searcher/output/html/page.h"
#include "searcher/output/html/request.h"
#include "searcher/output/html/style.h"
#include "searcher/output/query_log.h"
#include "searcher/output/json.h"

#define BODY_BYTES_MAX ((size_t)16 << 20)

typedef struct response {
    const char *status;
    bool json;
    dx_buf body; /* owned */
} response;

/* ---- failures: the reader learns what to do, the log why ---- */

static void fail(response *r, const char *status, const char *title,
    const char *text)
{
    r->status = status;
    dx_buf_clear(&r->body);
    if (r->json) {
        dx_buf_puts(&r->body, "{\"error\":");
        dx_json_put(&r->body, dx_str_from(title));
        dx_buf_puts(&r->body, "}\n");
    } else {
        dx_page_put_error(&r->body, title, text);
    }
}

static void log_error(const char *file, const dx_error *err)
{
    if (*err->msg)
        fprintf(stderr, "dxsearch.cgi: %s\n", err->msg);
    else
        fprintf(stderr, "dxsearch.cgi: %s: %s\n", file,
            dx_status_text(err->status));
}

static void fail_index(response *r, const char *index, const dx_error *err)
{
    bool is_temporary =
        err->status == DX_ERR_NOINDEX || err->status == DX_ERR_NOMEM ||
        err->status == DX_ERR_BUSY;

    log_error(index, err);
    fail(r, is_temporary ? "503 Service Unavailable"
                         : "500 Internal Server Error",
        "Chưa tìm kiếm được",
        "Máy chủ tạm thời chưa tìm kiếm được. Xin thử lại sau ít phút; nếu vẫn "
        "vậy, xin báo cho người quản trị trang này.");
}

static void fail_article(response *r)
{
    fail(r, "404 Not Found", "Không có bài này",
        "Không tìm thấy bài viết mà đường dẫn này nói đến: có thể bài đã được "
        "gỡ bỏ.");
}

static void fail_method(response *r)
{
    fail(r, "405 Method Not Allowed", "Không dùng được phương thức này",
        "Trang tìm kiếm chỉ trả lời các yêu cầu GET và HEAD.");
}

/* ---- what the owner of the site may set: without what is wrong in it the
 * search goes on ---- */

static void add_synonyms(dx_index *ix)
{
    const char *path = getenv("DX_SYNONYMS");
    dx_error err = {0};

    if (path && *path && dx_index_add_synonyms(ix, path, &err) != DX_OK)
        log_error(path, &err);
}

static double read_freshness(void)
{
    const char *text = getenv("DX_FRESHNESS");
    double weight = 0.0;

    if (text && *text && !dx_decimal_read(text, DX_FRESHNESS_MAX, &weight))
        fprintf(stderr, "dxsearch.cgi: DX_FRESHNESS=%s: not from 0 to %g\n",
            text, DX_FRESHNESS_MAX);
    return weight;
}

/* ---- the answer ---- */

static void put_json(response *r, const dx_cgi_request *request,
    uint32_t offset, dx_results *rs)
{
    dx_json_page page = {.query = request->query,
        .like = *request->like ? request->like : NULL, .offset = offset,
        .hits_max = DX_CGI_HITS_PER_PAGE, .hide_paths = true};

    dx_json_put_results(&r->body, rs, &page);
    dx_buf_putc(&r->body, '\n');
}

static void add_to_log(const dx_cgi_request *request, const dx_request *wanted,
    const dx_results *rs)
{
    const char *path = getenv("DXSEARCH_LOG");
    const char *like = *request->like ? request->like : NULL;
    dx_query_log log;

    if (!dx_query_log_open(&log, path) ||
        !dx_query_log_put(&log, request->query, like, wanted, rs))
        fprintf(stderr, "dxsearch.cgi: %s: %s\n", path, strerror(errno));
    dx_query_log_close(&log);
}

static dx_status search(dx_index *ix, const dx_cgi_request *request,
    response *r, dx_error *err)
{
    dx_request wanted = DX_REQUEST_INIT;
    dx_results *rs;

    if (!r->json && !dx_cgi_request_has_query(request)) {
        dx_page_put_start(&r->body, dx_index_articles(ix));
        return DX_OK;
    }
    add_synonyms(ix);
    wanted.freshness = read_freshness();
    wanted.offset = (request->page - 1) * DX_CGI_HITS_PER_PAGE;
    wanted.limit = DX_CGI_HITS_PER_PAGE;
    wanted.collapse = true;
    wanted.order = request->order;
    wanted.literal = request->literal;
    wanted.facets = r->json ? request->facets : DX_CGI_FACET_VALUES;
    if (!r->json && request->page < DX_CGI_PAGE_MAX)
        wanted.limit++; /* tells whether there is a next page */
    dx_status rc = *request->like
                       ? dx_like(ix, request->like, &wanted, &rs, err)
                       : dx_search(ix, request->query, &wanted, &rs, err);
    if (rc != DX_OK)
        return rc;
    add_to_log(request, &wanted, rs);
    if (r->json)
        put_json(r, request, wanted.offset, rs);
    else
        dx_page_put_results(&r->body, request, rs, dx_index_articles(ix));
    dx_results_free(rs);
    return DX_OK;
}

static void answer(const dx_cgi_request *request, response *r)
{
    const char *index = getenv("DX_INDEX");
    dx_index *ix = NULL;
    dx_error err = {0};

    if (!index || !*index)
        index = "dx.index";
    dx_status rc = dx_index_open(index, &ix, &err);
    if (rc == DX_OK)
        rc = search(ix, request, r, &err);
    if (rc == DX_OK && r->body.status != DX_OK)
        err.status = rc = r->body.status;
    if (rc == DX_ERR_INVALID && *request->like)
        fail_article(r);
    else if (rc != DX_OK)
        fail_index(r, index, &err);
    dx_index_close(ix);
}

/* ---- output ---- */

static void put_headers(dx_buf *out, const response *r)
{
    dx_buf_printf(out, "Status: %s\n", r->status);
    dx_buf_printf(out, "Content-Type: %s; charset=utf-8\n",
        r->json ? "application/json" : "text/html");
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
}

static bool write_all(const dx_buf *b)
{
    for (size_t done = 0; done < b->len;) {
        ssize_t n = write(STDOUT_FILENO, b->data + done, b->len - done);
        if (n > 0)
            done += (size_t)n;
        else if (n == 0 || errno != EINTR)
            return false;
    }
    return b->status == DX_OK;
}

static bool send_response(const response *r, bool with_body)
{
    dx_buf out;

    dx_buf_init(&out, BODY_BYTES_MAX + (1u << 16));
    put_headers(&out, r);
    if (with_body)
        dx_buf_put(&out, r->body.data, r->body.len);
    bool done = write_all(&out);
    if (!done && errno != EPIPE)
        fprintf(stderr, "dxsearch.cgi: cannot write: %s\n", strerror(errno));
    dx_buf_free(&out);
    return done;
}

int main(int argc, char **argv)
{
    const char *method = getenv("REQUEST_METHOD");
    dx_cgi_request request;
    response r = {.status = "200 OK"};

    /* Servers may pass the query string as arguments too: only where there is
     * no server do they count. */
    dx_cgi_request_read(method,
        method || argc < 2 ? getenv("QUERY_STRING") : argv[1], &request);
    r.json = request.json;
    dx_buf_init(&r.body, BODY_BYTES_MAX);
    if (request.method == DX_CGI_OTHER)
        fail_method(&r);
    else
        answer(&request, &r);
    bool done = send_response(&r, request.method != DX_CGI_HEAD);
    dx_buf_free(&r.body);
    return done && r.status[0] == '2' ? 0 : 1;
}
