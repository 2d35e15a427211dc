/* Sitemaps: which are found, and what they say of pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/feeds/sitemap.h"
#include "tests/support/fixture.h"

static char folder[64];

static void put(const char *name, const char *text)
{
    char path[200];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

static dx_article help(const dx_sitemap *s, const char *url)
{
    dx_article a = {.date = DX_DATE_UNKNOWN, .url = dx_str_from(url)};

    dx_sitemap_help(s, &a);
    return a;
}

static void pages_are_known_by_their_addresses(void **state)
{
    dx_sitemap s = {.count = 0};

    (void)state;
    put("host/post-sitemap1.xml",
        "<urlset xmlns:news='n' xmlns:image='i'><url><loc>\n https://a.example/1?x=1&amp;y=2"
        " </loc><lastmod>2024-05-06</lastmod></url><url><loc>https://a.example/2</loc>"
        "<lastmod>2025-01-01</lastmod><image:image><image:title>Ảnh</image:title>"
        "</image:image><news:news><news:publication><news:name>Báo Xóm</news:name>"
        "</news:publication><news:publication_date>2024-03-02T23:00:00Z"
        "</news:publication_date><news:title>Hội làng</news:title></news:news></url>"
        "</urlset>");
    put("Sitemap.XML", "<urlset><url><loc>https://b.example/</loc><lastmod>2020-02-02"
                       "</lastmod></url><url><loc>https://a.example/2</loc><lastmod>"
                       "2026-01-01</lastmod></url>"); /* cut off */
    char pipe[100]; /* which is not opened, or this would never end */
    snprintf(pipe, sizeof pipe, "%s/sitemap-9.xml", folder);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    put("feed.xml", "<urlset><url><loc>https://c.example/</loc></url></urlset>");
    assert_int_equal(dx_sitemap_add_folder(&s, folder), DX_OK);
    dx_sitemap_sort(&s);
    assert_int_equal(s.count, 4);
    dx_article one = help(&s, "http://a.example/1?x=1&y=2#dau");
    assert_int_equal(one.date, dx_date_of(2024, 5, 6));
    dx_article two = help(&s, "https://a.example/2");
    assert_int_equal(two.date, dx_date_of(2024, 3, 3)); /* published, in Vietnam */
    assert_true(dx_str_eq(two.title, DX_STR_LIT("Hội làng")));
    assert_true(dx_str_eq(two.source, DX_STR_LIT("Báo Xóm")));
    assert_int_equal(help(&s, "https://c.example/").date, DX_DATE_UNKNOWN);
    dx_sitemap_free(&s);
}

static void what_a_page_says_itself_counts(void **state)
{
    dx_sitemap s = {.count = 0};
    dx_article a = {.date = 7, .url = DX_STR_LIT("https://a.example/2"),
        .title = DX_STR_LIT("Của trang")};

    (void)state;
    assert_int_equal(dx_sitemap_add_folder(&s, folder), DX_OK);
    dx_sitemap_sort(&s);
    dx_sitemap_help(&s, &a);
    assert_int_equal(a.date, 7);
    assert_true(dx_str_eq(a.title, DX_STR_LIT("Của trang")));
    assert_true(dx_str_eq(a.source, DX_STR_LIT("Báo Xóm")));
    dx_sitemap_help(NULL, &a);
    dx_sitemap_free(&s);
}

static void a_failed_allocation_is_reported(void **state)
{
    dx_status rc = DX_ERR_NOMEM;

    (void)state;
    for (int64_t n = 0; rc != DX_OK; n++) {
        dx_sitemap s = {.count = 0};
        dx_mem_fail_after(n);
        rc = dx_sitemap_add_folder(&s, folder);
        dx_mem_fail_after(-1);
        assert_true(rc == DX_OK || rc == DX_ERR_NOMEM);
        assert_true(rc == DX_ERR_NOMEM || s.count == 4);
        assert_true(n < 1000);
        dx_sitemap_free(&s);
    }
}

static int set_up(void **state)
{
    char path[100];

    (void)state;
    fixture_folder(folder);
    snprintf(path, sizeof path, "%s/host", folder);
    return mkdir(path, 0755);
}

static int tear_down(void **state)
{
    (void)state;
    fixture_remove(folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_known_by_their_addresses),
        cmocka_unit_test(what_a_page_says_itself_counts),
        cmocka_unit_test(a_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
