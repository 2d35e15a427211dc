/* The public calls take whatever they are given: what is wrong is told, not a
 * crash, for a caller from another language has no other way to learn of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/include/dx/search.h"
#include "tests/support/fixture.h"

static char folder[64], path[80];
static dx_index *ix;

static const char articles[] =
    "{\"id\":\"a\",\"title\":\"Chuyển đổi số\",\"body\":\"Ở Bắc Giang.\","
    "\"date\":\"2024-05-06\",\"source\":\"Báo A\",\"url\":\"http://a.vn/1\","
    "\"x\":1}\n"
    "{\"id\":\"b\",\"title\":\"Mưa lũ\",\"body\":\"Ở Bắc Giang.\"}\n";

static int set_up(void **state)
{
    (void)state;
    ix = fixture_open_text(folder, articles);
    snprintf(path, sizeof path, "%s/i", folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_close(ix, folder);
    return 0;
}

/* INVALID, and a message that tells what. */
static void assert_told(dx_status rc, const dx_error *err, const char *what)
{
    assert_int_equal(rc, DX_ERR_INVALID);
    assert_int_equal(err->status, DX_ERR_INVALID);
    if (!strstr(err->msg, what))
        print_message("%s\n", err->msg);
    assert_non_null(strstr(err->msg, what));
}

static void opening_wants_a_path_and_a_place(void **state)
{
    const char *const paths[] = {path, NULL};
    dx_index *opened = ix;
    dx_error err;

    (void)state;
    assert_told(dx_index_open(NULL, &opened, &err), &err, "dx_index_open");
    assert_null(opened);
    assert_told(dx_index_open(path, NULL, &err), &err, "NULL");
    assert_told(dx_index_open_many(NULL, 1, &opened, &err), &err, "NULL");
    assert_told(dx_index_open_many(paths, 0, &opened, &err), &err, "no index");
    assert_told(dx_index_open_many(paths, 2, &opened, &err), &err, "NULL");
    assert_null(opened);
    assert_int_equal(dx_index_open(NULL, NULL, NULL), DX_ERR_INVALID);
    assert_told(dx_index_refresh(NULL, &err), &err, "dx_index_refresh");
    assert_told(dx_index_add_synonyms(NULL, path, &err), &err, "synonyms");
    assert_told(dx_index_add_synonyms(ix, NULL, &err), &err, "synonyms");
    assert_int_equal(dx_index_articles(NULL), 0);
    assert_int_equal(dx_index_generation(NULL), 0);
    assert_int_equal(dx_index_written(NULL), 0);
    dx_index_close(NULL);
}

static void searching_wants_an_index_and_words(void **state)
{
    dx_results *rs = NULL;
    dx_error err;

    (void)state;
    assert_told(dx_search(NULL, "a", NULL, &rs, &err), &err, "dx_search");
    assert_told(dx_search(ix, NULL, NULL, &rs, &err), &err, "dx_search");
    assert_told(dx_search(ix, "a", NULL, NULL, &err), &err, "dx_search");
    assert_told(dx_like(NULL, "a", NULL, &rs, &err), &err, "dx_like");
    assert_told(dx_like(ix, NULL, NULL, &rs, &err), &err, "dx_like");
    assert_told(dx_like(ix, "a", NULL, NULL, &err), &err, "dx_like");
    assert_told(dx_like(ix, "nobody", NULL, &rs, &err), &err, "nobody");
    assert_null(rs);
}

static void explaining_and_suggesting_want_theirs(void **state)
{
    dx_suggestions *s = NULL;
    char *text = path;
    dx_error err;

    (void)state;
    assert_told(dx_explain(NULL, "a", "a", NULL, &text, &err), &err, "explain");
    assert_null(text);
    assert_told(dx_explain(ix, NULL, "a", NULL, &text, &err), &err, "explain");
    assert_told(dx_explain(ix, "a", NULL, NULL, &text, &err), &err, "explain");
    assert_told(dx_explain(ix, "a", "a", NULL, NULL, &err), &err, "explain");
    assert_told(dx_explain(ix, "a", "none", NULL, &text, &err), &err, "none");
    assert_told(dx_suggest(NULL, "a", 1, &s, &err), &err, "dx_suggest");
    assert_told(dx_suggest(ix, NULL, 1, &s, &err), &err, "dx_suggest");
    assert_told(dx_suggest(ix, "a", 1, NULL, &err), &err, "dx_suggest");
    assert_told(dx_suggest(ix, "a", 21, &s, &err), &err, "21");
    dx_text_free(NULL);
    dx_suggestions_free(NULL);
}

