/* Where a page's article is: which blocks belong to it, and what only looks like
 * a menu, a comment or a link. Each case is a page, lines that must be in the
 * body and lines that must not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "indexer/input/source.h"

static dx_arena arena;
static dx_article a;
static dx_error err;

static void read_page(const char *body)
{
    char html[16384];
    int n = snprintf(html, sizeof html,
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>Xã vùng cao đón "
        "điện lưới</title></head>%s</html>", body);

    assert_in_range(n, 1, sizeof html - 1);
    dx_arena_reset(&arena);
    dx_status rc = dx_source_read(&dx_source_html,
        &(dx_record){.bytes = {html, (size_t)n}}, &(dx_input_options){0},
        DX_STR_LIT("bai.html"), &arena, &a, &err);
    if (rc != DX_OK)
        fail_msg("%s", err.msg);
}

static bool in_body(const char *line)
{
    return a.body.len &&
           memmem(a.body.ptr, a.body.len, line, strlen(line)) != NULL;
}

static void has(const char *line)
{
    if (!in_body(line))
        fail_msg("\"%s\" is not in \"%.*s\"", line, (int)a.body.len, a.body.ptr);
}

static void has_not(const char *line)
{
    if (in_body(line))
        fail_msg("\"%s\" is in \"%.*s\"", line, (int)a.body.len, a.body.ptr);
}

#define P1 "Đêm qua, hơn hai trăm hộ ở ba bản xa nhất của xã lần đầu được dùng "   \
           "điện lưới, sau gần mười năm chờ đợi và nhiều lần khảo sát."
#define P2 "Trưởng bản cho biết bà con đã góp công đào móng cột, phát quang hành " \
           "lang tuyến, và dành đất trước nhà để đặt trạm biến áp của bản."
#define P3 "Theo ngành điện, tuyến đường dây dài mười chín cây số, đi qua hai "    \
           "con suối lớn, nên phải dựng thêm bốn cột thép cao hơn thường lệ."
#define PARAS "<p>" P1 "</p><p>" P2 "</p><p>" P3 "</p>"
#define MENU "<ul class=menu><li><a href=/>Trang chủ</a></li><li><a href=/tin>"   \
             "Tin tức trong xã và các bản</a></li></ul>"

static void has_all(void)
{
    has(P1);
    has(P2);
    has(P3);
}

/* ---- names ---- */

static void names_about_the_layout_are_no_noise(void **state)
{
    static const char *const names[] = {"class='html one-sidebar sidebar-second'",
        "class=no-sidebars", "class='site has-sidebar-right'",
        "class=overflow-hidden", "class=navbar-open", "class=print",
        "class=commentary", "class=unrelated", "class=hasComments",
        "class='post tag-social category-menu'", "id=printable class=hidden-xs",
        "class=sidebar", "id=comments", "style='display: none'", "hidden",
        "class=two-sidebars", "class=nav-open id=popup"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char html[4000];
        snprintf(html, sizeof html, "<body %s>" MENU PARAS "</body>", names[i]);
        read_page(html);
        has_all();
        snprintf(html, sizeof html, "<body>" MENU "<div %s><div>" PARAS
                 "</div></div></body>", names[i]);
        read_page(html);
        has_all();
    }
}

/* Most of the page's bytes are in short lines that are no text. */
static void what_holds_most_of_the_prose_is_no_noise(void **state)
{
    static const char *const names[] = {"class=sidebar", "class=related-content",
        "id=popup", "class='footer x'", "style='display:none'"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char html[8000];
        int n = snprintf(html, sizeof html, "<body><div %s>" PARAS "</div>",
            names[i]);
        assert_in_range(n, 1, 3000);
        for (int k = 0; k < 60; k++)
            strcat(html, "<div>Bản tin thời tiết</div>");
        strcat(html, "</body>");
        read_page(html);
        has_all();
    }
}

