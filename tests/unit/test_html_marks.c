/* Pages whose makers, or an operator, say where the article is; and whose address is
 * a page's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "common/base/civil.h"
#include "indexer/input/html/address.h"
#include "indexer/input/html/marks/selectors.h"
#include "indexer/input/source.h"

#define P1 "Sáng nay, Ủy ban nhân dân huyện Mẫu cắt băng khánh thành cây cầu treo dài 80 "\
           "mét bắc qua suối Nậm Mẫu."
#define P2 "Cây cầu do nhân dân hai bản góp công, huyện góp xi măng và cáp thép, làm "\
           "trong bốn tháng."
#define P3 "Từ nay học sinh không phải lội suối tới trường trong mùa mưa lũ, xe máy chở "\
           "nông sản cũng qua được."

static dx_arena arena;
static dx_selectors selectors;
static dx_article a;
static dx_error err;

static void read_at(const char *html, const char *url, const char *path)
{
    dx_input_options options = {.selectors = selectors.first ? &selectors : NULL};
    dx_record record = {.bytes = dx_str_from(html), .url = dx_str_from(url)};

    dx_arena_reset(&arena);
    if (dx_source_read(&dx_source_html, &record, &options, dx_str_from(path), &arena,
            &a, &err) != DX_OK)
        fail_msg("%s", err.msg);
}

static void read_page(const char *html) { read_at(html, "", "trang.html"); }

static void check(dx_str found, const char *wanted)
{
    if (!dx_str_eq(found, dx_str_from(wanted)))
        fail_msg("found \"%.*s\", not \"%s\"", (int)found.len, found.ptr, wanted);
}

static int forget(void **state)
{
    (void)state;
    dx_selectors_free(&selectors);
    return 0;
}

static void select_by(const char *text)
{
    if (dx_selectors_parse(&selectors, dx_str_from(text), "chon.txt", &err) != DX_OK)
        fail_msg("%s", err.msg);
}

/* ---- data-dx- ---- */

static void the_body_is_what_is_marked(void **state)
{
    (void)state;
    read_page("<div><p>" P1 "</p><p>" P1 "</p><p>" P1 "</p></div><section class=sidebar "
              "data-dx-body><p>" P2 "</p><p data-dx-ignore>" P1 "</p></section><div "
              "data-dx-body><p>" P3 "</p></div>");
    check(a.body, P2 "\n" P3);
    assert_string_equal(a.from.field[DX_FIELD_BODY], "data-dx-body");
    read_page("<div data-dx-body></div><div><p>" P1 "</p><p>" P2 "</p></div>");
    check(a.body, P1 "\n" P2); /* as if there were no mark */
}

static void fields_are_what_is_marked(void **state)
{
    (void)state;
    read_page("<head><meta property=og:title content='Một tiêu đề khác của trang này'>"
              "<meta data-dx-field=date content='2024-03-12'><meta data-dx-field=issued "
              "content='1/3/2024'></head><body><h1>Trang của huyện</h1><b "
              "data-dx-field=title>Cầu treo bản Mẫu</b><i data-dx-field=author>Lò Thị "
              "Mẫu</i><i data-dx-field=docno>12/QĐ-UBND</i><p>" P1 "</p><p>" P2
              "</p></body>");
    check(a.title, "Cầu treo bản Mẫu");
    check(a.author, "Lò Thị Mẫu");
    check(a.docno, "12/QĐ-UBND");
    check(a.issued, "2024-03-01");
    assert_int_equal(a.date, dx_civil_to_day((dx_civil){2024, 3, 12}));
    assert_string_equal(a.from.field[DX_FIELD_TITLE], "data-dx-field");
}

static void a_mark_without_use_changes_nothing(void **state)
{
    (void)state;
    read_page("<head><title>Cầu treo bản Mẫu nối hai bản</title></head><body><b "
              "data-dx-field=title></b><b data-dx-field=nothing>Không</b><b "
              "data-dx-field=path>x</b><p>" P1 "</p><p>" P2 "</p></body>");
    check(a.title, "Cầu treo bản Mẫu nối hai bản");
    check(a.path, "trang.html");
}

