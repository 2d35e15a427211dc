/* Which pages are no articles, and those next to them that are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "indexer/input/source.h"

#define MENU "<ul class=menu><li><a href=/>Trang chủ</a><li><a href=/gt>Giới thiệu"\
             "</a><li><a href=/tin>Tin tức</a><li><a href=/vb>Văn bản</a></ul>"
#define FOOTER "<div class=footer><p>Giấy phép số 15/GP-TTĐT. Chịu trách nhiệm: ông "\
               "Lò Văn Mẫu, Chánh Văn phòng Ủy ban nhân dân huyện.</p><p>Địa chỉ: "\
               "thị trấn Mẫu. Điện thoại: 0212 000 000.</p></div>"
#define TITLE "Huyện Mẫu khánh thành cây cầu treo nối hai bản vùng cao"
#define PARAS "<p>Sáng nay, Ủy ban nhân dân huyện Mẫu cắt băng khánh thành cây cầu "\
              "treo dài 80 mét bắc qua suối Nậm Mẫu.</p><p>Cây cầu do nhân dân hai "\
              "bản góp công, huyện góp xi măng và cáp thép, làm trong bốn tháng.</p>"\
              "<p>Từ nay học sinh không phải lội suối tới trường trong mùa mưa lũ, "\
              "xe máy chở nông sản cũng qua được.</p>"
#define PAGE(title, body) "<html><head><title>" title "</title></head><body>" MENU \
                          body FOOTER "</body></html>"

static dx_arena arena;
static dx_article a;

static dx_left_out kind_of(const char *html, dx_input_options options)
{
    dx_error err = {0};
    dx_str bytes = dx_str_from(html);

    dx_arena_reset(&arena);
    if (dx_source_read(&dx_source_html, &(dx_record){.bytes = bytes}, &options,
            DX_STR_LIT("trang.html"), &arena, &a, &err) != DX_OK)
        fail_msg("%s", err.msg);
    return a.left_out;
}

static void check(const char *html, dx_left_out wanted)
{
    dx_left_out found = kind_of(html, (dx_input_options){0});

    if (found != wanted)
        fail_msg("\"%s\", not \"%s\": %.2000s", dx_left_out_key(found),
            dx_left_out_key(wanted), html);
    assert_int_equal(kind_of(html, (dx_input_options){.keep_lists = true}),
        DX_LEFT_NOT);
}

/* A page with `count` times `item`, in which %d is its number. */
static void check_list(const char *head, const char *item, int count,
    const char *tail, dx_left_out wanted)
{
    char *html = malloc(1 << 16);
    size_t n = (size_t)sprintf(html, "<html>%s", head);

    for (int i = 0; i < count; i++) {
        const char *at = strstr(item, "%d");
        n += (size_t)sprintf(html + n, "%.*s%d%s", (int)(at - item), item, i, at + 2);
    }
    sprintf(html + n, "%s</html>", tail);
    check(html, wanted);
    free(html);
}

#define LIST_HEAD "<head><title>Tin trong huyện - Cổng thông tin</title></head><body>"\
                  MENU "<h1>Tin trong huyện</h1>"
#define LINK "<a href=/tin/%d>Bản Mẫu mở lớp dạy chữ cho người lớn tuổi vào buổi tối</a>"
#define TEASER "Lớp học có hơn bốn mươi học viên, mỗi tuần ba buổi tối, do thầy cô giáo "\
               "của trường xã tình nguyện đứng lớp, sách vở được phát miễn phí."

/* ---- lists ---- */

static void headlines_with_teasers_are_a_list(void **state)
{
    (void)state;
    check_list(LIST_HEAD "<ul>", "<li>" LINK "<p>" TEASER "</p></li>", 12,
        "</ul>" FOOTER, DX_LEFT_LIST);
    check_list(LIST_HEAD "<div>", "<div class='item n3'><h3>" LINK "</h3><p>" TEASER
        "</p></div>", 6, "</div>" FOOTER, DX_LEFT_LIST);
    check_list(LIST_HEAD "<table>", "<tr><td>" LINK "<br>" TEASER "</td></tr>", 6,
        "</table>" FOOTER, DX_LEFT_LIST);
    check_list(LIST_HEAD "<div>", "<h3>" LINK "</h3><p>" TEASER "</p>", 6,
        "</div>" FOOTER, DX_LEFT_LIST);
    check_list(LIST_HEAD "<div>", "<article id=post-%d><h2><a href=/x>Bản Mẫu mở lớp "
        "dạy chữ buổi tối</a></h2>" PARAS PARAS "</article>", 5, "</div>" FOOTER,
        DX_LEFT_LIST);
}

