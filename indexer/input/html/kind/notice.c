/* What error pages and pages under construction say. */
#include "indexer/input/html/kind/notice.h"

#include <string.h>

#include "indexer/input/chars/chars.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Where `phrase` begins in `s`, as words of their own; -1 where it does not. */
static ptrdiff_t find_words(dx_str s, const char *phrase)
{
    bool start = true;

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        bool letter = c >= 0x80 || dx_is_digit(s.ptr[i]) ||
                      ((c | 32) >= 'a' && (c | 32) <= 'z');
        if (letter && start) {
            size_t n = dx_starts_with_typed(dx_str_from_offset(s, i), phrase);
            unsigned char next =
                n && i + n < s.len ? (unsigned char)s.ptr[i + n] : ' ';
            if (n &&
                !(next >= 0x80 || ((next | 32) >= 'a' && (next | 32) <= 'z') ||
                    dx_is_digit((char)next)))
                return (ptrdiff_t)i;
        }
        start = !letter;
    }
    return -1;
}

static bool has_any(dx_str s, const char *const *phrases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (find_words(s, phrases[i]) >= 0)
            return true;
    return false;
}
#define HAS_ANY(s, phrases) has_any(s, phrases, COUNT(phrases))

static bool starts_with_any(dx_str s, const char *const *phrases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (dx_starts_with_typed(s, phrases[i]))
            return true;
    return false;
}
#define STARTS_WITH_ANY(s, phrases) starts_with_any(s, phrases, COUNT(phrases))

/* "404", "Lỗi 403 - Cổng thông tin", "HTTP Error 500": a number of HTTP, with a
 * word that says what it is, or alone. "Quyết định 404 …" is none. */
static bool has_http_number(dx_str s)
{
    static const char *const numbers[] = {
        "400", "401", "403", "404", "410", "500", "502", "503", "504"};
    static const char *const words[] = {"lỗi", "error", "not found",
        "forbidden", "http", "unauthorized", "bad gateway", "unavailable",
        "internal server", "không tìm thấy", "page"};

    return HAS_ANY(s, numbers) && (s.len <= 4 || HAS_ANY(s, words));
}

/* "Trang bạn yêu cầu không tồn tại": what is missing, and that it is. */
static bool says_missing(dx_str s)
{
    static const char *const things[] = {"trang", "trang web", "tài nguyên",
        "nội dung", "bài viết", "bài báo", "tin bài", "đường dẫn", "liên kết",
        "địa chỉ", "tệp", "dữ liệu", "bộ dữ liệu", "văn bản", "chuyên mục",
        "page", "url", "link", "content", "article", "resource", "file",
        "document"};
    static const char *const missing[] = {"không tồn tại", "không tìm thấy",
        "không được tìm thấy", "không có sẵn", "không còn tồn tại", "đã bị xóa",
        "đã bị xoá", "đã bị gỡ", "not found", "cannot be found",
        "could not be found", "can't be found", "couldn't be found",
        "does not exist", "doesn't exist", "no longer available",
        "no longer exists"};

    return HAS_ANY(s, things) && HAS_ANY(s, missing);
}

static bool says_error(dx_str s)
{
    static const char *const whole[] = {
        "không tìm thấy", "not found", "không tồn tại", "lỗi", "error"};
    static const char *const anywhere[] = {"đã xảy ra lỗi", "có lỗi xảy ra",
        "lỗi truy cập", "lỗi máy chủ", "lỗi hệ thống",
        "không có quyền truy cập", "từ chối truy cập", "access denied",
        "internal server error", "bad gateway", "service unavailable",
        "gateway timeout", "server error in", "runtime error",
        "an error has occurred", "an error occurred", "something went wrong",
        "page you requested", "page you are looking for",
        "page you were looking for"};

    for (size_t i = 0; i < COUNT(whole); i++)
        if (dx_equals(s, whole[i]))
            return true;
    return has_http_number(s) || says_missing(s) || HAS_ANY(s, anywhere);
}

/* "Chức năng đang được hoàn thiện": something of a site, and that it is not
 * ready; or only that. A bridge may be under construction, too. */
static bool says_unfinished(dx_str s)
{
    static const char *const things[] = {"chức năng", "tính năng", "nội dung",
        "trang", "chuyên mục", "chuyên trang", "mục này", "website", "hệ thống",
        "thông tin", "dữ liệu", "số liệu", "cổng thông tin", "bài viết", "đang",
        "xin lỗi", "hiện", "web"};
    static const char *const states[] = {"đang hoàn thiện",
        "đang được hoàn thiện", "đang cập nhật", "đang được cập nhật",
        "đang xây dựng", "đang được xây dựng", "đang nâng cấp",
        "đang được nâng cấp", "đang bảo trì", "đang được bảo trì",
        "đang phát triển", "đang được phát triển",
        "đang trong quá trình xây dựng", "đang trong quá trình hoàn thiện",
        "đang trong quá trình nâng cấp", "đang trong quá trình cập nhật",
        "đang trong quá trình phát triển", "đang chờ cập nhật"};
    static const char *const foreign[] = {"under construction", "coming soon",
        "under maintenance", "down for maintenance", "scheduled maintenance",
        "will be back soon", "be right back"};

    return (HAS_ANY(s, states) && STARTS_WITH_ANY(s, things)) ||
           HAS_ANY(s, foreign);
}

dx_left_out dx_html_notice(dx_str line)
{
    if (says_error(line))
        return DX_LEFT_ERROR_PAGE;
    return says_unfinished(line) ? DX_LEFT_UNFINISHED : DX_LEFT_NOT;
}

bool dx_html_is_search_title(dx_str title)
{
    static const char *const starts[] = {"kết quả tìm kiếm", "tìm kiếm",
        "search results", "search result", "search for", "you searched for",
        "results for", "search:", "search -", "search |", "tra cứu"};

    return dx_equals(title, "search") || STARTS_WITH_ANY(title, starts);
}