static void a_marked_list_is_an_article(void **state)
{
    const char *list = "<ul><li><a href=/1>Xã Mẫu trồng rừng đầu xuân</a><li><a href=/2>"
        "Bản Mẫu làm đường liên thôn</a><li><a href=/3>Huyện Mẫu mở hội xuống đồng</a>"
        "<li><a href=/4>Trường Mẫu đón học trò mới</a><li><a href=/5>Chợ Mẫu họp lại</a>"
        "</ul>";
    char html[2000];

    (void)state;
    read_page(list);
    assert_int_equal(a.left_out, DX_LEFT_LIST);
    snprintf(html, sizeof html, "<h1 data-dx-field=title>Mục lục</h1>%s", list);
    read_page(html);
    assert_int_equal(a.left_out, DX_LEFT_NOT);
}

/* ---- an operator's selectors ---- */

#define PAGE "<head><link rel=canonical href='https://www.mau.example/1.html'></head>" \
    "<body><div class='ten to'>Cầu treo bản Mẫu</div><div class=ngay>Đăng 5/3/2024" \
    "</div><div class=qc>" P1 "</div><div id=nd><div class=t><p>" P2 "</p></div>" \
    "<div class=qc>" P1 "</div><div class='t cuoi'><p>" P3 "</p></div></div><p>" P1 \
    "</p><p>" P1 "</p></body>"

static void selectors_say_where_the_article_is(void **state)
{
    (void)state;
    select_by("# báo\r\n[mau.example]\r\nbody = #nd .t\r\ntitle= h2.ten , div.ten.to\r\n"
              "ngay_dang = .ngay\r\nignore = .qc\r\n");
    read_page(PAGE);
    check(a.title, "Cầu treo bản Mẫu");
    check(a.body, P2 "\n" P3);
    assert_int_equal(a.date, dx_civil_to_day((dx_civil){2024, 3, 5}));
    assert_string_equal(a.from.field[DX_FIELD_BODY], "selectors");
    assert_string_equal(a.from.field[DX_FIELD_TITLE], "selectors");
}

static void the_nearest_host_counts(void **state)
{
    dx_str hosts[] = {DX_STR_LIT("mau.example"), DX_STR_LIT("a.mau.example"),
        DX_STR_LIT("tin.mau.example"), DX_STR_LIT("x.tin.mau.example"),
        DX_STR_LIT("camau.example"), DX_STR_LIT("")};
    const char *wanted[] = {"mau.example", "mau.example", "tin.mau.example",
        "tin.mau.example", "*", "*"};

    (void)state;
    select_by("[*]\nbody = p\n[Mau.Example]\nbody = p\n[tin.mau.example]\nbody = p\n");
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
        check(dx_selectors_of(&selectors, hosts[i])->host, wanted[i]);
}

static void the_host_is_that_of_crawl_folder_or_page(void **state)
{
    const char *page = "<body><p class=x>" P2 "</p><div><p>" P1 "</p><p>" P3 "</p></div>";

    (void)state;
    select_by("[mau.example]\nbody = .x\n");
    read_at(page, "http://mau.example/a", "trang.html");
    check(a.body, P2);
    read_at(page, "", "luu/mau.example/tin/1.html");
    check(a.body, P2);
    read_at(page, "", "luu/khac.example/tin/1.html");
    check(a.body, P2 "\n" P1 "\n" P3);
    read_page(page);
    check(a.body, P2 "\n" P1 "\n" P3);
}

static void selectors_may_name_more_than_one_element_around(void **state)
{
    (void)state;
    select_by("[*]\ntitle = #a .b h2, article[data-x=\"1\"] .c\nlead = [id$=_sapo]\n");
    read_page("<div id=a><h2>Không phải</h2><div class=b><div><h2>Đúng là đây</h2></div>"
              "</div></div><p id=ctl00_sapo>Tóm tắt</p><div><p>" P1 "</p></div>");
    check(a.title, "Đúng là đây");
    check(a.lead, "Tóm tắt");
    read_page("<div class=b><h2>Không</h2></div><article data-x=1><i class=c>Kia</i>"
              "</article><div><p>" P1 "</p></div>");
    check(a.title, "Kia");
}