static void links_alone_are_a_list(void **state)
{
    (void)state;
    check_list(LIST_HEAD "<ul>", "<li>" LINK " (12/3/2024)</li>", 20, "</ul>" FOOTER,
        DX_LEFT_LIST);
    check_list("<body><table>", "<tr><td>Quyết định về lịch thời vụ</td><td><a href="
        "/vb/%d.doc>QD so 37.doc</a></td><td>13/7/2026</td></tr>", 20, "</table>",
        DX_LEFT_LIST);
}

static void an_overview_may_say_a_few_words_of_itself(void **state)
{
    (void)state;
    check_list("<head><title>Trang chủ - Huyện Mẫu</title></head><body>" MENU "<p>"
        TEASER "</p><p>Cổng thông tin của huyện đăng tin tức, văn bản và thủ tục hành "
        "chính, mỗi ngày cập nhật hai lần vào sáng sớm và cuối giờ chiều.</p><ul>",
        "<li>" LINK "</li>", 30, "</ul>" FOOTER, DX_LEFT_LIST);
    check_list("<head><script type='application/ld+json'>{\"@graph\":[{\"@type\":"
        "\"CollectionPage\",\"name\":\"Tin\"}]}</script></head><body>" MENU "<p>" TEASER
        "</p><ul>", "<li>" LINK "</li>", 8, "</ul>" FOOTER, DX_LEFT_LIST);
}

/* ---- and their neighbours ---- */

#define RELATED "<div class=khac><h4>Tin liên quan</h4><ul><li><a href=/1>Xã Mẫu trồng "\
    "rừng đầu xuân trên đồi trọc</a><li><a href=/2>Bản Mẫu làm đường liên thôn vào "\
    "mùa khô</a><li><a href=/3>Huyện Mẫu mở hội xuống đồng đầu năm</a></ul></div>"

static void an_article_stays_one_beside_many_links(void **state)
{
    (void)state;
    check(PAGE(TITLE " | Cổng thông tin huyện Mẫu", "<h1>" TITLE "</h1>" PARAS RELATED
        RELATED RELATED RELATED), DX_LEFT_NOT);
    check(PAGE("Cổng thông tin huyện Mẫu", "<div class=tieude>" TITLE "</div>" PARAS
        RELATED), DX_LEFT_NOT);
    check_list("<head><title>" TITLE "</title></head><body>" MENU "<h1>" TITLE "</h1>"
        "<p>Cầu dài 80 mét, vốn của dân góp.</p><ul>", "<li>" LINK "</li>", 40, "</ul>"
        FOOTER, DX_LEFT_NOT);
}

static void linked_data_that_says_article_is_believed(void **state)
{
    (void)state;
    check_list("<head><script type='application/ld+json'>{\"@type\":\"NewsArticle\","
        "\"headline\":\"Ảnh lễ hội\"}</script></head><body><p>Ảnh: Mẫu.</p><ul>",
        "<li>" LINK "</li>", 30, "</ul>", DX_LEFT_NOT);
    check_list("<head><script type='application/ld+json'>{\"@type\":\"Legislation\","
        "\"name\":\"Quyết định 12\"}</script></head><body><p>Tệp kèm.</p><ul>",
        "<li>" LINK "</li>", 30, "</ul>", DX_LEFT_NOT);
    check_list("<head></head><body><div itemprop=articleBody>Ảnh.</div><ul>",
        "<li>" LINK "</li>", 30, "</ul>", DX_LEFT_NOT);
}

static void an_article_in_points_is_one(void **state)
{
    (void)state;
    check(PAGE("Cổng thông tin", "<div><p>Những việc cần làm trong tuần của các xã, thị "
        "trấn trong huyện như sau:</p><ul><li>Rà soát hộ nghèo theo <a href=/vb1>công "
        "văn 12</a>, gửi danh sách về phòng trước ngày 20, kèm biên bản họp bản.</li>"
        "<li>Tiêm phòng cho trâu bò theo <a href=/vb2>kế hoạch 14</a>, xong trước mùa "
        "mưa, báo cáo số con đã tiêm.</li><li>Sửa kênh mương nội đồng theo <a href="
        "/vb3>hướng dẫn 9</a>, mỗi hộ góp hai công lao động.</li></ul>" PARAS "</div>"),
        DX_LEFT_NOT);
}

static void a_text_within_a_link_is_no_link(void **state)
{
    (void)state;
    check("<html><head><title>Bài</title></head><body>" MENU "<a href=/x><div>" PARAS
          "</div></a></body></html>", DX_LEFT_NOT);
    check("<html><head><title>Bài</title></head><body>" MENU "<a href=/x>Về đầu trang"
          "<div>" PARAS PARAS "</div></body></html>", DX_LEFT_NOT);
}

