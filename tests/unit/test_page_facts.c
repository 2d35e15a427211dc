/* What a page says about its article, in the structures of many systems: which of
 * several titles, dates and names is the article's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/source.h"

static dx_arena arena;
static dx_article a;
static int32_t written; /* the day on which the page was saved */

static void read_ok(const char *html)
{
    dx_error err = {0};

    dx_arena_reset(&arena);
    dx_record record = {.bytes = dx_str_from(html), .written = written};
    if (dx_source_read(&dx_source_html, &record, &(dx_input_options){0},
            DX_STR_LIT("bai.html"), &arena, &a, &err) != DX_OK)
        fail_msg("%s", err.msg);
}

static void check(dx_field field, const char *wanted)
{
    if (!dx_str_eq(a.at[field], dx_str_from(wanted)))
        fail_msg("%s: found \"%.*s\", not \"%s\"", dx_fields[field].name,
            (int)a.at[field].len, a.at[field].ptr, wanted);
}

static void check_from(dx_field field, const char *wanted)
{
    const char *from = a.from.field[field];

    if (!from || strcmp(from, wanted) != 0)
        fail_msg("%s: from %s, not %s", dx_fields[field].name,
            from ? from : "nowhere", wanted);
}

static void check_date(int year, int month, int day)
{
    char found[DX_CIVIL_BYTES];

    if (a.date != dx_date_of(year, month, day)) {
        dx_civil_put(a.date, found);
        fail_msg("found day \"%s\", not %d-%d-%d", found, year, month, day);
    }
}

#define TITLE "Thanh niên ra quân khơi thông kênh tưới tiêu"
#define LEAD                                                                   \
    "Phong trào khơi thông kênh mương của tuổi trẻ huyện nhà đã đưa nước về "  \
    "tận những cánh đồng cuối nguồn trong vụ này."
#define BODY                                                                   \
    "<p>Từ sáng sớm, hơn ba trăm đoàn viên đã có mặt dọc bờ kênh chính để "    \
    "dọn bèo và vớt rác trôi nổi sau những ngày mưa lớn.</p>"                  \
    "<p>Mỗi chi đoàn phụ trách một đoạn dài hai trăm mét, phương tiện do "     \
    "các hợp tác xã nông nghiệp trong vùng cho mượn.</p>"                      \
    "<p>Nước đã về tới những thửa ruộng cuối nguồn, bà con kịp làm đất và "    \
    "gieo mạ mà không phải chờ đợi như các năm trước.</p>"
#define HEAD "<!DOCTYPE html><html><head><meta charset=utf-8>"
#define PAGE(title, body)                                                      \
    HEAD "<title>" title "</title></head><body>" body "</body></html>"

/* ---- titles ---- */

