/* Ids: which addresses name an article, and hashes behind a name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "common/index/field/article_id.h"

static bool is_address(const char *url)
{
    return dx_id_is_address(dx_str_from(url));
}

static void an_address_is_more_than_a_root(void **state)
{
    static const char *const good[] = {"http://a.vn/b", "https://a.vn/b/",
        "HTTPS://A.vn/1.html", "https://a.vn/?p=7", "https://a.vn?p=7",
        "https://a.vn/b#c", "https://u@a.vn:80/b", "https://a.vn//b"};
    static const char *const bad[] = {"", "#", "/", "/b", "b", "a.vn/b",
        "//a.vn/b", "ftp://a.vn/b", "javascript:void(0)", "https:/a.vn/b",
        "http://", "https:///b", "https://a.vn", "https://a.vn/",
        "https://a.vn/#b", "https://a.vn#b", "https://a.vn/?", "https://a.vn?#b",
        "https://a.vn//"};

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!is_address(good[i]))
            fail_msg("%s should name an article", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (is_address(bad[i]))
            fail_msg("%s should name nothing", bad[i]);
}

static void a_hash_comes_back(void **state)
{
    static const uint64_t hashes[] = {0, 1, 15, 16, UINT64_MAX,
        UINT64_C(0x0123456789abcdef), UINT64_C(1) << 63};
    dx_arena arena = DX_ARENA_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof hashes / sizeof *hashes; i++) {
        dx_str id = dx_id_with_hash(DX_STR_LIT("a/b.jsonl"), hashes[i], &arena);
        dx_str base;
        uint64_t hash;
        assert_int_equal(id.len, strlen("a/b.jsonl#~") + 12);
        assert_int_equal(strlen(id.ptr), id.len);
        assert_true(dx_id_split(id, &base, &hash));
        assert_true(dx_str_eq(base, DX_STR_LIT("a/b.jsonl")));
        assert_true(hash == (hashes[i] & ~UINT64_C(15)));
        assert_true(dx_id_tells_path(id, DX_STR_LIT("a/b.jsonl")));
        assert_false(dx_id_tells_path(id, DX_STR_LIT("b.jsonl")));
        assert_true(dx_id_split(dx_id_with_hash(id, 5, &arena), &base, &hash));
        assert_true(dx_str_eq(base, id)); /* one hash behind another */
    }
    dx_arena_free(&arena);
}

static void what_has_no_hash_is_whole(void **state)
{
    static const char *const ids[] = {"", "a", "#~", "#~0123456789a",
        "a#~0123456789ai", "a#~0123456789aI", "a#0123456789abc",
        "a~0123456789abc", "a#~0123456789a "};
    dx_str base;
    uint64_t hash;

    (void)state;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        if (dx_id_split(dx_str_from(ids[i]), &base, &hash))
            fail_msg("“%s” has no hash", ids[i]);
    assert_false(dx_id_tells_path(DX_STR_LIT("a"), DX_STR_LIT("")));
    assert_true(dx_id_tells_path(DX_STR_LIT("a"), DX_STR_LIT("a")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_more_than_a_root),
        cmocka_unit_test(a_hash_comes_back),
        cmocka_unit_test(what_has_no_hash_is_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