static void assert_request(const dx_request *request, const char *what)
{
    dx_results *rs;
    dx_error err;
    char *text;

    assert_told(dx_search(ix, "a", request, &rs, &err), &err, what);
    assert_told(dx_like(ix, "a", request, &rs, &err), &err, what);
    assert_told(dx_explain(ix, "a", "a", request, &text, &err), &err, what);
}

static void a_wrong_request_is_told(void **state)
{
    dx_request request;

    (void)state;
    memset(&request, 0, sizeof request);
    assert_request(&request, "DX_REQUEST_INIT");
    request = (dx_request)DX_REQUEST_INIT;
    request.limit = DX_RANK_MAX + 1;
    assert_request(&request, "DX_RANK_MAX");
    request = (dx_request)DX_REQUEST_INIT;
    request.freshness = -1.0;
    assert_request(&request, "freshness");
    request = (dx_request)DX_REQUEST_INIT;
    memset(&request.match, 0x11, sizeof request.match);
    assert_request(&request, "match");
    request = (dx_request)DX_REQUEST_INIT;
    memset(&request.order, 0x11, sizeof request.order);
    assert_request(&request, "order");
}

/* A program that was compiled when the struct ended before `match`. */
static void what_an_older_request_lacks_is_as_by_default(void **state)
{
    dx_request request;
    dx_results *rs;

    (void)state;
    memset(&request, 0xFF, sizeof request);
    request.size = offsetof(dx_request, match);
    request.offset = 0;
    request.limit = 1;
    assert_int_equal(dx_search(ix, "bac giang", &request, &rs, NULL), DX_OK);
    assert_int_equal(dx_results_count(rs), 1);
    assert_int_equal(dx_results_total(rs), 2);
    assert_non_null(dx_results_note(rs, 0));
    dx_results_free(rs);
}

static void getters_of_nothing_give_nothing(void **state)
{
    (void)state;
    assert_int_equal(dx_results_total(NULL), 0);
    assert_int_equal(dx_results_count(NULL), 0);
    assert_true(dx_results_time_ms(NULL) == 0.0);
    assert_false(dx_results_timed_out(NULL));
    assert_null(dx_results_warning(NULL, 0));
    assert_null(dx_results_note(NULL, 0));
    assert_null(dx_results_facet(NULL, 0));
    assert_null(dx_results_next(NULL));
    assert_null(dx_results_hit(NULL, 0));
    assert_string_equal(dx_results_query(NULL), "");
    assert_string_equal(dx_results_like(NULL), "");
    assert_int_equal(dx_results_offset(NULL) + dx_results_indexes(NULL), 0);
    dx_results_free(NULL);
    assert_string_equal(dx_warning_text(NULL, "vi"), "");
    assert_int_equal(dx_warning_start(NULL) + dx_warning_end(NULL), 0);
    assert_int_equal(dx_note_kind_of(NULL), 0);
    assert_string_equal(dx_note_text(NULL), "");
    assert_string_equal(dx_note_detail(NULL), "");
    assert_string_equal(dx_note_query(NULL), "");
    assert_string_equal(dx_facet_field(NULL), "");
    assert_string_equal(dx_facet_value(NULL), "");
    assert_int_equal(dx_facet_count(NULL), 0);
    assert_true(dx_hit_score(NULL) == 0.0);
    assert_int_equal(dx_hit_rank(NULL) + dx_hit_similar(NULL), 0);
    assert_false(dx_hit_is_partial(NULL));
    assert_string_equal(dx_hit_field(NULL, "id"), "");
    assert_string_equal(dx_hit_snippet(NULL, NULL), "");
    assert_string_equal(dx_hit_title(NULL, NULL), "");
    assert_int_equal(dx_suggestions_count(NULL), 0);
    assert_string_equal(dx_suggestions_text(NULL, 0), "");
}