static void the_site_is_cut_from_either_end_of_a_title(void **state)
{
    static const struct {
        const char *html, *title;
    } pages[] = {
        {PAGE("Trang tin huyện Bình Khê | " TITLE, "<b>" TITLE "</b>" BODY),
            TITLE},
        {PAGE("Bình Khê Xanh - " TITLE,
             "<a href='/'>Bình Khê Xanh</a><div>" BODY "</div>"),
            TITLE},
        {PAGE(TITLE " - Bình Khê Xanh",
             "<h1><a href='/'>Bình Khê Xanh</a></h1><h2>" TITLE "</h2>" BODY),
            TITLE},
        {PAGE("Cổng thông tin điện tử huyện | " TITLE, BODY), TITLE},
        {PAGE(TITLE " | Nông thôn mới | Báo Bình Khê", "<h1>" TITLE "</h1>" BODY),
            TITLE},
        {PAGE(TITLE " - Xã hội - Bình Khê Online",
             "<meta property=og:title content='" TITLE
             " - Xã hội - Bình Khê Online'><h1>" TITLE "</h1>" BODY),
            TITLE},
        {PAGE("UBND xã Tân Hòa",
             "<table><tr><td class=title1><b>" TITLE "</b></td></tr></table>"
             BODY),
            TITLE},
        {PAGE(TITLE, "<h1>" TITLE " <span>(12/03/2024)</span></h1>" BODY), TITLE},
        /* what is set apart by a hyphen may belong to the title */
        {PAGE("Kênh Đông - nguồn nước của ba huyện - Báo Bình Khê",
             "<h1>Kênh Đông - nguồn nước của ba huyện</h1>" BODY),
            "Kênh Đông - nguồn nước của ba huyện"},
        {PAGE("Kênh Đông - nguồn nước của ba huyện phía nam | Báo Bình Khê",
             BODY),
            "Kênh Đông - nguồn nước của ba huyện phía nam"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        read_ok(pages[i].html);
        check(DX_FIELD_TITLE, pages[i].title);
    }
}

static void a_title_on_which_two_places_agree_is_certain(void **state)
{
    (void)state;
    read_ok(PAGE(TITLE " | Báo Bình Khê", "<h1>" TITLE "</h1>" BODY));
    assert_true(a.title_is_certain);
    check_from(DX_FIELD_TITLE, "h1");
    read_ok(PAGE("Tuổi trẻ với ruộng đồng quê nhà", "<h1>" TITLE "</h1>" BODY));
    assert_false(a.title_is_certain);
}

static void templates_with_one_title_for_all_pages_are_no_help(void **state)
{
    (void)state;
    read_ok(PAGE("Chi tiết tin tức",
        "<h1>Tin tức</h1><div class=news-title>" TITLE "</div>" BODY));
    check(DX_FIELD_TITLE, TITLE);
}

static void a_title_that_is_cut_is_completed(void **state)
{
    (void)state;
    read_ok(PAGE("Thanh niên ra quân khơi thông...",
        "<meta property=og:title content='Thanh niên ra quân khơi thông…'>"
        "<h1>" TITLE "</h1>" BODY));
    check(DX_FIELD_TITLE, TITLE);
}

static void linked_data_of_another_article_is_stale(void **state)
{
    (void)state;
    read_ok(PAGE(TITLE,
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\","
        "\"headline\":\"Hội thi cấy lúa xã Tân Hòa năm trước\","
        "\"datePublished\":\"2019-02-03\",\"author\":{\"@type\":\"Person\","
        "\"name\":\"Lê Văn Cũ\"}}</script><h1>" TITLE
        "</h1><div class=date>12/03/2024</div>" BODY
        "<p style='text-align:right'><b>Trần Thị Mới</b></p>"));
    check(DX_FIELD_TITLE, TITLE);
    check(DX_FIELD_AUTHOR, "Trần Thị Mới");
    check_date(2024, 3, 12);
}

static void entities_left_in_linked_data_are_resolved(void **state)
{
    (void)state;
    read_ok(PAGE("x",
        "<script type='application/ld+json'>{\"@graph\":[{\"@type\":"
        "\"NewsArticle\",\"headline\":\"Thanh ni&amp;ecirc;n ra qu&acirc;n\","
        "\"author\":[{\"@type\":\"Person\",\"name\":\"L&ecirc; "
        "&amp;#272;&igrave;nh S&#417;n\"}],\"articleSection\":["
        "\"N&ocirc;ng nghi&#7879;p\",\"X&atilde; h&#7897;i\"]}]}</script>"
        BODY));
    check(DX_FIELD_TITLE, "Thanh niên ra quân");
    check(DX_FIELD_AUTHOR, "Lê Đình Sơn");
    check(DX_FIELD_CATEGORY, "Nông nghiệp");
}

/* ---- dates ---- */

#define H1 "<h1>" TITLE "</h1>"

static void the_date_is_the_articles(void **state)
{
    static const char *const bodies[] = {
        /* the page's clock stands above */
        "<span class=date>Hôm nay: Thứ Hai, 30/11/2026</span>" H1 BODY
        "<div>Ngày đăng: 12/03/2024</div>",
        "<div>Thứ Hai, ngày 30 tháng 11 năm 2026</div><ul class=menu><li><a "
        "href=/a>Giới thiệu</a></li></ul><p>Tìm kiếm</p>" H1 BODY
        "<p align=right>Ngày cập nhật: 12-03-2024</p>",
        "<div id=lblDate>Chủ nhật, 29/11/2026, 11:40</div>" H1
        "<span class=Date>Thứ Ba, 12/3/2024, 10:20</span>" BODY,
        "<div class=date>Thứ Hai, 30/11/2026</div>" H1 BODY
        "<p>Bài viết của huyện đoàn</p><div>12/03/2024</div>",
        /* other articles have dates, too */
        "<ul><li><a href=/1>Một bài khác của trang nhất</a> <span class=time>"
        "20/11/2026</span></li></ul>" H1 BODY "<p>Đăng lúc: 08:15, 12/03/2024</p>",
        H1 BODY "<div class=tin-lien-quan><div class=time>20/11/2026</div></div>"
        "<div class=ngay>12/03/2024</div>",
        /* a label that goes on is another label */
        H1 "<p>Ngày đăng ký: 01/02/2024</p><p>Ngày đăng: 12/03/2024</p>" BODY,
        /* and a sentence is none */
        H1 "<div class=date>12/03/2024</div><p>Cuốn sách được xuất bản ngày "
        "5/6/2019.</p>" BODY,
        H1 "<div>Cập nhật: 15/03/2024 | Ngày đăng: 12/03/2024</div>" BODY,
        "<table><tr><td>Ngày đăng</td><td>12/03/2024</td></tr></table>" H1 BODY,
        H1 "<div>Posted on March 12th, 2024 by staff</div>" BODY,
        "<div>Được viết ngày Thứ ba, 12 Tháng 3 2024 08:15</div>" H1 BODY,
        /* in pieces */
        "<div class=date><span>12</span><span>Tháng 3</span><span>2024</span>"
        "</div>" H1 BODY,
        H1 "<div class=post-date><div>12</div><div>Th3</div><div>2024</div></div>"
        BODY,
        H1 "<p>Thứ&nbsp;Ba,&nbsp;12&nbsp;tháng&nbsp;3,&nbsp;2024</p>" BODY,
        /* signed */
        H1 BODY "<p><i>Bình Khê, ngày 12 tháng 3 năm 2024</i></p>",
    };

    (void)state;
    written = dx_date_of(2026, 11, 30);
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        char html[4000];
        snprintf(html, sizeof html, PAGE(TITLE, "%s"), bodies[i]);
        read_ok(html);
        if (a.date != dx_date_of(2024, 3, 12))
            print_message("page %zu\n", i);
        check_date(2024, 3, 12);
    }
    written = 0;
}

