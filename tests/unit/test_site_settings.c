/* What the owner of a site may set, in its file and in the environment, and what becomes of
 * mistakes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "searcher/serve/site.h"
#include "tests/support/fixture.h"

static char folder[64];
static const char *environment; /* "A=1;B=2" */
static dx_site site;
static dx_buf complaints;

/* The variables of a test; DX_SITE is its file. */
static const char *variable(void *ctx, const char *name)
{
    static char values[64][256];
    static unsigned next;
    size_t n = strlen(name);
    char *value = values[next++ % 64];

    (void)ctx;
    if (strcmp(name, "DX_SITE") == 0) {
        snprintf(value, sizeof *values, "%s/site.conf", folder);
        return value;
    }
    for (const char *p = environment; *p; p += strcspn(p, ";"), p += *p == ';')
        if (strncmp(p, name, n) == 0 && p[n] == '=') {
            snprintf(value, sizeof *values, "%.*s", (int)strcspn(p + n + 1, ";"),
                p + n + 1);
            return value;
        }
    return NULL;
}

static int set_up(void **state)
{
    (void)state;
    fixture_folder(folder);
    environment = "";
    dx_buf_init(&complaints, 1 << 16);
    site = (dx_site){0};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dx_site_free(&site);
    dx_buf_free(&complaints);
    fixture_remove(folder);
    return 0;
}

static void read_bytes(const char *bytes, size_t len)
{
    fixture_write(folder, "site.conf", bytes, len);
    dx_site_free(&site);
    dx_buf_clear(&complaints);
    dx_site_read(&site, variable, NULL, &complaints);
}

static void read_file(const char *text) { read_bytes(text, strlen(text)); }

/* All that went to the log, "FILE" standing for the file's name. */
static void assert_complaints(const char *wanted)
{
    char name[80], *at, text[8192] = "";
    const char *p = dx_buf_cstr(&complaints);

    snprintf(name, sizeof name, "%s/site.conf", folder);
    for (; (at = strstr(p, name)) != NULL; p = at + strlen(name))
        snprintf(text + strlen(text), sizeof text - strlen(text), "%.*sFILE",
            (int)(at - p), p);
    snprintf(text + strlen(text), sizeof text - strlen(text), "%s", p);
    assert_string_equal(text, wanted);
}

static void assert_complaint(const char *file, const char *wanted)
{
    read_file(file);
    assert_complaints(wanted);
}

/* ---- what is right ---- */

static void an_empty_file_sets_nothing(void **state)
{
    (void)state;
    read_file("");
    assert_complaints("");
    assert_int_equal(site.index_count, 0);
    assert_string_equal(site.face.title, "");
    assert_string_equal(site.log, "");
    assert_int_equal(site.timeout_ms, 2000);
    assert_int_equal(site.face.hits_per_page, 10);
    assert_int_equal(site.face.parts, DX_PARTS_ALL);
    assert_int_equal(site.face.language, DX_VIETNAMESE);
    assert_int_equal(site.article_chars, DX_SITE_ARTICLE_CHARS_MAX);
}

static void a_line_sets_what_it_names_to_its_end(void **state)
{
    (void)state;
    read_file("# Trang tìm kiếm\n\n"
              "title =  Cổng thông tin # tỉnh \"Mẫu\" = X  \n"
              "\tcolor=#0b4fa8\n"
              "timeout_ms = 500\nfreshness = 0,5\npage_size = 20\n"
              "language = en\nnegotiate = yes\nshow = facets, similar\n"
              "home = /\nlogo = https://tinh.example/logo.png\n"
              "base = https://tinh.example/tim-kiem\n"
              "article_chars = 0\norigins = https://a.example http://b.example:8080\n"
              "image_origins = https://*.example https:");
    assert_complaints("");
    assert_string_equal(site.face.title, "Cổng thông tin # tỉnh \"Mẫu\" = X");
    assert_string_equal(site.face.color, "#0b4fa8");
    assert_int_equal(site.timeout_ms, 500);
    assert_true(site.freshness > 0.49 && site.freshness < 0.51);
    assert_int_equal(site.face.hits_per_page, 20);
    assert_int_equal(site.face.language, DX_ENGLISH);
    assert_true(site.face.negotiates);
    assert_int_equal(site.face.parts, DX_PART_FACETS | DX_PART_SIMILAR);
    assert_string_equal(site.face.home, "/");
    assert_string_equal(site.face.logo, "https://tinh.example/logo.png");
    assert_string_equal(site.face.base, "https://tinh.example/tim-kiem");
    assert_int_equal(site.article_chars, 0);
    assert_string_equal(site.origins, "https://a.example http://b.example:8080");
    assert_string_equal(site.face.image_origins, "https://*.example https:");
}