static void wrong_files_are_told_by_line(void **state)
{
    static const struct { const char *text, *message; } wrong[] = {
        {"body = p\n", "chon.txt:1: no [HOST] in front of it: body = p"},
        {"[a.vn]\n\nbody p\n", "chon.txt:3: neither [HOST] nor FIELD = SELECTOR: body p"},
        {"[a.vn]\ncolour = p\n", "chon.txt:2: no field, and not ignore: colour"},
        {"[a.vn]\nhidden = p\n", "chon.txt:2: no field, and not ignore: hidden"},
        {"[a.vn]\n[a.vn]\n", "chon.txt:2: a second section for one host: a.vn"},
        {"[a b]\n", "chon.txt:1: not a host: a b"}, {"[]\n", "chon.txt:1: not a host: []"},
        {"[http://a.vn/]\n", "chon.txt:1: not a host: http://a.vn/"},
    };
    static const char *const selectors_wrong[] = {"div > p", "p:first-child", "*", "",
        "p,", "a..b", "p[x", "p[x~=y]", "p[x=a b]", "DIV", "p + p", "."};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(dx_selectors_parse(&selectors, dx_str_from(wrong[i].text),
                             "chon.txt", &err), DX_ERR_INVALID);
        assert_string_equal(err.msg, wrong[i].message);
        dx_selectors_free(&selectors);
    }
    for (size_t i = 0; i < sizeof selectors_wrong / sizeof *selectors_wrong; i++) {
        char text[80];
        snprintf(text, sizeof text, "[a.vn]\nbody = %s\n", selectors_wrong[i]);
        if (dx_selectors_parse(&selectors, dx_str_from(text), "chon.txt", &err) !=
                DX_ERR_INVALID ||
            strncmp(err.msg, "chon.txt:2: not of tag", 22) != 0)
            fail_msg("\"%s\" was taken", selectors_wrong[i]);
        dx_selectors_free(&selectors);
    }
    assert_int_equal(dx_selectors_read(&selectors, "/không/có", &err), DX_ERR_IO);
}

static void other_selectors_read_files_otherwise(void **state)
{
    dx_input_options none = {0}, some = {.selectors = &selectors};
    uint32_t hash;

    (void)state;
    select_by("[*]\nbody = p\n");
    hash = dx_input_options_hash(&some);
    assert_int_not_equal(hash, dx_input_options_hash(&none));
    dx_selectors_free(&selectors);
    select_by("[*]\nbody = div\n");
    assert_int_not_equal(hash, dx_input_options_hash(&some));
}

/* ---- addresses ---- */

static void an_address_on_another_site_is_none(void **state)
{
    const char *page = "<head><link rel=canonical href='https://www.mau.gov.vn/1.html'>"
                       "</head><body><p>" P1 "</p>";

    (void)state;
    read_at(page, "https://mau.gov.vn/tin?id=1", "a.warc");
    check(a.url, "https://www.mau.gov.vn/1.html");
    read_at(page, "https://khac.gov.vn/1.html", "a.warc");
    check(a.url, "https://khac.gov.vn/1.html");
    read_at(page, "", "luu/khac.gov.vn/1.html");
    check(a.url, "");
    read_at(page, "", "luu/tin.mau.gov.vn/1.html");
    check(a.url, "https://www.mau.gov.vn/1.html");
    read_at(page, "", "luu/v1.2/1.html");
    check(a.url, "https://www.mau.gov.vn/1.html");
    read_at("<body><p>" P1 "</p>", "https://mau.gov.vn/2.html", "a.warc");
    check(a.url, "https://mau.gov.vn/2.html");
}

static void sites_are_what_one_can_register(void **state)
{
    static const struct { const char *a, *b; bool same; } pairs[] = {
        {"mau.vn", "www.mau.vn", true}, {"a.mau.vn", "b.mau.vn", true},
        {"sonla.gov.vn", "backan.gov.vn", false}, {"mau.com.vn", "khac.com.vn", false},
        {"M.Mau.com", "mau.com", true}, {"mau.com", "mau.net", false},
        {"mau.co.uk", "khac.co.uk", false}, {"localhost", "localhost", true},
        {"camau.vn", "mau.vn", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (dx_is_same_site(dx_str_from(pairs[i].a), dx_str_from(pairs[i].b)) !=
            pairs[i].same)
            fail_msg("%s, %s", pairs[i].a, pairs[i].b);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, forget, forget)
    const struct CMUnitTest tests[] = {
        TEST(the_body_is_what_is_marked),
        TEST(fields_are_what_is_marked),
        TEST(a_mark_without_use_changes_nothing),
        TEST(a_marked_list_is_an_article),
        TEST(selectors_say_where_the_article_is),
        TEST(the_nearest_host_counts),
        TEST(the_host_is_that_of_crawl_folder_or_page),
        TEST(selectors_may_name_more_than_one_element_around),
        TEST(wrong_files_are_told_by_line),
        TEST(other_selectors_read_files_otherwise),
        TEST(an_address_on_another_site_is_none),
        TEST(sites_are_what_one_can_register),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    dx_arena_free(&arena);
    return failed;
}