static void nothing_was_published_after_its_file_was_written(void **state)
{
    static const char html[] = PAGE(TITLE,
        "<meta property=article:published_time content=2031-01-01>" H1
        "<div class=date>12/03/2024</div>" BODY);

    (void)state;
    read_ok(html);
    check_date(2031, 1, 1);
    written = dx_date_of(2026, 11, 30);
    read_ok(html);
    check_date(2024, 3, 12);
    written = dx_date_of(2024, 3, 1);
    read_ok(html);
    assert_int_equal(a.date, DX_DATE_UNKNOWN);
    written = dx_date_of(2026, 11, 30); /* the other way round it may be */
    read_ok(PAGE(TITLE, H1 "<div class=date>11/12/2026</div>" BODY));
    check_date(2026, 11, 12);
    written = 0;
}

static void a_change_is_told_beside_the_day_of_publishing(void **state)
{
    (void)state;
    read_ok(PAGE(TITLE, H1
        "<div>Ngày đăng: 12/03/2024</div><div>Cập nhật: 15/03/2024</div>" BODY));
    check_date(2024, 3, 12);
    check(DX_FIELD_MODIFIED, "2024-03-15");
}

/* ---- people ---- */

static void an_author_is_a_person(void **state)
{
    static const char *const nobody[] = {
        "<div class=author>29/06/2018 15:25</div>",
        "<div class=author>Super User</div>",
        "<div class=author>admin</div>",
        "<div class=author>Ban Biên tập</div>",
        "<div class=author>Báo Bình Khê</div>",
        "<div class=author>binhkhe.example.vn</div>",
        "<meta name=author content='Công ty Phần mềm Sao Khuê'>",
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\","
        "\"headline\":\"" TITLE "\",\"author\":{\"@type\":\"Organization\","
        "\"name\":\"Sao Khuê\"}}</script>",
    };
    static const struct {
        const char *html, *author;
    } people[] = {
        {"<div class=author>Phạm Thu Hằng</div>", "Phạm Thu Hằng"},
        {"<span id=ctl00_lblTacGia>Đỗ Văn Khải</span>", "Đỗ Văn Khải"},
        {"<p class=post-meta>HN</p>", "HN"},
        {"<p>Tác giả: Ngô Thị Bích</p>", "Ngô Thị Bích"},
        {"<p class=meta>Đăng bởi: <b>Vũ Thị Lan</b> lúc 08:15 ngày 12/03/2024</p>",
            "Vũ Thị Lan"},
        {"<div class=author><a href=/a>Mai Thị Hà</a> ha@bao.example</div>",
            "Mai Thị Hà"},
        {"<div><span>12/03/2024</span><span>Tác giả: <a href=#>Lý Văn Phúc</a>"
         "</span></div>", "Lý Văn Phúc"},
        {"<p>Bài: LÊ HIẾU - Ảnh: TUẤN MINH</p>", "LÊ HIẾU"},
        {"<div class=author>Kim Ánh/VOV1</div>", "Kim Ánh"},
        {"<span class=byline>bởi <a href=/a>Phạm Thu Hằng</a></span>",
            "Phạm Thu Hằng"},
    };
    char html[4000];

    (void)state;
    for (size_t i = 0; i < sizeof nobody / sizeof *nobody; i++) {
        snprintf(html, sizeof html, PAGE(TITLE, H1 "%s" BODY), nobody[i]);
        read_ok(html);
        check(DX_FIELD_AUTHOR, "");
    }
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        snprintf(html, sizeof html, PAGE(TITLE, H1 "%s" BODY), people[i].html);
        read_ok(html);
        check(DX_FIELD_AUTHOR, people[i].author);
    }
}