static void files_of_windows_are_read(void **state)
{
    (void)state;
    read_file("\xEF\xBB\xBFtitle = Tỉnh\r\nhome = /x\r\n\r\n# hết\r\n");
    assert_complaints("");
    assert_string_equal(site.face.title, "Tỉnh");
    assert_string_equal(site.face.home, "/x");
}

static void names_of_files_count_from_the_settings_folder(void **state)
{
    char wanted[80];

    (void)state;
    read_file("index = tin.dx\nindex = /srv/b.dx\nlog = queries.log\n");
    assert_complaints("");
    assert_int_equal(site.index_count, 2);
    snprintf(wanted, sizeof wanted, "%s/tin.dx", folder);
    assert_string_equal(site.indexes[0], wanted);
    assert_string_equal(site.indexes[1], "/srv/b.dx");
    snprintf(wanted, sizeof wanted, "%s/queries.log", folder);
    assert_string_equal(site.log, wanted);
}

static void maps_are_kept_in_their_order(void **state)
{
    (void)state;
    read_file("map /srv/www = https://tinh.example\n"
              "map = /srv/a=b = https://tinh.example/a?x=1\n"
              "map tin/=https://tinh.example/tin/\n");
    assert_complaints("");
    assert_int_equal(site.map_count, 3);
    assert_string_equal(site.maps[0].from, "/srv/www");
    assert_string_equal(site.maps[0].to, "https://tinh.example");
    assert_string_equal(site.maps[1].from, "/srv/a=b");
    assert_string_equal(site.maps[1].to, "https://tinh.example/a?x=1");
    assert_string_equal(site.maps[2].from, "tin/");
    assert_string_equal(site.maps[2].to, "https://tinh.example/tin/");
}

static void pieces_of_pages_are_read_from_their_files(void **state)
{
    static const char html[] = "\xEF\xBB\xBF<p>Tỉnh</p>\n", css[] = "p{color:red}";

    (void)state;
    fixture_write(folder, "head.html", html, sizeof html - 1);
    fixture_write(folder, "site.css", css, sizeof css - 1);
    read_file("header = head.html\nfooter = head.html\ncss = site.css\n");
    assert_complaints("");
    assert_string_equal(site.face.header_html, "<p>Tỉnh</p>\n");
    assert_string_equal(site.face.footer_html, "<p>Tỉnh</p>\n");
    assert_string_equal(site.face.css, css);
}

static void the_environment_wins(void **state)
{
    (void)state;
    environment = "DX_TITLE=Môi trường;DX_INDEX=a.dx\n\nb.dx;"
                  "DX_MAP=/a = http://b\n/c = http://d;DX_HOME=";
    read_file("title = Tệp\nhome = /tep\nindex = c.dx\nmap /e = http://f\n");
    assert_complaints("");
    assert_string_equal(site.face.title, "Môi trường");
    assert_string_equal(site.face.home, "/tep");
    assert_int_equal(site.index_count, 2);
    assert_string_equal(site.indexes[0], "a.dx");
    assert_string_equal(site.indexes[1], "b.dx");
    assert_int_equal(site.map_count, 2);
    assert_string_equal(site.maps[1].to, "http://d");
}

static void a_wrong_variable_leaves_it_to_the_file(void **state)
{
    (void)state;
    environment = "DX_COLOR=red";
    read_file("color = #123");
    assert_complaints("DX_COLOR=red: no colour; write it like #0b4fa8\n");
    assert_string_equal(site.face.color, "#123");
}

static void every_row_has_names_and_a_place_of_its_own(void **state)
{
    (void)state;
    for (unsigned i = 0; i < DX_SETTINGS; i++) {
        assert_ptr_equal(dx_setting_named(dx_str_from(dx_settings[i].name)), &dx_settings[i]);
        assert_int_equal(strncmp(dx_settings[i].variable, "DX", 2), 0);
        assert_true(dx_settings[i].least <= dx_settings[i].most);
        for (unsigned j = 0; j < i; j++) {
            assert_string_not_equal(dx_settings[i].variable, dx_settings[j].variable);
            assert_int_not_equal(dx_settings[i].offset, dx_settings[j].offset);
        }
    }
}