static void tags_that_hold_the_text_are_no_noise(void **state)
{
    static const char *const tags[] = {"aside", "nav", "footer", "header",
        "noscript", "figure", "form", "article", "section", "button", "td",
        "figcaption", "center", "details", "blockquote", "my-story", "span",
        "textarea", "dialog"};

    (void)state;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        char html[4000];
        bool cell = strcmp(tags[i], "td") == 0;
        bool raw = strcmp(tags[i], "textarea") == 0;
        snprintf(html, sizeof html, "<body>" MENU "%s<%s>%s</%s>%s</body>",
            cell ? "<table><tr>" : "", tags[i],
            raw ? P1 "\n" P2 "\n" P3 : PARAS, tags[i],
            cell ? "</tr></table>" : "");
        read_page(html);
        has_all();
    }
}

static void what_stands_beside_the_text_is_noise(void **state)
{
    static const char *const names[] = {"class=comments", "id=comment-list",
        "class='box related-news'", "class=boxRelatedNews", "class=tinlienquan",
        "class=tin-lien-quan", "class='col sidebar'", "id=sidebarRight",
        "class=social-share", "class=quang-cao", "style='display:none'", "hidden",
        "class=binhluan", "id=footer", "class=newsletter", "class='ads top'",
        "class=cookie-consent", "class=visually-hidden", "class=post-tags"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char html[4000];
        snprintf(html, sizeof html, "<body>" MENU "<div class=x>" PARAS "<div %s>"
                 "<p>Ước gì bản tôi cũng sớm có điện, chờ mãi.</p></div></div>"
                 "</body>", names[i]);
        read_page(html);
        has_all();
        has_not("chờ mãi");
    }
}

/* A short article above a long footer: the footer holds most of the text. */
static void a_long_footer_is_not_a_short_article(void **state)
{
    (void)state;
    read_page("<body>" MENU "<div class=article-content><p>" P1 "</p><p>" P2
              "</p></div><footer><p>Giấy phép thiết lập trang thông tin điện tử "
              "tổng hợp do sở cấp cho xã.</p><p>Chịu trách nhiệm nội dung: phó "
              "chủ tịch phụ trách văn hóa của xã.</p><p>Trụ sở ở trung tâm xã, "
              "cạnh trường học, mở cửa các ngày trong tuần.</p><p>Ghi rõ nguồn "
              "khi phát hành lại thông tin từ trang này của chúng tôi.</p><p>"
              "Điện thoại trực ban đêm của xã có người nghe đến tận mười giờ."
              "</p></footer></body>");
    has(P1);
    has(P2);
    has_not("phát hành lại");
}

/* ---- links ---- */

static void what_is_no_link_to_another_article(void **state)
{
    static const char *const anchors[] = {"<a name=dau>", "<a class=chu>",
        "<a id=muc1>", "<a href='#muc2'>", "<a href=45.pdf>",
        "<a href='/tep/45.DOCX?tai=1'>", "<a href='javascript:void(0)'>",
        "<a href=''>", "<a href='mailto:ubnd@xa.example'>"};

    (void)state;
    for (size_t i = 0; i < sizeof anchors / sizeof *anchors; i++) {
        char html[4000];
        snprintf(html, sizeof html, "<body>" MENU PARAS "<p>%sToàn văn quyết định "
                 "phân công trực trạm biến áp</a></p></body>", anchors[i]);
        read_page(html);
        has_all();
        has("Toàn văn quyết định phân công trực trạm biến áp");
        snprintf(html, sizeof html, "<body>" MENU "%s" PARAS "</a></body>",
            anchors[i]);
        read_page(html);
        has_all();
    }
    read_page("<body>" PARAS "<p><a href=/bai-khac>Bản bên cũng sắp có điện lưới"
              " quốc gia</a></p></body>");
    has_not("Bản bên");
}