static void an_article_ends_in_its_signature(void **state)
{
    static const struct {
        const char *end, *author, *source;
    } rows[] = {
        {"<p style='text-align:right'><strong>Bùi Ngọc Ánh</strong> "
         "<em>(tổng hợp)</em></p>", "Bùi Ngọc Ánh", ""},
        {"<div align=right><b>Hà Anh</b></div><div align=right>&nbsp;</div>",
            "Hà Anh", ""},
        {"<p><strong>XUÂN LAN</strong></p>", "XUÂN LAN", ""},
        {"<p><strong>PV</strong></p>", "PV", ""},
        {"<p align=right><b>Hồ Quang</b></p><p>(Theo Báo Bình Khê)</p>",
            "Hồ Quang", "Báo Bình Khê"},
        {"<p>Theo <strong>Vân Anh</strong></p><div align=right>Lao Động</div>",
            "Vân Anh", "Lao Động"},
        {"<p><em>Nguồn: thanhnienbinhkhe.vn</em></p>", "",
            "thanhnienbinhkhe.vn"},
        {"<p align=right><b>Hồ Quang</b></p></div><div id=binhluan><p><b>Nguyễn "
         "Văn Tèo</b></p><p>Bài viết hay quá, mong phong trào này được làm ở mọi "
         "nơi để bà con nông dân đỡ vất vả hơn.</p>", "Hồ Quang", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char html[4000];
        snprintf(html, sizeof html,
            PAGE(TITLE, H1 "<div class=c>" BODY "%s</div>"), rows[i].end);
        read_ok(html);
        check(DX_FIELD_AUTHOR, rows[i].author);
        check(DX_FIELD_SOURCE, rows[i].source);
    }
}

/* ---- leads and categories ---- */

static void the_pages_own_lead_is_best(void **state)
{
    static const char *const bodies[] = {
        "<meta property=og:description content='Cổng thông tin của huyện: tin "
        "tức, văn bản, thủ tục'>" H1 "<p><strong>" LEAD "</strong></p>" BODY,
        "<meta property=og:description content='Phong trào khơi thông kênh mương "
        "của tuổi trẻ huyện nhà đã...'>" H1 "<p>" LEAD "</p>" BODY,
        H1 "<div class=tom-tat>" LEAD "</div>" BODY,
        H1 "<h3>" LEAD "</h3>" BODY,
    };

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        char html[4000];
        snprintf(html, sizeof html, PAGE(TITLE, "%s"), bodies[i]);
        read_ok(html);
        check(DX_FIELD_LEAD, LEAD);
    }
}