/* ---- what is wrong ---- */

static void a_mistake_is_told_with_its_line_and_a_remedy(void **state)
{
    (void)state;
    assert_complaint("\n\ntitel = X", "FILE:3: titel: no setting has this name; is it title?\n");
    assert_complaint("qwertyuiop = X", "FILE:1: qwertyuiop: no setting has this name\n");
    assert_complaint("title: X",
        "FILE:1: title: X: no setting; write: name = value, or # before a remark\n");
    assert_complaint("title",
        "FILE:1: title: no setting; write: name = value, or # before a remark\n");
    assert_complaint("= x", "FILE:1: = x: no setting; write: name = value, or # before a remark\n");
    assert_complaint("page_size = 0", "FILE:1: page_size = 0: not from 1 to 100\n");
    assert_complaint("page_size = 2.5", "FILE:1: page_size = 2.5: not from 1 to 100\n");
    assert_complaint("color = xanh", "FILE:1: color = xanh: no colour; write it like #0b4fa8\n");
    assert_complaint("color = #12345",
        "FILE:1: color = #12345: no colour; write it like #0b4fa8\n");
    assert_complaint("language = fr", "FILE:1: language = fr: neither vi nor en\n");
    assert_complaint("negotiate = có", "FILE:1: negotiate = có: neither yes nor no\n");
    assert_complaint("show = facets maps",
        "FILE:1: show = facets maps: no parts of a page; choose from: facets timeline "
        "suggestions similar images article, or none\n");
    assert_complaint("map /srv/www", "FILE:1: map /srv/www: no '='; write: map /srv/www = "
                                     "https://tinh.gov.vn\n");
    assert_complaint("map /a = b", "FILE:1: map /a = b: not FROM = ADDRESS; write: map /srv/www = "
                                   "https://tinh.gov.vn\n");
}

static void addresses_that_could_run_something_are_refused(void **state)
{
    static const char *const wrong[] = {"javascript:alert(1)", "data:text/html,x",
        "JAVASCRIPT:x", " vbscript:x", "ftp://x", "x", "https:"};
    static const char *const names[] = {"home", "logo", "base"};
    char line[80];

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        for (size_t j = 0; j < sizeof names / sizeof *names; j++) {
            snprintf(line, sizeof line, "%s = %s", names[j], wrong[i]);
            read_file(line);
            assert_true(complaints.len > 0);
            assert_string_equal(site.face.home, "");
            assert_string_equal(site.face.logo, "");
            assert_string_equal(site.face.base, "");
        }
    read_file("base = /tim-kiem");
    assert_string_equal(site.face.base, "");
}

static void origins_cannot_carry_anything_else_into_a_header(void **state)
{
    static const char *const wrong[] = {"https://a.example/x", "https://a.example; script-src *",
        "'unsafe-inline'", "https://a.example,b", "https://", "https://a.example:", "data:",
        "https://a.example:80x", "https", "//a.example"};
    char line[80];

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        for (unsigned image = 0; image < 2; image++) {
            snprintf(line, sizeof line, "%sorigins = %s", image ? "image_" : "", wrong[i]);
            read_file(line);
            assert_true(complaints.len > 0);
            assert_string_equal(site.origins, "");
            assert_string_equal(site.face.image_origins, "");
        }
    read_file("image_origins = *");
    assert_string_equal(site.face.image_origins, "");
    read_file("origins = *");
    assert_string_equal(site.origins, "*");
}

static void a_second_line_for_the_same_does_not_count(void **state)
{
    (void)state;
    assert_complaint("title = A\ntitle = B",
        "FILE:2: title = B: is set above; this line does not count\n");
    assert_string_equal(site.face.title, "A");
}

static void the_others_count_beside_a_mistake(void **state)
{
    (void)state;
    read_file("colour = red\ntitle = Tỉnh\npage_size = x\nhome = /");
    assert_string_equal(site.face.title, "Tỉnh");
    assert_string_equal(site.face.home, "/");
    assert_int_equal(site.face.hits_per_page, 10);
}