static void a_link_around_or_before_the_text(void **state)
{
    static const char *const pages[] = {
        "<body><a href=/goc>" PARAS "</a></body>",
        "<body><a href=/goc><div>" PARAS "</div></body>",
        "<body><a href=/>Trang chủ<div>" PARAS "</div></body>",
        "<body><div><a href=/>Trang chủ</div>" PARAS "</body>",
        "<body>" MENU "<p><a href=/>Trang chủ</p>" PARAS "</body>",
        "<body><a name=top />" PARAS "</body>",
    };

    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        read_page(pages[i]);
        has_all();
    }
}

/* ---- blocks ---- */

static void a_body_in_several_blocks_is_joined(void **state)
{
    static const char *const pages[] = {
        /* two halves around an advertisement */
        ("<body><div class=c><div id=dau><p>" P1 "</p><p>" P2 "</p></div><div "
         "id=qc></div><div id=cuoi><p>" P3 "</p></div></div></body>"),
        /* each paragraph in a box of its own */
        ("<body><div class=c><section><div><p>" P1 "</p></div></section><section>"
         "<div><p>" P2 "</p></div></section><section><div><p>" P3 "</p></div>"
         "</section></div></body>"),
        /* rows of a table without a meaning */
        ("<body><table><tr><td>" P1 "</td></tr><tr><td>" P2 "</td></tr><tr><td>"
         P3 "</td></tr></table></body>"),
        /* cells beside one another */
        "<body><table><tr><td>" P1 "</td><td>" P2 "</td><td>" P3
        "</td></tr></table></body>",
        /* loose text between breaks */
        "<body><div>" P1 "<br><br>" P2 "<br><br>" P3 "</div></body>",
        "<body><div>" P1 "<p>" P2 "</p>" P3 "</div></body>",
        /* a first paragraph before the box, as a lead is set */
        ("<body><main><p>" P1 "</p><div class=rest><p>" P2 "</p><p>" P3 "</p>"
         "</div></main></body>"),
    };

    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        read_page(pages[i]);
        has_all();
    }
}

static void what_belongs_to_a_text(void **state)
{
    (void)state;
    read_page("<body>" MENU "<div>" PARAS
              "<h2>Những việc còn lại</h2><ul><li>Lắp công tơ cho nhà trường</li>"
              "<li>Treo biển báo dọc tuyến</li></ul><ol><li>Tập huấn thợ điện bản"
              "</li></ol><dl><dt>Trạm biến áp</dt><dd>Nơi hạ điện áp cho bản</dd>"
              "</dl><table><caption>Số hộ đã có điện</caption><tr><th>Bản</th><th>"
              "Số hộ</th></tr><tr><td>Nà Lốc</td><td>86</td></tr><tr><td>Pá Khôm"
              "</td><td>71</td></tr></table><blockquote>Có điện rồi, con tôi học "
              "bài không phải thắp đèn dầu.</blockquote><pre>Lịch trực: thứ hai, "
              "thứ năm</pre></div></body>");
    has_all();
    has("Những việc còn lại\nLắp công tơ cho nhà trường\nTreo biển báo dọc tuyến\n"
        "Tập huấn thợ điện bản\nTrạm biến áp\nNơi hạ điện áp cho bản\nSố hộ đã có "
        "điện\nBản Số hộ\nNà Lốc 86\nPá Khôm 71\nCó điện rồi, con tôi học bài không"
        " phải thắp đèn dầu.\nLịch trực: thứ hai, thứ năm");
}

static void a_table_is_never_one_cell(void **state)
{
    (void)state;
    read_page("<body>" MENU "<table><tr><td>Số ký hiệu</td><td>12/TB-UBND</td>"
              "</tr><tr><td>Trích yếu</td><td>" P1 "</td></tr><tr><td>Nơi nhận"
              "</td><td>Các trưởng bản, ban quản lý chợ và trạm y tế của xã</td>"
              "</tr></table></body>");
    has("12/TB-UBND");
    has(P1);
    has("Các trưởng bản");
}