static void the_category_is_the_innermost(void **state)
{
    static const char *const bodies[] = {
        "<ol itemscope itemtype='https://schema.org/BreadcrumbList'><li><a "
        "href=/>Trang chủ</a></li><li><a href=/x>Xã hội</a></li><li><a href=/x/y>"
        "Nông thôn</a></li></ol>" H1 BODY,
        "<meta property=article:section content='Xã hội'><meta "
        "property=article:section content='Nông thôn'>" H1 BODY,
        "<div class=fs16><a href=/nong-thon/>Nông thôn</a></div>" H1 BODY,
        H1 "<div>12/03/2024 trong <a href=/c rel='category tag'>Nông thôn</a>"
        "</div>" BODY,
        "<div class=breadcrumb><a href=/>Trang nhất</a> » <a href=/n>Nông thôn"
        "</a> » <a href=/n/1>" TITLE "</a></div>" H1 BODY,
    };

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        char html[4000];
        snprintf(html, sizeof html, PAGE(TITLE, "%s"), bodies[i]);
        read_ok(html);
        check(DX_FIELD_CATEGORY, "Nông thôn");
    }
}

/* ---- legal documents ---- */

#define NUMBER "15/2021/QĐ-UBND"
#define ABOUT                                                                  \
    "Về việc ban hành Quy chế quản lý công trình thủy lợi nhỏ trên địa bàn"

static void a_category_may_be_named_by_label_rel_or_class(void **state)
{
    (void)state;
    read_ok(PAGE(TITLE, H1 BODY "<p>Nhãn: <a rel=tag href=/n>Nhà vườn</a></p>"));
    check(DX_FIELD_CATEGORY, "Nhà vườn");
    read_ok(PAGE(TITLE, H1 BODY "<h3>Chuyên mục:</h3><ul><li><a href=/y>Y tế</a></ul>"));
    check(DX_FIELD_CATEGORY, "Y tế");
    read_ok(PAGE(TITLE, H1 "<p>22.04.2025 <span class=news-category>Công nghệ</span>"
        "</p>" BODY));
    check(DX_FIELD_CATEGORY, "Công nghệ");
    read_ok(PAGE(TITLE, "<article>" H1 BODY "<footer><p>Đăng tại "
        "<a rel='category tag' href=/d>Đời sống</a></footer></article>"));
    check(DX_FIELD_CATEGORY, "Đời sống");
    read_ok(PAGE(TITLE, H1 "<p>trong <a rel='category tag' href=/a>Văn hóa, du lịch</a>, "
        "<a rel='category tag' href=/b>Đời sống</a> bởi <a href=/u>Lý Hà</a></p>" BODY));
    check(DX_FIELD_CATEGORY, "Văn hóa, du lịch; Đời sống");
    read_ok(PAGE(TITLE, "<p class=breadcrumb><a href=/>Trang chủ</a> <a href=/x>Xã hội</a> "
        "<a href=/x/y>Y tế</a></p>" H1 BODY));
    check(DX_FIELD_CATEGORY, "Y tế");
    read_ok(PAGE(TITLE, "<div><a href=/v>Vào ứng dụng</a><a href=/d>Đăng ký bản tin</a>"
        "</div>" H1 BODY));
    check(DX_FIELD_CATEGORY, "");
}