static void a_page_without_links_is_no_list(void **state)
{
    (void)state;
    check("<h1>Thông báo</h1><p>Mai nghỉ lễ.</p>", DX_LEFT_NOT);
    check("<title>" TITLE "</title><body class=sticky-footer><div "
          "class=footer-wrap>" PARAS "</div></body>",
        DX_LEFT_NOT);
}

/* ---- errors ---- */

static void check_shell(const char *html, dx_left_out wanted)
{
    assert_int_equal(kind_of(html, (dx_input_options){0}), wanted);
}

static void a_page_that_scripts_make_is_told(void **state)
{
    (void)state;
#define SCRIPT "<script src=/a.js></script>"
    check_shell("<title>Cổng thông tin</title><noscript>You need to enable JavaScript "
                "to run this app.</noscript><div id=\"root\"></div>" SCRIPT, DX_LEFT_SHELL);
    check_shell("<title>Tin xã</title><div id=app><p>Đang tải...</p></div>" SCRIPT,
        DX_LEFT_SHELL);
    check_shell("<title>Tin</title><body><app-root></app-root>" SCRIPT, DX_LEFT_SHELL);
    /* what was drawn by the server, what tells what it is, no such element, no script */
    check_shell("<title>Tin xã</title><div id=app><p>Mai nghỉ lễ.</p></div>" SCRIPT,
        DX_LEFT_NOT);
    check_shell("<title>Tin xã</title><meta property=og:description content='Xã họp dân "
                "bàn việc làm đường vào sáng chủ nhật.'><div id=app></div>" SCRIPT,
        DX_LEFT_NOT);
    check_shell("<title>Tin xã</title><div id=apparel></div>" SCRIPT, DX_LEFT_NOT);
    check_shell("<title>Tin xã</title><div id=app></div>", DX_LEFT_NOT);
}

static void error_pages_are_told(void **state)
{
    static const char *const pages[] = {
        PAGE("Lỗi 404 - Cổng dữ liệu", "<h1>404 Not Found</h1>"),
        PAGE("Trạng thái - Sở Mẫu", "<h1>Không tìm thấy</h1><p>Tài nguyên không được "
            "tìm thấy.</p>"),
        PAGE("Huyện Mẫu", "<p>Trang bạn yêu cầu không tồn tại hoặc đã bị xóa.</p>"),
        PAGE("Huyen Mau", "<p>Khong tim thay trang ban yeu cau</p>"),
        PAGE("Báo Mẫu", "<h2>Bài viết này không còn tồn tại</h2><p>Mời bạn đọc các tin "
            "khác của báo.</p>"),
        PAGE("Access Denied", "<p>You don't have permission to view this page.</p>"),
        "<html><head><title>500 - Internal server error.</title></head><body><h2>500 - "
        "Internal server error.</h2></body></html>",
        "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad "
        "Gateway</h1></center><hr><center>nginx</center></body></html>",
        PAGE("Mẫu", "<p>Đã xảy ra lỗi trong quá trình xử lý yêu cầu.</p>"),
        "<html><head><title>Mẫu</title></head><body class='error404 x'><p>Ồ, đi đâu thế "
        "này?</p></body></html>",
    };

    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        check(pages[i], DX_LEFT_ERROR_PAGE);
}

static void articles_about_errors_stay(void **state)
{
    (void)state;
    check(PAGE("Lỗi 404 là gì và cách sửa trên trang web", "<h1>Lỗi 404 là gì và cách "
        "sửa trên trang web</h1>" PARAS), DX_LEFT_NOT);
    check(PAGE("Không tìm thấy dấu vết của con tàu chìm ngoài khơi", "<h1>Không tìm thấy "
        "dấu vết của con tàu chìm ngoài khơi</h1>" PARAS), DX_LEFT_NOT);
    check(PAGE("Quyết định 404 về lịch thời vụ vụ mùa", "<h1>Quyết định 404 về lịch thời "
        "vụ vụ mùa</h1><p>Lịch kèm theo.</p>"), DX_LEFT_NOT);
    check(PAGE(TITLE, "<h1>" TITLE "</h1><p>Cầu dài 80 mét.</p><div>Access Denied</div>"
        "<div>Đã xảy ra lỗi, mời thử lại.</div>"), DX_LEFT_NOT);
}

/* ---- under construction ---- */

static void pages_that_are_not_ready_are_told(void **state)
{
    static const char *const lines[] = {
        "Chức năng đang được hoàn thiện. Quý khách vui lòng quay lại sau !",
        "Nội dung đang cập nhật...", "Đang cập nhật", "Noi dung dang cap nhat",
        "Chuyên mục này đang được xây dựng.", "Website đang nâng cấp, mời quay lại sau.",
        "Hệ thống đang bảo trì", "This page is under construction", "Coming soon!",
    };

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char html[2000];
        snprintf(html, sizeof html, PAGE("Hỏi đáp - Sở Mẫu", "<div><p>%s</p></div>"),
            lines[i]);
        check(html, DX_LEFT_UNFINISHED);
    }
}