/* The cell of the text in a page that is laid out by a table. */
static void a_table_may_be_the_page(void **state)
{
    (void)state;
    read_page("<body><table><tr><td>" MENU "</td><td>" PARAS "</td><td><p>Dự báo "
              "đêm nay vùng núi có sương mù.</p></td></tr></table></body>");
    has_all();
    has_not("sương mù");
}

static void of_two_languages_that_of_the_page_is_kept(void **state)
{
    static const char english[] =
        "<p>Last night, more than two hundred homes in the three remotest hamlets "
        "were connected to the grid, after nearly ten years of waiting.</p>";

    (void)state;
    for (int longer = 1; longer <= 8; longer++) {
        char html[8000] = "<body><div id=vi><div>" PARAS "</div></div><div id=en>";
        for (int i = 0; i < longer; i++)
            strcat(html, english);
        strcat(html, "</div></body>");
        read_page(html);
        has_all();
    }
}

/* ---- pictures ---- */

static void captions_and_what_only_looks_so(void **state)
{
    (void)state;
    read_page("<body><div><p>" P1 "</p><figure><img src=a.jpg><figcaption>Trạm "
              "biến áp đầu bản</figcaption></figure><p>" P2 "</p><p class=image>"
              "<img src=b.jpg></p><p class=img-caption>Thợ điện kéo dây qua suối"
              "</p><p>" P3 "</p><p><img src=c.jpg></p><p><em>Bài viết có sự hỗ trợ"
              " của điện lực huyện và bà con trong bản.</em></p></div></body>");
    has_all();
    has_not("Trạm biến áp đầu bản");
    has_not("Thợ điện kéo dây");
    has("Bài viết có sự hỗ trợ của điện lực huyện");
}

static void a_story_in_pictures_has_its_text_below_them(void **state)
{
    (void)state;
    read_page("<body>" MENU "<div><p>Ảnh đêm đầu tiên có điện ở bản.</p><figure>"
              "<img src=1.jpg><figcaption>" P1 "</figcaption></figure><figure><img "
              "src=2.jpg><figcaption>" P2 "</figcaption></figure><figure><img "
              "src=3.jpg><figcaption>" P3 "</figcaption></figure></div></body>");
    has_all();
}

/* ---- nothing is lost ---- */

static void where_nothing_is_left_all_is_the_body(void **state)
{
    static const char *const pages[] = {
        "<body><a href=/a>Lịch cắt điện tuần này của bản Nà Lốc</a></body>",
        ("<body><ul class=menu><li><a href=/a>Lịch cắt điện tuần này của bản Nà "
         "Lốc</a></li></ul><div class=comments></div></body>"),
        ("<body><nav>Bản tin</nav><div class=ads>Lịch cắt điện tuần này của bản Nà"
         " Lốc</div></body>"),
    };

    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        read_page(pages[i]);
        has("Lịch cắt điện tuần này của bản Nà Lốc");
    }
}

static int set_up(void **state)
{
    (void)state;
    arena = (dx_arena)DX_ARENA_INIT;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dx_arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_about_the_layout_are_no_noise),
        cmocka_unit_test(what_holds_most_of_the_prose_is_no_noise),
        cmocka_unit_test(tags_that_hold_the_text_are_no_noise),
        cmocka_unit_test(what_stands_beside_the_text_is_noise),
        cmocka_unit_test(a_long_footer_is_not_a_short_article),
        cmocka_unit_test(what_is_no_link_to_another_article),
        cmocka_unit_test(a_link_around_or_before_the_text),
        cmocka_unit_test(a_body_in_several_blocks_is_joined),
        cmocka_unit_test(what_belongs_to_a_text),
        cmocka_unit_test(a_table_is_never_one_cell),
        cmocka_unit_test(a_table_may_be_the_page),
        cmocka_unit_test(of_two_languages_that_of_the_page_is_kept),
        cmocka_unit_test(captions_and_what_only_looks_so),
        cmocka_unit_test(a_story_in_pictures_has_its_text_below_them),
        cmocka_unit_test(where_nothing_is_left_all_is_the_body),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