static void a_number_alone_is_no_title(void **state)
{
    (void)state;
    read_ok(PAGE("Quyết định số 84/QĐ-UBND | Kho văn bản",
        "<table><tr><td>Số ký hiệu<td>84/QĐ-UBND<tr><td>Ngày ban hành<td>01/02/2024"
        "<tr><td>Trích yếu<td>Về việc giao đất cho hợp tác xã Sông Rin</table>" BODY));
    check(DX_FIELD_TITLE, "Về việc giao đất cho hợp tác xã Sông Rin");
    read_ok(PAGE("Nghị quyết 9/NQ-HĐND", "<h3>Nghị quyết 9/NQ-HĐND</h3>"
        "<p>Về kế hoạch giám sát năm 2026 của thường trực</p>"
        "<table><tr><td>Số ký hiệu<td>9/NQ-HĐND<tr><td>Ngày ban hành<td>01/02/2024"
        "</table>" BODY));
    check(DX_FIELD_TITLE, "Về kế hoạch giám sát năm 2026 của thường trực");
    read_ok(PAGE("Quyết định số 84/QĐ-UBND về việc giao đất", "<table><tr><td>Số ký hiệu"
        "<td>84/QĐ-UBND<tr><td>Ngày ban hành<td>01/02/2024</table>" BODY));
    check(DX_FIELD_TITLE, "Quyết định số 84/QĐ-UBND về việc giao đất");
}

static void a_page_that_a_script_draws_is_read_from_its_data(void **state)
{
    (void)state;
#define DATA                                                                   \
    "<script id=__NEXT_DATA__ type='application/json'>{\"props\":{\"related\":"   \
    "[{\"title\":\"Một bài khác về vụ mùa\",\"content\":\"Bài khác.\"}],"       \
    "\"bai\":{\"id\":7,\"title\":\"" TITLE "\",\"content\":\"<p>Nước đã về.</p>" \
    "<p>Bà con làm đất.</p>\",\"author\":{\"name\":\"Lý Hà\"},\"publishedAt\":"  \
    "\"2024-05-06\"}}}</script>"
    read_ok(PAGE(TITLE " | Báo Sông Rin", "<div id=__next></div>" DATA));
    check(DX_FIELD_BODY, "Nước đã về.\nBà con làm đất.");
    check(DX_FIELD_AUTHOR, "Lý Hà");
    check(DX_FIELD_ID, "bai.html");
    check_date(2024, 5, 6);
    read_ok(PAGE("Một tiêu đề không có trong dữ liệu", DATA));
    check(DX_FIELD_BODY, "");
    read_ok(PAGE(TITLE, "<div id=app></div><script>\nwindow.__INITIAL_STATE__ = {\"bai\":"
        "{\"title\":\"" TITLE "\",\"content\":\"<p>Nước } đã \\\"về\\\".</p>\"}};"
        "(function(){})();</script>"));
    check(DX_FIELD_BODY, "Nước } đã \"về\".");
    read_ok(PAGE(TITLE, "<div id=__nuxt></div><script type='application/json' "
        "id=__NUXT_DATA__>[[\"Reactive\",1],{\"data\":2,\"me\":1},{\"bai\":3},{\"title\":4,"
        "\"content\":5,\"publishedAt\":6,\"x\":-1},\"" TITLE "\",\"<p>Nước đã về.</p>\","
        "[\"Date\",\"2024-05-06T01:00:00.000Z\"]]</script>"));
    check(DX_FIELD_BODY, "Nước đã về.");
    check_date(2024, 5, 6);
    read_ok(PAGE(TITLE, "<script>window.__NUXT__=(function(a){return {title:a}}(\""
        TITLE "\"));</script><script>window.__S__={\"a\":</script>"));
    check(DX_FIELD_BODY, "");
}

static void a_legal_document_has_a_table_of_properties(void **state)
{
    (void)state;
    read_ok(PAGE("Văn bản pháp quy",
        "<script type='application/ld+json'>{\"@type\":\"Article\","
        "\"headline\":\"Văn bản pháp quy\",\"datePublished\":\"2025-04-22\"}"
        "</script><h1>Chi tiết văn bản</h1><table><tr><td>Số ký hiệu</td><td>"
        NUMBER "</td><td>Ngày ban hành</td><td>02/07/2021</td></tr><tr><td>Loại "
        "văn bản</td><td>Quyết định</td><td>Ngày có hiệu lực</td><td>15/07/2021"
        "</td></tr><tr><td>Cơ quan ban hành</td><td>UBND huyện Bình Khê</td><td>"
        "Người ký</td><td>Trần Văn Mười</td></tr><tr><td>Trích yếu</td><td "
        "colspan=3>" ABOUT "</td></tr><tr><td>Tình trạng hiệu lực</td><td>Còn "
        "hiệu lực</td></tr></table><div>" BODY "</div>"));
    check(DX_FIELD_TITLE, ABOUT);
    check(DX_FIELD_DOCNO, NUMBER);
    check(DX_FIELD_DOCTYPE, "Quyết định");
    check(DX_FIELD_ISSUER, "UBND huyện Bình Khê");
    check(DX_FIELD_SIGNER, "Trần Văn Mười");
    check(DX_FIELD_ISSUED, "2021-07-02");
    check(DX_FIELD_EFFECTIVE, "2021-07-15");
    check(DX_FIELD_STATUS, "Còn hiệu lực");
    check_date(2021, 7, 2);
}

