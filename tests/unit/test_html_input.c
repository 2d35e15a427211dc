/* HTML articles: where each portal family keeps its facts, in which order they
 * are believed, and pages that try to break the reader. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/mem.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/source.h"

static dx_arena arena;
static dx_article a;
static dx_error err;

static dx_status read_bytes(const char *html, size_t len)
{
    char *copy = malloc(len ? len : 1);

    memcpy(copy, html, len);
    dx_arena_reset(&arena);
    dx_status rc = dx_source_read(&dx_source_html,
        &(dx_record){.bytes = {copy, len}}, &(dx_input_options){0},
        DX_STR_LIT("in/bai.html"), &arena, &a, &err);
    memset(copy, '#', len); /* the article must not borrow */
    free(copy);
    return rc;
}

static void read_ok(const char *html)
{
    if (read_bytes(html, strlen(html)) != DX_OK)
        fail_msg("%s", err.msg);
}

static void check(dx_str found, const char *wanted)
{
    if (!dx_str_eq(found, dx_str_from(wanted)))
        fail_msg("found \"%.*s\", not \"%s\"", (int)found.len, found.ptr,
            wanted);
}

static void check_date(int year, int month, int day)
{
    assert_int_equal(a.date, dx_date_of(year, month, day));
}

#define TITLE "Lục Ngạn mở hội vải thiều"
#define LEAD "Sáng nay, huyện Lục Ngạn khai mạc tuần lễ vải thiều năm 2023."
#define P1 "Hơn 60 gian hàng bày bán nông sản của các xã, thị trấn trong huyện."
#define P2 "Ban tổ chức cho biết lượng khách tăng gấp đôi so với năm trước đó."
#define P3 "Tuần lễ kéo dài đến hết ngày 18 tháng 6 với nhiều hoạt động khác."
#define PARAS "<p>" P1 "</p><p>" P2 "</p><p>" P3 "</p>"
#define BODY P1 "\n" P2 "\n" P3
#define MENU "<ul class=menu><li><a href=/>Trang chủ</a></li><li><a href=/t>Tin" \
             " tức</a></li></ul>"

/* ---- families ---- */

static void nukeviet(void **state)
{
    (void)state;
    read_ok("<html><head><meta property=og:site_name content='Cổng huyện'>"
            "<meta property='article:published_time' "
            "content='2023-06-11+0706:50:00'>"
            "<meta property='article:section' content='Kinh tế'>"
            "<meta property='article:tag' content='vải thiều'>"
            "<meta property='article:tag' content='Lục Ngạn'>"
            "<link rel=canonical href='https://a.example/vi/news/1.html'>"
            "</head><body>" MENU
            "<div itemtype='http://schema.org/NewsArticle' itemscope>"
            "<h1 class=title itemprop=headline>" TITLE "</h1>"
            "<div class='hidden hide'><span itemprop=author>Việt Anh</span></div>"
            "<div class=hometext itemprop=description>" LEAD "</div>"
            "<div class=bodytext id=news-bodyhtml>" PARAS "</div>"
            "<p class='h5 text-right'><strong>Nguồn tin: </strong>Báo Lục Ngạn"
            "</p></div></body></html>");
    check(a.title, TITLE);
    check(a.lead, LEAD);
    check(a.body, BODY);
    check(a.author, "Việt Anh");
    check(a.source, "Báo Lục Ngạn");
    check(a.category, "Kinh tế");
    check(a.tags, "vải thiều, Lục Ngạn");
    check(a.url, "https://a.example/vi/news/1.html");
    check(a.id, "https://a.example/vi/news/1.html");
    check_date(2023, 6, 11);
}

static void sharepoint(void **state)
{
    (void)state;
    read_ok("<html><head><title>\n\tCổng bộ\n</title></head><body>" MENU
            "<div id=divArticleDescription3><h1 class=News_Detail_Title>" TITLE
            "</h1></div><span class=News_Time_Post>06:50 - 11/06/2023</span>"
            "<div id=divArticleDescription1><div class=ExternalClass12>"
            "&#8203;" LEAD "</div></div>"
            "<div id=divArticleDescription2><div class=ExternalClass13>" PARAS
            "<p>&#8203;</p></div></div>"
            "<div id=ctl00_pnTacgia class=tacgia><b>Việt Anh</b></div>"
            "<div id=ctl00_pnNguontin>Nguồn: Báo Lục Ngạn</div></body></html>");
    check(a.title, TITLE);
    check(a.lead, LEAD);
    check(a.body, BODY);
    check(a.author, "Việt Anh");
    check(a.source, "Báo Lục Ngạn");
    check_date(2023, 6, 11);
    check(a.id, "in/bai.html");
}

