/* One article by its id: its whole text with a query's words marked, and its key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/include/dx/search.h"
#include "tests/support/fixture.h"

static char folder[64];
static dx_index *ix;

static const char articles[] =
    "{\"id\":\"a\",\"title\":\"Tin lũ\",\"lead\":\"Mưa to.\",\"body\":\"Lũ về\\nmưa lớn  kéo "
    "dài.\\n\\nNước <rút> & cạn. Mưa tạnh.\",\"source\":\"Báo Mẫu\"}\n"
    "{\"id\":\"b\",\"title\":\"Tin hạn\",\"body\":\"Không có gì.\"}\n"
    "{\"id\":\"empty\",\"title\":\"Chỉ có đầu đề\",\"body\":\"\"}\n"
    "{\"id\":\"hidden\",\"title\":\"Ẩn\",\"body\":\"Mưa.\",\"hidden\":true}\n";

static int set_up(void **state)
{
    (void)state;
    ix = fixture_open_text(folder, articles);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_close(ix, folder);
    return 0;
}

static dx_results *fetch(const char *id, const char *query)
{
    dx_results *rs;

    assert_int_equal(dx_fetch(ix, id, query, NULL, &rs, NULL), DX_OK);
    assert_int_equal(dx_results_count(rs), 1);
    assert_int_equal(dx_results_total(rs), 1);
    assert_int_equal(dx_results_exact(rs), 1);
    assert_int_equal(dx_results_partial(rs), 0);
    return rs;
}

static void assert_text(const char *id, const char *query, const dx_snippet_options *opt,
    const char *wanted)
{
    dx_results *rs = fetch(id, query);

    assert_string_equal(dx_hit_text(dx_results_hit(rs, 0), opt), wanted);
    assert_int_equal(dx_results_check(rs, NULL), DX_OK);
    dx_results_free(rs);
}

static void the_text_is_whole_and_in_paragraphs(void **state)
{
    dx_snippet_options plain = DX_SNIPPET_INIT;

    (void)state;
    plain.max_bytes = UINT32_MAX;
    plain.escape_html = false;
    assert_text("a", "", &plain,
        "Mưa to.\nLũ về\nmưa lớn kéo dài.\nNước <rút> & cạn. Mưa tạnh.");
    assert_text("a", "", NULL,
        "Mưa to.\nLũ về\nmưa lớn kéo dài.\nNước &lt;rút&gt; &amp; cạn. Mưa tạnh.");
    assert_text("b", "", NULL, "Không có gì.");
    assert_text("empty", "", NULL, "");
}

static void words_of_the_query_are_marked_to_the_end_of_their_line(void **state)
{
    (void)state;
    assert_text("a", "lu ve mua lon", NULL,
        "<b>Mưa</b> to.\n<b>Lũ về</b>\n<b>mưa lớn</b> kéo dài.\nNước &lt;rút&gt; &amp; cạn. "
        "<b>Mưa</b> tạnh.");
    assert_text("b", "mưa", NULL, "Không có gì.");
}

static void keys_typed_are_marked_as_what_they_mean(void **state)
{
    dx_results *rs = fetch("a", "muwa");

    (void)state;
    assert_non_null(strstr(dx_hit_text(dx_results_hit(rs, 0), NULL), "<b>Mưa</b> to."));
    assert_string_equal(dx_hit_title(dx_results_hit(rs, 0), NULL), "Tin lũ");
    assert_string_equal(dx_hit_field(dx_results_hit(rs, 0), "source"), "Báo Mẫu");
    dx_results_free(rs);
}

static void a_part_ends_with_a_word(void **state)
{
    dx_snippet_options opt = DX_SNIPPET_INIT;

    (void)state;
    opt.max_bytes = 14;
    assert_text("a", "", &opt, "Mưa to.\nLũ…");
    opt.max_bytes = 0;
    assert_text("a", "", &opt, "…");
    opt.size = 0;
    assert_text("a", "", &opt, "");
}

static void what_is_not_to_be_seen_is_not_there(void **state)
{
    static const char *const ids[] = {"nobody", "hidden", "", "~0000000000000000000000000z",
        "~zzzzzzzzzzzzzzzzzzzzzzzzzz"};
    dx_error err;
    dx_results *rs;

    (void)state;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        assert_int_equal(dx_fetch(ix, ids[i], "mưa", NULL, &rs, &err), DX_ERR_INVALID);
        assert_null(rs);
        assert_non_null(strstr(err.msg, ids[i]));
    }
}

static void a_wrong_call_is_told(void **state)
{
    dx_request request = DX_REQUEST_INIT;
    dx_results *rs;
    dx_error err;

    (void)state;
    assert_int_equal(dx_fetch(NULL, "a", "", NULL, &rs, &err), DX_ERR_INVALID);
    assert_int_equal(dx_fetch(ix, NULL, "", NULL, &rs, &err), DX_ERR_INVALID);
    assert_int_equal(dx_fetch(ix, "a", NULL, NULL, &rs, &err), DX_ERR_INVALID);
    assert_int_equal(dx_fetch(ix, "a", "", NULL, NULL, &err), DX_ERR_INVALID);
    request.offset = DX_RANK_MAX + 1;
    assert_int_equal(dx_fetch(ix, "a", "", &request, &rs, &err), DX_ERR_INVALID);
    assert_string_equal(dx_hit_text(NULL, NULL), "");
}

static void page_and_limit_of_a_request_do_not_count(void **state)
{
    dx_request request = DX_REQUEST_INIT;
    dx_results *rs;

    (void)state;
    request.offset = 50;
    request.limit = 0;
    request.facets = 3;
    assert_int_equal(dx_fetch(ix, "b", "mua", &request, &rs, NULL), DX_OK);
    assert_int_equal(dx_results_count(rs), 1);
    assert_null(dx_results_facet(rs, 0));
    dx_results_free(rs);
}

/* ---- keys ---- */

