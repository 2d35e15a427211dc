/* Addresses that articles have by a map of folders, or of old addresses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/answer/show/address.h"
#include "searcher/include/dx/search.h"
#include "tests/support/fixture.h"

static const char *address(const char *from, const char *to, const char *url, const char *path)
{
    static char found[256];
    dx_address_maps maps = {0};
    dx_arena arena = DX_ARENA_INIT;

    assert_int_equal(dx_address_maps_add(&maps, from, to), DX_OK);
    dx_str a = dx_address_of(&maps, dx_str_from(url), dx_str_from(path), &arena);
    snprintf(found, sizeof found, "%.*s", (int)a.len, a.len ? a.ptr : "");
    dx_arena_free(&arena);
    dx_address_maps_free(&maps);
    return found;
}

static void a_path_becomes_an_address(void **state)
{
    (void)state;
    assert_string_equal(address("/srv/www", "https://x.example", "", "/srv/www/a/b.html"),
        "https://x.example/a/b.html");
    assert_string_equal(address("/srv/www/", "https://x.example/", "", "/srv/www/a.html"),
        "https://x.example/a.html");
    assert_string_equal(address("/srv/www", "https://x.example/", "", "/srv/www/a.html"),
        "https://x.example/a.html");
    assert_string_equal(address("tin", "https://x.example/tin", "", "tin/a.html"),
        "https://x.example/tin/a.html");
}

static void a_folder_ends_with_its_name(void **state)
{
    (void)state;
    assert_string_equal(address("/srv/www", "https://x.example", "", "/srv/www2/a.html"), "");
    assert_string_equal(address("/srv/www/", "https://x.example", "", "/srv/www"), "");
    assert_string_equal(address("/srv/www", "https://x.example", "", "/srv/www"),
        "https://x.example");
}

static void what_no_address_may_have_is_encoded(void **state)
{
    (void)state;
    assert_string_equal(address("/w", "https://x.example", "", "/w/tin tức/a?b#c%d\"<.html"),
        "https://x.example/tin%20t%E1%BB%A9c/a%3Fb%23c%25d%22%3C.html");
}

static void an_old_address_becomes_a_new_one(void **state)
{
    (void)state;
    assert_string_equal(address("http://cu.example", "https://moi.example",
                            "http://cu.example/a?b=c#d", "/srv/x"),
        "https://moi.example/a?b=c#d");
    assert_string_equal(address("http://cu.example", "https://moi.example",
                            "http://cu.example?b", ""), "https://moi.example?b");
    assert_string_equal(address("http://cu.example", "https://moi.example",
                            "http://cu.example.vn/a", ""), "http://cu.example.vn/a");
    assert_string_equal(address("/srv", "https://moi.example", "http://y.example/", "/srv/a"),
        "http://y.example/");
}

static void results_keep_them_after_their_index(void **state)
{
    static const char text[] = "{\"id\":\"a\",\"title\":\"Tin\",\"body\":\"Lũ.\","
                               "\"url\":\"http://cu.example/a\"}\n";
    char folder[64];
    dx_index *ix = fixture_open_text(folder, text);
    dx_results *rs;
    dx_error err;

    (void)state;
    assert_int_equal(dx_index_add_map(ix, "http://cu.example", "https://moi.example", NULL),
        DX_OK);
    assert_int_equal(dx_index_add_map(ix, "http://cu.example/", "https://sau.example", NULL),
        DX_OK);
    assert_int_equal(dx_index_add_map(ix, "", "https://x.example", &err), DX_ERR_INVALID);
    assert_int_equal(dx_index_add_map(ix, "/a", "javascript:x", &err), DX_ERR_INVALID);
    assert_int_equal(dx_index_add_map(NULL, "/a", "https://x", &err), DX_ERR_INVALID);
    assert_int_equal(dx_index_add_map(ix, NULL, "https://x", &err), DX_ERR_INVALID);
    assert_int_equal(dx_index_add_map(ix, "/a", NULL, &err), DX_ERR_INVALID);
    assert_int_equal(dx_search(ix, "lũ", NULL, &rs, NULL), DX_OK);
    fixture_close(ix, folder);
    assert_string_equal(dx_hit_field(dx_results_hit(rs, 0), "url"), "https://moi.example/a");
    assert_string_equal(dx_hit_field(dx_results_hit(rs, 0), "id"), "a");
    dx_results_free(rs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_path_becomes_an_address),
        cmocka_unit_test(a_folder_ends_with_its_name),
        cmocka_unit_test(what_no_address_may_have_is_encoded),
        cmocka_unit_test(an_old_address_becomes_a_new_one),
        cmocka_unit_test(results_keep_them_after_their_index)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