static void properties_come_in_many_forms(void **state)
{
    static const char *const forms[] = {
        "<dl><dt>Số hiệu:</dt><dd>" NUMBER "</dd><dt>Trích yếu nội dung:</dt><dd>"
        ABOUT "</dd><dt>Ngày ký:</dt><dd>02-07-2021</dd></dl>",
        "<div><div>Số/Ký hiệu</div><div>" NUMBER "</div></div><div><div>Ngày ban "
        "hành</div><div>Ngày 02 tháng 7 năm 2021</div></div><div><div>Trích yếu"
        "</div><div>" ABOUT "</div></div>",
        "<ul><li><b>Số, ký hiệu:</b> " NUMBER "</li><li><b>Ngày ban hành:</b> "
        "02/7/2021</li><li><b>Trích yếu:</b> " ABOUT "</li></ul>",
        "<table><tr><th>Số văn bản</th><td>:</td><td>" NUMBER "</td></tr><tr><th>"
        "Ngày ban hành</th><td>:</td><td>02.07.2021</td></tr><tr><th>Trích yếu"
        "</th><td>:</td><td>" ABOUT "</td></tr></table>",
    };

    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char html[4000];
        snprintf(html, sizeof html, PAGE("Công báo huyện", "%s<div>" BODY "</div>"),
            forms[i]);
        read_ok(html);
        check(DX_FIELD_TITLE, ABOUT);
        check(DX_FIELD_DOCNO, NUMBER);
        check_date(2021, 7, 2);
    }
}

static void a_news_page_is_no_legal_document(void **state)
{
    (void)state;
    read_ok(PAGE(TITLE, H1 "<div class=date>12/03/2024</div>" BODY
        "<p>Người ký: đại diện hai bên</p><p>Trạng thái: đã duyệt</p>"));
    check(DX_FIELD_SIGNER, "");
    check(DX_FIELD_STATUS, "");
    check_date(2024, 3, 12);
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
        cmocka_unit_test(the_site_is_cut_from_either_end_of_a_title),
        cmocka_unit_test(a_title_on_which_two_places_agree_is_certain),
        cmocka_unit_test(templates_with_one_title_for_all_pages_are_no_help),
        cmocka_unit_test(a_title_that_is_cut_is_completed),
        cmocka_unit_test(linked_data_of_another_article_is_stale),
        cmocka_unit_test(entities_left_in_linked_data_are_resolved),
        cmocka_unit_test(the_date_is_the_articles),
        cmocka_unit_test(nothing_was_published_after_its_file_was_written),
        cmocka_unit_test(a_change_is_told_beside_the_day_of_publishing),
        cmocka_unit_test(an_author_is_a_person),
        cmocka_unit_test(an_article_ends_in_its_signature),
        cmocka_unit_test(the_pages_own_lead_is_best),
        cmocka_unit_test(the_category_is_the_innermost),
        cmocka_unit_test(a_category_may_be_named_by_label_rel_or_class),
        cmocka_unit_test(a_number_alone_is_no_title),
        cmocka_unit_test(a_page_that_a_script_draws_is_read_from_its_data),
        cmocka_unit_test(a_legal_document_has_a_table_of_properties),
        cmocka_unit_test(properties_come_in_many_forms),
        cmocka_unit_test(a_news_page_is_no_legal_document),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