static void a_key_finds_what_the_id_finds(void **state)
{
    dx_results *rs = fetch("a", ""), *found;
    const char *key = dx_hit_field(dx_results_hit(rs, 0), "key");

    (void)state;
    assert_int_equal(strlen(key), 27);
    assert_int_equal(key[0], '~');
    found = fetch(key, "");
    assert_string_equal(dx_hit_field(dx_results_hit(found, 0), "id"), "a");
    assert_string_equal(dx_hit_field(dx_results_hit(found, 0), "key"), key);
    dx_results_free(found);
    assert_int_equal(dx_like(ix, key, NULL, &found, NULL), DX_OK);
    dx_results_free(found);
    dx_results_free(rs);
}

static void keys_tell_apart_what_has_the_same_id(void **state)
{
    static const char twins[] = "{\"id\":\"x\",\"title\":\"Một\",\"body\":\"Bài thứ nhất.\"}\n"
                                "{\"id\":\"x\",\"title\":\"Hai\",\"body\":\"Bài thứ hai.\"}\n";
    char own[64];
    dx_index *two = fixture_open_text(own, twins);
    dx_results *rs, *found;
    const dx_hit *hit;

    (void)state;
    assert_int_equal(dx_search(two, "bài", NULL, &rs, NULL), DX_OK);
    assert_int_equal(dx_results_count(rs), 2);
    while ((hit = dx_results_next(rs)) != NULL) {
        const char *key = dx_hit_field(hit, "key");
        assert_int_equal(strlen(key), 41);
        assert_int_equal(dx_fetch(two, key, "", NULL, &found, NULL), DX_OK);
        assert_string_equal(dx_hit_field(dx_results_hit(found, 0), "title"),
            dx_hit_field(hit, "title"));
        dx_results_free(found);
    }
    dx_results_free(rs);
    fixture_close(two, own);
}

/* ---- memory ---- */

static dx_status fetch_again(void)
{
    dx_results *rs;
    dx_status rc = dx_fetch(ix, "a", "lu ve mua lon", NULL, &rs, NULL);

    if (rc != DX_OK)
        return rc;
    const dx_hit *hit = dx_results_hit(rs, 0);
    bool whole = strstr(dx_hit_text(hit, NULL), "tạnh.") && *dx_hit_field(hit, "key");
    dx_results_free(rs);
    return whole ? DX_OK : DX_ERR_NOMEM;
}

static void memory_that_is_short_is_an_error_or_no_text(void **state)
{
    (void)state;
    fixture_fail_each_allocation(fetch_again, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_text_is_whole_and_in_paragraphs),
        cmocka_unit_test(words_of_the_query_are_marked_to_the_end_of_their_line),
        cmocka_unit_test(keys_typed_are_marked_as_what_they_mean),
        cmocka_unit_test(a_part_ends_with_a_word),
        cmocka_unit_test(what_is_not_to_be_seen_is_not_there),
        cmocka_unit_test(a_wrong_call_is_told),
        cmocka_unit_test(page_and_limit_of_a_request_do_not_count),
        cmocka_unit_test(a_key_finds_what_the_id_finds),
        cmocka_unit_test(keys_tell_apart_what_has_the_same_id),
        cmocka_unit_test(memory_that_is_short_is_an_error_or_no_text)};

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
