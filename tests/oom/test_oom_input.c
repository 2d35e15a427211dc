/* No memory, in the readers: of each file the n-th allocation fails, and all later
 * ones, for every n until it is read. Lack of memory is told as such, never as a
 * damaged file or an article that lacks something. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "indexer/input/feeds/sitemap.h"
#include "indexer/input/html/marks/selectors.h"
#include "tests/support/fixture.h"
#include "tests/support/listing.h"
#include "tests/support/made_documents.h"

/* Of every type; the pages tell in many ways what they are. */
static const char *const folders[] = {
    "tests/fuzz/seeds/archive", "tests/fuzz/seeds/csv", "tests/fuzz/seeds/eml",
    "tests/fuzz/seeds/feed", "tests/fuzz/seeds/json", "tests/fuzz/seeds/office",
    "tests/fuzz/seeds/rtf", "tests/fuzz/seeds/warc", "tests/fuzz/seeds/word",
    "tests/pages/html", "corpus/txt/luu-tru-cu"};

/* The next number of allocations that succeed: each small one, then in steps of a
 * part, as most different failures come early. */
static int64_t after(int64_t n)
{
    return n + (fixture_is_long() || n < 100 ? 1 : 1 + n / 40);
}

static void fail_each_allocation(const char *name, const char *bytes, size_t len)
{
    const dx_source *source = dx_source_of_bytes((dx_str){bytes, len});
    const char *listing;

    if (dx_source_of_name(dx_str_from(name)))
        source = dx_source_of_name(dx_str_from(name));
    listing = listing_of(source, name, bytes, len);
    assert_non_null(listing);
    char *wanted = strdup(listing);
    assert_non_null(wanted);
    listing = NULL;
    for (int64_t n = 0; !listing; n = after(n)) {
        dx_mem_fail_after(n);
        listing = listing_of(source, name, bytes, len);
        dx_mem_fail_after(-1);
        if (listing && strcmp(listing, wanted) != 0)
            fail_msg("%s, allocation %lld:\n%s\ninstead of\n%s", name,
                (long long)n, listing, wanted);
    }
    free(wanted);
}

static void fail_in_folder(const char *folder)
{
    struct dirent *entry;
    size_t len, count = 0;
    char path[1024];

    DIR *d = opendir(folder);
    assert_non_null(d);
    while ((entry = readdir(d)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        char *bytes = fixture_read(path, &len);
        fail_each_allocation(entry->d_name, bytes, len);
        free(bytes);
        count++;
    }
    closedir(d);
    assert_true(count > 0);
}

static void no_reader_takes_lack_of_memory_for_damage(void **state)
{
    char path[512];

    (void)state;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(path, sizeof path, "%s/%s", DX_SOURCE_DIR, folders[i]);
        fail_in_folder(path);
    }
}

/* .VnTime's glyphs, taken for letters of Unicode. */
static void repairing_fails_cleanly(void **state)
{
    static const char text[] =
        "<p>ñy ban nh©n d©n huyÖn miÒn nói häp víi c¸c x·\n\n"
        "S¸ng nay, l·nh ®¹o huyÖn ®· lµm viÖc víi c¸c x· vÒ viÖc tu söa ®­êng "
        "giao th«ng n«ng th«n tr­íc mïa m­a b·o n¨m nay.\n";

    (void)state;
    fail_each_allocation("glyphs.txt", text, sizeof text - 1);
    fail_each_allocation("glyphs.html", text, sizeof text - 1);
    assert_non_null(strstr(listing_of(&dx_source_html, "glyphs.html", text,
                               sizeof text - 1),
        "huyện miền núi"));
}

/* What pdftotext prints is read; without it, that is told however little there is. */
static void pdf_files_fail_cleanly(void **state)
{
    const char *const pages[] = {
        "So: 12/KH-UBND\nKe hoach to chuc hoi cho nong san cua xa\n"
        "Uy ban nhan dan xa to chuc hoi cho nong san trong hai ngay.\n"};
    dx_buf made;

    (void)state;
    dx_buf_init(&made, SIZE_MAX);
    made_pdf(&made, pages, 1, "/Title (Ke hoach)");
    fail_each_allocation("kh.pdf", (const char *)made.data, made.len);
    dx_buf_free(&made);
}

static void selectors_fail_cleanly(void **state)
{
    static const char text[] = "[baomau.example]\nbody = #a .b, .c\n"
                               "date = .ngay\n[*]\nignore = .chia-se\n";
    dx_status rc = DX_ERR_NOMEM;

    (void)state;
    for (int64_t n = 0; rc != DX_OK; n++) {
        dx_selectors s = {0};
        dx_error err = {0};
        dx_mem_fail_after(n);
        rc = dx_selectors_parse(&s, dx_str_from(text), "s", &err);
        dx_mem_fail_after(-1);
        assert_true(rc == DX_OK || rc == DX_ERR_NOMEM);
        assert_int_equal(dx_selectors_of(&s, DX_STR_LIT("xa.baomau.example")) &&
                             rc == DX_OK, rc == DX_OK);
        dx_selectors_free(&s);
    }
}

static void sitemaps_fail_cleanly(void **state)
{
    static const char text[] =
        "<urlset><url><loc>https://a.example/lua</loc>"
        "<lastmod>2024-05-06</lastmod></url>"
        "<url><loc>https://a.example/ngo</loc></url></urlset>";
    char folder[64];
    dx_status rc = DX_ERR_NOMEM;

    (void)state;
    fixture_folder(folder);
    fixture_write(folder, "sitemap.xml", text, sizeof text - 1);
    for (int64_t n = 0; rc != DX_OK; n++) {
        dx_sitemap s = {0};
        dx_mem_fail_after(n);
        rc = dx_sitemap_add_folder(&s, folder);
        dx_mem_fail_after(-1);
        assert_true(rc == DX_OK || rc == DX_ERR_NOMEM);
        assert_true(rc != DX_OK || s.count > 0);
        dx_sitemap_free(&s);
    }
    fixture_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_reader_takes_lack_of_memory_for_damage),
        cmocka_unit_test(repairing_fails_cleanly),
        cmocka_unit_test(pdf_files_fail_cleanly),
        cmocka_unit_test(selectors_fail_cleanly),
        cmocka_unit_test(sitemaps_fail_cleanly),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