static void detail_cms(void **state)
{
    (void)state;
    read_ok("<html><head><meta property=og:title content='" TITLE " | Báo A'>"
            "</head><body>" MENU
            "<h1 class=detail-title data-role=title>" TITLE "</h1>"
            "<div data-role=author>Việt Anh</div>"
            "<div data-role=publishdate>11/06/2023 06:50 GMT+7</div>"
            "<h2 class=detail-sapo data-role=sapo>" LEAD "</h2>"
            "<div class='detail-content afcbc-body' data-role=content>" PARAS
            "<figure><img src=a.jpg><figcaption>Gian hàng</figcaption></figure>"
            "<div type=RelatedOneNews class='VCSortable related'>"
            "<a href=/x>Một bài khác của báo</a></div></div>"
            "<div class=detail-tab><a href=/tag>nông sản</a></div></body></html>");
    check(a.title, TITLE);
    check(a.lead, LEAD);
    check(a.body, BODY);
    check(a.author, "Việt Anh");
    check_date(2023, 6, 11);
}

static void other_families(void **state)
{
    static const struct { const char *title, *lead, *body; } classes[] = {
        {"<h1 class='article__title cms-title'>", "<div class=article__sapo>",
            "<div class='article__body zce-content-body cms-body'>"},
        {"<h1 class=title-detail>", "<p class=description>",
            "<article class=fck_detail>"},
        {"<h1 class=content-detail-title>", "<h2 class=content-detail-sapo>",
            "<div class=maincontent>"},
        {"<h1 class='title-page detail'>", "<h2 class=singular-sapo>",
            "<div class=singular-content>"},
        {"<h1 id=news-title>", "<div id=news-des>", "<div id=news-detail>"},
        {"<div id=news_content><h1>", "<div id=divArticleDescription>",
            "<div id=divArticleContent>"},
        {"<h1>", "<div id=show_description>", "<div id=show_content>"},
        {"<h1>", "<div class=sapo>",
            "<div class=journal-content-article><div class=contentDetail>"},
        {"<div class=article-header><h1>", "<p class=x>",
            "<div class='article-body cmscontents'>"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        char html[3000];
        snprintf(html, sizeof html, "<html><body>" MENU "%s" TITLE "</h1></div>"
                 "%s" LEAD "</p></div></h2>%s" PARAS "</div></article></div>"
                 "<div class=col-right><p>Thời tiết hôm nay có mưa rào rải rác "
                 "ở vùng núi.</p></div></body></html>", classes[i].title,
            classes[i].lead, classes[i].body);
        read_ok(html);
        check(a.title, TITLE);
        check(a.body, BODY);
        if (strcmp(classes[i].lead, "<p class=x>") != 0)
            check(a.lead, LEAD);
    }
}

static void an_unknown_page_is_read_by_density(void **state)
{
    (void)state;
    read_ok("<html><head><title>" TITLE " - Cổng thông tin điện tử</title></head>"
            "<body>" MENU "<div class=q1><div class=q2>" PARAS "</div></div>"
            "<div class=q3><a href=/1>Một bài khác dài hơn về chuyện mùa vải ở "
            "huyện bên cạnh năm nay</a><br><a href=/2>Bài thứ hai cũng dài như "
            "vậy để thử bộ đọc trang của chúng ta</a></div></body></html>");
    check(a.title, TITLE);
    check(a.body, BODY);
}

/* ---- order of belief ---- */

/* Each date stands for one source, the surest first. */
static void dates_are_believed_in_order(void **state)
{
    static const char *const sources[] = {
        ("<script type='application/ld+json'>{\"@type\":\"NewsArticle\","
         "\"datePublished\":\"2023-01-01\"}</script>"),
        "<span itemprop=datePublished content='2023-01-02T10:00:00'></span>",
        "<meta property='article:published_time' content='2023-01-03'>",
        "<time datetime='2023-01-04'>hôm qua</time>",
        "<div class=detail-time>05/01/2023</div>",
        "<div>Thứ Sáu - 06/01/2023 08:00</div>"};
    enum { COUNT = sizeof sources / sizeof *sources };

    (void)state;
    for (int first = 0; first < COUNT; first++) {
        char html[4000] = "<html><head></head><body><h1>" TITLE "</h1>" PARAS;
        for (int i = COUNT - 1; i >= first; i--) /* the surest comes last */
            strcat(html, sources[i]);
        read_ok(html);
        check_date(2023, 1, first + 1);
    }
}

static void titles_are_believed_in_order(void **state)
{
    static const char *const sources[] = {
        ("<script type='application/ld+json'>{\"@type\":\"Article\","
         "\"headline\":\"Tít số 0 của bài\"}</script>"),
        "<h2 itemprop=headline>Tít số 1 của bài</h2>",
        "<meta property=og:title content='Tít số 2 của bài'>",
        "<meta name=DC.Title content='Tít số 3 của bài'>",
        "<h1 class=detail-title>Tít số 4 của bài</h1>",
        "<h1>Tít số 5 của bài</h1>"};
    enum { COUNT = sizeof sources / sizeof *sources };

    (void)state;
    for (int first = 0; first < COUNT; first++) {
        char html[4000] = "<html><head></head><body>", wanted[40];
        for (int i = COUNT - 1; i >= first; i--)
            strcat(html, sources[i]);
        strcat(html, PARAS);
        read_ok(html);
        snprintf(wanted, sizeof wanted, "Tít số %d của bài", first);
        check(a.title, wanted);
    }
}

static void linked_data_in_a_graph(void **state)
{
    (void)state;
    read_ok("<html><head><script type='application/ld+json'>{\"@context\":"
            "\"https://schema.org\",\"@graph\":[{\"@type\":\"WebSite\",\"name\":"
            "\"Báo A\"},{\"@type\":[\"NewsArticle\"],\"headline\":\"" TITLE
            "\",\"description\":\"" LEAD "\",\"author\":[{\"name\":\"Việt Anh\"}"
            ",{\"name\":\"Thu Hà\"}],\"publisher\":{\"name\":\"Báo A\"},"
            "\"articleSection\":\"Kinh tế\",\"keywords\":[\"vải\",\"hội\"],"
            "\"mainEntityOfPage\":{\"@id\":\"https://a.example/2\"},"
            "\"datePublished\":\"2023-06-10T23:50:00Z\"}]}</script></head><body>"
            PARAS "</body></html>");
    check(a.title, TITLE);
    check(a.lead, LEAD);
    check(a.author, "Việt Anh, Thu Hà");
    check(a.source, "Báo A");
    check(a.category, "Kinh tế");
    check(a.tags, "vải, hội");
    check(a.url, "https://a.example/2");
    check_date(2023, 6, 11);
}

static void broken_linked_data_is_passed_over(void **state)
{
    (void)state;
    read_ok("<script type='application/ld+json'>{\"@type\":\"Article\",</script>"
            "<script type='application/ld+json'></script>"
            "<h1>" TITLE "</h1>" PARAS);
    check(a.title, TITLE);
}

static void a_site_name_is_no_title(void **state)
{
    (void)state;
    read_ok("<html><head><meta property=og:site_name content='Sở Công Thương'>"
            "<meta property=og:title content='Sở Công Thương'><title>Sở Công "
            "Thương</title></head><body><h1>Sở Công Thương</h1><h1>" TITLE
            "</h1>" PARAS "</body></html>");
    check(a.source, "Sở Công Thương");
    check(a.title, TITLE);
}

/* ---- body ---- */

static void scripts_styles_and_hidden_parts_are_no_text(void **state)
{
    (void)state;
    read_ok("<html><head><style>p{}</style></head><body><h1>" TITLE "</h1>"
            "<div class=detail-content><script>var x='<p>mã</p>';</script>"
            "<p>" P1 "</p><style>.a{}</style><div style='display:none'>ẩn</div>"
            "<p>" P2 "</p><noscript>tắt</noscript><!-- chú giải -->"
            "<div class=social-share>Chia sẻ</div><iframe>khung</iframe>"
            "<select><option>chọn</select><p>" P3 "</p></div></body></html>");
    check(a.body, BODY);
}

static void breaks_tables_and_entities(void **state)
{
    (void)state;
    read_ok("<h1>" TITLE "</h1><div class=detail-content>" P1 "<br><br>\n" P2
            "<div>" P3 "</div><table><tr><td>TP. Bắc&nbsp;Giang</td><td>1&lt;2"
            "</td></tr><tr><td>L&#7909;c Ng&#x1EA1;n</td><td>&amp;&eacute;</td>"
            "</tr></table><p>một <b>hai</b><i>ba</i></p></div>");
    check(a.body, BODY "\nTP. Bắc Giang 1<2\nLục Ngạn &é\nmột haiba");
}

static void captions_in_italics_below_a_picture(void **state)
{
    (void)state;
    read_ok("<h1>" TITLE "</h1><div class=detail-content><p>" P1 "</p>"
            "<p style='text-align:center'><img src=a.jpg></p>"
            "<p><em>Gian hàng của xã Hồng Giang</em></p><p>" P2 "</p>"
            "<p><img src=b.jpg><br><i>Khách mua vải</i></p>"
            "<p><em>" P3 "</em></p>"
            "<p><img src=c.jpg></p><p><em>Vì sao khách đông hơn?</em></p></div>");
    check(a.body, BODY "\nVì sao khách đông hơn?");
}

static void a_link_of_its_own_is_another_article(void **state)
{
    (void)state;
    read_ok("<h1>" TITLE "</h1><div class=detail-content><p>" P1 "</p>"
            "<p><a href=/x>Vải thiều sớm được giá ở Tân Yên</a></p>"
            "<p>" P2 " <a href=/y>Xem ở đây.</a></p><p>" P3 "</p></div>");
    check(a.body, P1 "\n" P2 " Xem ở đây.\n" P3);
}

static void related_news_after_the_text_are_cut(void **state)
{
    (void)state;
    read_ok("<h1>" TITLE "</h1><div class=detail-content>" PARAS
            "<p>Việt Anh</p><p><b>Tin liên quan:</b></p><ul><li>Vải sớm được giá"
            "</li><li>Mở đường ra chợ</li></ul></div>");
    check(a.body, BODY);
    check(a.author, "Việt Anh");
}

static void a_lead_at_the_head_of_the_body_counts_once(void **state)
{
    (void)state;
    read_ok("<h1>" TITLE "</h1><div class=sapo>" LEAD "</div>"
            "<div class=detail-content><h1>" TITLE "</h1><p>" LEAD "</p>" PARAS
            "</div>");
    check(a.lead, LEAD);
    check(a.body, BODY);
}

static void other_charsets(void **state)
{
    (void)state;
    /* windows-1258, with a meta that says something else */
    read_ok("<html><head><meta charset=iso-8859-1></head><body>"
            "<h1>Chuy\xEA\xD2n \xF0\xF4\xD2i s\xF4\xEC \xF5\xD2 B\xE3\xEC" "c Giang"
            "</h1><p>T\xEDnh \xF0\xE3\xDE t\xF4\xD2 ch\xFD\xEC" "c h\xF4\xF2i "
            "ngh\x69\xF2.</p></body></html>");
    check(a.title, "Chuyển đổi số ở Bắc Giang");
}

/* ---- hostile pages ---- */

static void repeat(dx_buf *b, const char *piece, int count)
{
    while (count-- > 0)
        dx_buf_puts(b, piece);
}

static void read_buf(dx_buf *b)
{
    dx_status rc = read_bytes((const char *)b->data, b->len);

    assert_true(rc == DX_OK || rc == DX_ERR_FORMAT || rc == DX_ERR_LIMIT);
    dx_buf_free(b);
}

static void deep_nesting_costs_no_stack(void **state)
{
    static const char *const pieces[] = {"<div>", "<b>", "<p><b>", "<table>",
        "<ul><li>", "<a>", "<font>"};

    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        dx_buf b;
        dx_buf_init(&b, SIZE_MAX);
        dx_buf_puts(&b, "<html><body><h1>" TITLE "</h1>");
        repeat(&b, pieces[i], i == 0 ? 100000 : 3000);
        dx_buf_puts(&b, P1);
        read_buf(&b);
        check(a.title, TITLE);
    }
}