static void what_is_built_elsewhere_is_news(void **state)
{
    (void)state;
    check(PAGE("Cầu Mẫu đang được xây dựng vượt tiến độ hai tháng", "<h1>Cầu Mẫu đang "
        "được xây dựng vượt tiến độ hai tháng</h1><p>Nhịp chính đã hợp long.</p>"),
        DX_LEFT_NOT);
    check(PAGE("Huyện Mẫu", "<p>Cầu treo bản Mẫu đang được xây dựng.</p>" PARAS),
        DX_LEFT_NOT);
}

/* ---- search, print ---- */

static void answers_to_a_search_are_told(void **state)
{
    (void)state;
    check_list("<head><title>Kết quả tìm kiếm cho “cầu treo”</title></head><body>" MENU
        "<ul>", "<li>" LINK "<p>" TEASER "</p></li>", 8, "</ul>" FOOTER, DX_LEFT_SEARCH);
    check_list("<head><title>cầu treo</title></head><body class='search "
        "search-results'>" MENU "<ul>", "<li>" LINK "</li>", 8, "</ul>", DX_LEFT_SEARCH);
    check(PAGE("Tìm kiếm hai ngư dân mất tích ngoài khơi", "<h1>Tìm kiếm hai ngư dân mất "
        "tích ngoài khơi</h1>" PARAS), DX_LEFT_NOT);
}

static void pages_that_print_themselves_are_told(void **state)
{
    (void)state;
    check("<html><body onload='window.print()'><h1>" TITLE "</h1>" PARAS "</body></html>",
        DX_LEFT_PRINT);
    check("<html><body><h1>" TITLE "</h1>" PARAS "<script>window.onload = function () { "
          "window.print(); }</script></body></html>", DX_LEFT_PRINT);
    check("<html><body><h1>" TITLE "</h1>" PARAS "<a href='#' onclick='window.print()'>In"
          "</a><script>function printPage() { window.print(); }</script></body></html>",
        DX_LEFT_NOT);
    check("<html><body onload='prettyPrint()'><h1>" TITLE "</h1>" PARAS "</body></html>",
        DX_LEFT_NOT);
}

/* ---- robots ---- */

static dx_left_out robots(const char *meta, bool ignore)
{
    char html[4000];

    snprintf(html, sizeof html, "<html><head><title>" TITLE "</title>%s</head><body><h1>"
        TITLE "</h1>" PARAS "</body></html>", meta);
    return kind_of(html, (dx_input_options){.ignore_robots = ignore});
}

static void pages_that_ask_not_to_be_indexed_are_left_out(void **state)
{
    static const char *const asking[] = {"<meta name=robots content='noindex, follow'>",
        "<meta name=ROBOTS content=NOINDEX>", "<meta name=googlebot content=noindex>",
        "<meta name=robots content=none>"};
    static const char *const others[] = {"<meta name=robots content='index,follow'>",
        "<meta name=robots content='nofollow, noarchive'>",
        "<meta name=description content=noindex>",
        "<meta name=robots content='max-image-preview:large'>"};

    (void)state;
    for (size_t i = 0; i < sizeof asking / sizeof *asking; i++) {
        assert_int_equal(robots(asking[i], false), DX_LEFT_NOINDEX);
        assert_int_equal(robots(asking[i], true), DX_LEFT_NOT);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(robots(others[i], false), DX_LEFT_NOT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headlines_with_teasers_are_a_list),
        cmocka_unit_test(links_alone_are_a_list),
        cmocka_unit_test(an_overview_may_say_a_few_words_of_itself),
        cmocka_unit_test(an_article_stays_one_beside_many_links),
        cmocka_unit_test(linked_data_that_says_article_is_believed),
        cmocka_unit_test(an_article_in_points_is_one),
        cmocka_unit_test(a_text_within_a_link_is_no_link),
        cmocka_unit_test(a_page_without_links_is_no_list),
        cmocka_unit_test(a_page_that_scripts_make_is_told),
        cmocka_unit_test(error_pages_are_told),
        cmocka_unit_test(articles_about_errors_stay),
        cmocka_unit_test(pages_that_are_not_ready_are_told),
        cmocka_unit_test(what_is_built_elsewhere_is_news),
        cmocka_unit_test(answers_to_a_search_are_told),
        cmocka_unit_test(pages_that_print_themselves_are_told),
        cmocka_unit_test(pages_that_ask_not_to_be_indexed_are_left_out),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    dx_arena_free(&arena);
    return failed;
}