static void a_hit_has_the_fields_of_its_article(void **state)
{
    static const char *const fields[][2] = {{"id", "a"},
        {"title", "Chuyển đổi số"}, {"date", "2024-05-06"},
        {"source", "Báo A"}, {"url", "http://a.vn/1"}, {"author", ""},
        {"extra", "{\"x\":1}"}, {"index", path}, {"nonsense", ""}, {"", ""}};
    dx_snippet_options no_size = DX_SNIPPET_INIT;
    dx_results *rs;

    (void)state;
    no_size.size = 0;
    assert_int_equal(dx_search(ix, "chuyển đổi", NULL, &rs, NULL), DX_OK);
    const dx_hit *hit = dx_results_hit(rs, 0);
    assert_ptr_equal(dx_results_next(rs), hit);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        assert_string_equal(dx_hit_field(hit, fields[i][0]), fields[i][1]);
    assert_string_equal(dx_hit_field(hit, NULL), "");
    assert_string_equal(dx_hit_title(hit, NULL), "<b>Chuyển đổi</b> số");
    assert_string_equal(dx_hit_title(hit, &no_size), "");
    assert_null(dx_results_hit(rs, 1));
    dx_results_free(rs);
}

static void json_is_as_dxsearch_prints_it(void **state)
{
    dx_results *rs;
    dx_error err;
    char *json;

    (void)state;
    assert_told(dx_results_json(NULL, &json, &err), &err, "dx_results_json");
    assert_null(json);
    assert_int_equal(dx_search(ix, "mua lu", NULL, &rs, NULL), DX_OK);
    assert_told(dx_results_json(rs, NULL, &err), &err, "dx_results_json");
    assert_non_null(dx_results_next(rs)); /* makes no difference */
    assert_int_equal(dx_results_json(rs, &json, &err), DX_OK);
    assert_non_null(strstr(json, "\"query\":\"mua lu\",\"total\":1,"));
    assert_non_null(strstr(json, "\"kind\":\"reading\",\"text\":\"mưa lũ\""));
    assert_non_null(strstr(json, "\"title\":\"Mưa lũ\""));
    assert_string_equal(json + strlen(json) - 2, "]}");
    dx_text_free(json);
    dx_results_free(rs);
}

static void results_know_what_was_asked(void **state)
{
    dx_request request = DX_REQUEST_INIT;
    dx_results *rs;

    (void)state;
    request.offset = 1;
    assert_int_equal(dx_search(ix, "bac  giang", &request, &rs, NULL), DX_OK);
    assert_string_equal(dx_results_query(rs), "bac  giang");
    assert_string_equal(dx_results_like(rs), "");
    assert_int_equal(dx_results_offset(rs), 1);
    assert_int_equal(dx_results_indexes(rs), 1);
    assert_int_equal(dx_hit_rank(dx_results_hit(rs, 0)), 1);
    dx_results_free(rs);
    assert_int_equal(dx_like(ix, "a", NULL, &rs, NULL), DX_OK);
    assert_string_equal(dx_results_query(rs), "");
    assert_string_equal(dx_results_like(rs), "a");
    dx_results_free(rs);
}

/* Of the header that a program was compiled with, and of the library. */
static void the_version_is_one(void **state)
{
    char text[32];

    (void)state;
    snprintf(text, sizeof text, "%d.%d.%d", DX_VERSION_NUMBER / 10000,
        DX_VERSION_NUMBER / 100 % 100, DX_VERSION_NUMBER % 100);
    assert_string_equal(dx_version(), text);
}

static void warnings_speak_two_languages(void **state)
{
    dx_results *rs;

    (void)state;
    assert_int_equal(dx_search(ix, "bắc giang date:nosuchday", NULL, &rs, NULL), DX_OK);
    const dx_warning *w = dx_results_warning(rs, 0);
    assert_non_null(w);
    assert_string_not_equal(dx_warning_text(w, "vi"), dx_warning_text(w, "en"));
    assert_string_equal(dx_warning_text(w, NULL), dx_warning_text(w, "en"));
    assert_true(dx_warning_start(w) < dx_warning_end(w));
    dx_results_free(rs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opening_wants_a_path_and_a_place),
        cmocka_unit_test(searching_wants_an_index_and_words),
        cmocka_unit_test(explaining_and_suggesting_want_theirs),
        cmocka_unit_test(a_wrong_request_is_told),
        cmocka_unit_test(what_an_older_request_lacks_is_as_by_default),
        cmocka_unit_test(getters_of_nothing_give_nothing),
        cmocka_unit_test(a_hit_has_the_fields_of_its_article),
        cmocka_unit_test(json_is_as_dxsearch_prints_it),
        cmocka_unit_test(results_know_what_was_asked),
        cmocka_unit_test(the_version_is_one),
        cmocka_unit_test(warnings_speak_two_languages),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