static void long_and_odd_pages(void **state)
{
    dx_buf b;

    (void)state;
    dx_buf_init(&b, SIZE_MAX);
    dx_buf_puts(&b, "<h1>" TITLE "</h1><div class=detail-content>");
    repeat(&b, "<p>" P1 "</p>", 5000);
    read_buf(&b);
    assert_int_equal(a.body.len + 1, 5000 * sizeof P1);
    dx_buf_puts(&b, "<h1>" TITLE "</h1>");
    repeat(&b, "<meta name=x content=y><a b=c d=e f=g>", 20000);
    read_buf(&b);
    dx_buf_puts(&b, "<p ");
    repeat(&b, "a=b ", 20000);
    read_buf(&b);
    repeat(&b, "<", 50000);
    read_buf(&b);
    repeat(&b, "</p>", 50000);
    read_buf(&b);
    dx_buf_puts(&b, "<h1>");
    repeat(&b, "chuyển đổi số ", 50000);
    read_buf(&b);
    dx_buf_puts(&b, "<h1>" TITLE "</h1><div>");
    repeat(&b, "một dòng chữ đủ dài để là đoạn <script></script>", 100000);
    read_buf(&b);
    /* a letter that may be one of an old font, a blank, and then none for long */
    dx_buf_puts(&b, "<h1>" TITLE "</h1><p>\xC2\xA9</p> ");
    repeat(&b, "x", 100000);
    read_buf(&b);
}