static void a_style_sheet_cannot_end_its_element(void **state)
{
    static const char css[] = "p{}</style><script>";

    (void)state;
    fixture_write(folder, "site.css", css, sizeof css - 1);
    read_file("css = site.css");
    assert_string_equal(site.face.css, "");
    assert_true(complaints.len > 0);
}

static void a_piece_that_is_not_there_is_told(void **state)
{
    (void)state;
    read_file("title = X\nheader = none.html");
    assert_string_equal(site.face.header_html, "");
    assert_non_null(strstr(dx_buf_cstr(&complaints), "/none.html: No such file"));
    assert_non_null(strstr(dx_buf_cstr(&complaints), "site.conf:2: header = none.html: "));
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    static const char utf16[] = "\xFF\xFEt\0i\0t\0l\0e\0=\0X\0";

    (void)state;
    read_bytes(utf16, sizeof utf16 - 1);
    assert_complaints("FILE: is in UTF-16; save it as UTF-8\n");
    read_bytes("title = a\0b\n", 12);
    assert_complaints("FILE: is not text in UTF-8; save it as that\n");
    read_file("title = T\xED\xBA");
    assert_complaints("FILE: is not text in UTF-8; save it as that\n");
    environment = "DX_TITLE=a\x1b[2Jb";
    read_file("");
    assert_complaints("DX_TITLE=a\\x1b[2Jb: not a line of text in UTF-8\n");
    assert_string_equal(site.face.title, "");
}

static void a_file_that_is_too_long_is_refused(void **state)
{
    size_t len = DX_SITE_FILE_BYTES_MAX + 1;
    char *text = dx_malloc(len);

    (void)state;
    assert_non_null(text);
    memset(text, '#', len);
    read_bytes(text, len);
    assert_non_null(strstr(dx_buf_cstr(&complaints), "has more than 262144 bytes"));
    read_bytes(text, len - 1);
    assert_complaints("");
    dx_free(text);
}

static void a_file_full_of_mistakes_does_not_fill_the_log(void **state)
{
    char *text = dx_malloc(40001);

    (void)state;
    assert_non_null(text);
    for (unsigned i = 0; i < 20000; i++)
        memcpy(text + 2 * i, "x\n", 2);
    read_bytes(text, 40000);
    assert_true(complaints.len < 4096);
    assert_non_null(strstr(dx_buf_cstr(&complaints), "more lines are wrong\n"));
    dx_free(text);
}

static dx_status read_again(void)
{
    dx_site_free(&site);
    dx_buf_clear(&complaints);
    dx_site_read(&site, variable, NULL, &complaints);
    return strstr(dx_buf_cstr(&complaints), "out of memory") ||
                   complaints.status != DX_OK || site.map_count < 1
               ? DX_ERR_NOMEM
               : DX_OK;
}

static void memory_that_is_short_leaves_a_site(void **state)
{
    static const char text[] = "title = X\nindex = a.dx\nindex = b.dx\nmap /a = http://b\n"
                               "header = head.html\ncss = head.html\nhome = x\n";

    (void)state;
    fixture_write(folder, "head.html", "p", 1);
    fixture_write(folder, "site.conf", text, sizeof text - 1);
    fixture_fail_each_allocation(read_again, NULL);
    assert_int_equal(site.index_count, 2);
    assert_string_equal(site.face.css, "p");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {TEST(an_empty_file_sets_nothing),
        TEST(a_line_sets_what_it_names_to_its_end), TEST(files_of_windows_are_read),
        TEST(names_of_files_count_from_the_settings_folder),
        TEST(maps_are_kept_in_their_order),
        TEST(pieces_of_pages_are_read_from_their_files), TEST(the_environment_wins),
        TEST(a_wrong_variable_leaves_it_to_the_file),
        TEST(every_row_has_names_and_a_place_of_its_own),
        TEST(a_mistake_is_told_with_its_line_and_a_remedy),
        TEST(addresses_that_could_run_something_are_refused),
        TEST(origins_cannot_carry_anything_else_into_a_header),
        TEST(a_second_line_for_the_same_does_not_count),
        TEST(the_others_count_beside_a_mistake),
        TEST(a_style_sheet_cannot_end_its_element),
        TEST(a_piece_that_is_not_there_is_told),
        TEST(bytes_that_are_no_text_are_refused),
        TEST(a_file_that_is_too_long_is_refused),
        TEST(a_file_full_of_mistakes_does_not_fill_the_log),
        TEST(memory_that_is_short_leaves_a_site)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
