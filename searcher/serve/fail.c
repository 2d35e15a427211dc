/* What is answered when there is no answer. */
#include "searcher/serve/fail.h"

#include "searcher/output/formats.h"

#define CANNOT_SEARCH {"The search is not available", "Chưa tìm kiếm được"}
#define TRY_LATER                                                              \
    {"The server cannot search right now. Please try again in some minutes; if that " \
     "does not help, please tell who runs this site.",                         \
        "Máy chủ tạm thời chưa tìm kiếm được. Xin thử lại sau ít phút; nếu vẫn " \
        "vậy, xin báo cho người quản trị trang này."}

static const struct {
    const char *status;
    dx_failure words;
} failures[DX_WEB_FAILURES] = {
    [DX_WEB_INDEX_UNAVAILABLE] = {"503 Service Unavailable",
        {"index_unavailable", CANNOT_SEARCH, TRY_LATER}},
    [DX_WEB_INDEX_DAMAGED] = {"500 Internal Server Error",
        {"index_damaged", CANNOT_SEARCH, TRY_LATER}},
    [DX_WEB_INDEX_VERSION] = {"500 Internal Server Error",
        {"index_version", CANNOT_SEARCH, TRY_LATER}},
    [DX_WEB_BUSY] = {"503 Service Unavailable", {"busy", CANNOT_SEARCH, TRY_LATER}},
    [DX_WEB_INTERNAL] = {"500 Internal Server Error",
        {"internal_error", CANNOT_SEARCH, TRY_LATER}},
    [DX_WEB_NO_ARTICLE] = {"404 Not Found",
        {"article_not_found", {"There is no such article", "Không có bài này"},
            {"The article that this address is about cannot be found: it may have been "
             "taken down.",
                "Không tìm thấy bài viết mà đường dẫn này nói đến: có thể bài đã được "
                "gỡ bỏ."}}},
    [DX_WEB_NO_FORMAT] = {"400 Bad Request",
        {"unknown_format", {"There is no such format", "Không có dạng kết quả này"},
            {"The address asks for results in a format that this search does not have.",
                "Đường dẫn này đòi kết quả ở một dạng mà trang tìm kiếm không có."}}},
    [DX_WEB_NO_METHOD] = {"405 Method Not Allowed",
        {"method_not_allowed",
            {"This method is not allowed", "Không dùng được phương thức này"},
            {"The search answers requests by GET and HEAD only.",
                "Trang tìm kiếm chỉ trả lời các yêu cầu GET và HEAD."}}},
};

dx_web_failure dx_web_failure_of(dx_status rc)
{
    return rc == DX_ERR_NOINDEX                       ? DX_WEB_INDEX_UNAVAILABLE
           : rc == DX_ERR_CORRUPT                     ? DX_WEB_INDEX_DAMAGED
           : rc == DX_ERR_VERSION                     ? DX_WEB_INDEX_VERSION
           : rc == DX_ERR_NOMEM || rc == DX_ERR_BUSY ? DX_WEB_BUSY
                                                      : DX_WEB_INTERNAL;
}

void dx_web_fail(dx_response *r, const dx_format *format, const dx_view *view,
    dx_web_failure failure)
{
    if (!format->fail)
        format = dx_format_default(DX_FORMAT_WEB);
    r->status = failures[failure].status;
    r->mime = format->mime;
    dx_response_set(r, "Cache-Control", "no-cache");
    dx_buf_clear(&r->body);
    format->fail(&r->body, view, &failures[failure].words);
}