static void unfinished_markup_is_read(void **state)
{
    static const char page[] =
        "<!DOCTYPE html><html><head><meta property=\"og:title\" content=\"" TITLE
        "\"><script type=\"application/ld+json\">{\"@type\":\"Article\"}"
        "</script></head><body><div class='detail-content'><p>" P1
        "</p><img src=a><em>chú thích</em><table><tr><td>1</table>&nbsp;&#7909;"
        "<!-- x --><p>" P2 "</body>";

    (void)state;
    for (size_t n = 0; n < sizeof page; n++) {
        dx_status rc = read_bytes(page, n);
        assert_true(rc == DX_OK || rc == DX_ERR_FORMAT);
    }
    check(a.title, TITLE);
}

static void what_is_no_page_is_refused(void **state)
{
    static const char *const empty[] = {"", "<html></html>", "<script>1</script>"};

    (void)state;
    assert_int_equal(read_bytes("chỉ có chữ", 13), DX_ERR_FORMAT);
    assert_non_null(strstr(err.msg, "in/bai.html"));
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        assert_int_equal(read_bytes(empty[i], strlen(empty[i])), DX_OK);
        assert_int_equal(a.left_out, DX_LEFT_EMPTY);
    }
}

/* Each allocation fails in turn; nothing leaks and nothing is half read. */
static void a_failed_allocation_is_reported(void **state)
{
    static const char bytes[] =
        "<html><head><meta property=og:title content='" TITLE "'>"
        "<script type='application/ld+json'>{\"@type\":\"Article\","
        "\"author\":[\"An\",\"Bình\"]}</script></head><body><div class=sapo>"
        LEAD "</div><div class=detail-content>" PARAS "<p>Thu Hà</p></div>";
    dx_status rc = DX_ERR_NOMEM;

    (void)state;
    for (int64_t n = 0; rc != DX_OK; n++) {
        dx_arena_free(&arena);
        dx_mem_fail_after(n);
        rc = read_bytes(bytes, sizeof bytes - 1);
        dx_mem_fail_after(-1);
        assert_true(rc == DX_OK || rc == DX_ERR_NOMEM);
        assert_true(n < 2000);
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
        cmocka_unit_test(nukeviet),
        cmocka_unit_test(sharepoint),
        cmocka_unit_test(detail_cms),
        cmocka_unit_test(other_families),
        cmocka_unit_test(an_unknown_page_is_read_by_density),
        cmocka_unit_test(dates_are_believed_in_order),
        cmocka_unit_test(titles_are_believed_in_order),
        cmocka_unit_test(linked_data_in_a_graph),
        cmocka_unit_test(broken_linked_data_is_passed_over),
        cmocka_unit_test(a_site_name_is_no_title),
        cmocka_unit_test(scripts_styles_and_hidden_parts_are_no_text),
        cmocka_unit_test(breaks_tables_and_entities),
        cmocka_unit_test(captions_in_italics_below_a_picture),
        cmocka_unit_test(a_link_of_its_own_is_another_article),
        cmocka_unit_test(related_news_after_the_text_are_cut),
        cmocka_unit_test(a_lead_at_the_head_of_the_body_counts_once),
        cmocka_unit_test(other_charsets),
        cmocka_unit_test(deep_nesting_costs_no_stack),
        cmocka_unit_test(long_and_odd_pages),
        cmocka_unit_test(unfinished_markup_is_read),
        cmocka_unit_test(what_is_no_page_is_refused),
        cmocka_unit_test(a_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
