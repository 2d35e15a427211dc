/* More like this: articles about the same come first, without the article and
 * what has nearly the same text. */
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

#define FLOOD                                                                  \
    "Nước sông Thương dâng cao, nhiều xã vùng trũng ngập sâu, lực lượng cứu hộ " \
    "sông Thương đưa người dân vùng trũng đến nơi an toàn"

static const char articles[] =
    "{\"id\":\"flood\",\"title\":\"Sông Thương dâng cao\",\"body\":\"" FLOOD
    ".\",\"source\":\"A\"}\n"
    "{\"id\":\"copy\",\"title\":\"Sông Thương dâng cao\",\"body\":\"" FLOOD
    ".\",\"source\":\"B\"}\n"
    "{\"id\":\"after\",\"title\":\"Khắc phục sau lũ\",\"body\":\"Nước rút ở vùng "
    "trũng ven sông Thương, người dân trở về nhà dọn dẹp bùn đất.\","
    "\"source\":\"B\",\"date\":\"2021-05-01\"}\n"
    "{\"id\":\"rain\",\"title\":\"Mưa lớn\",\"body\":\"Dự báo mưa lớn kéo dài, sông "
    "Thương có thể lên.\",\"source\":\"B\",\"date\":\"2021-06-01\"}\n"
    "{\"id\":\"school\",\"title\":\"Khai giảng\",\"body\":\"Học sinh tựu trường "
    "trong niềm vui của thầy cô giáo.\",\"source\":\"A\"}\n"
    "{\"id\":\"lone\",\"title\":\"xyzzy\",\"body\":\"qwertz plugh\"}\n";


/* In segments of their own: what is frequent is so in all of them. */
static const char later[] =
    "{\"id\":\"later\",\"title\":\"Hội thảo\",\"body\":\"Người dân vùng trũng ven "
    "sông Thương được hỗ trợ giống lúa.\"}\n";

static int set_up(void **state)
{
    (void)state;
    fixture_folder(folder);
    fixture_index_text(folder, "a.jsonl", articles);
    fixture_articles(folder, "d.jsonl", "d", 0, 100);
    fixture_index_file(folder, "d.jsonl");
    fixture_index_text(folder, "b.jsonl", later);
    ix = fixture_open(folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_close(ix, folder);
    return 0;
}

/* The ids of the hits, each followed by a blank. */
static const char *like(const char *id, const dx_request *req)
{
    static char ids[4096];
    dx_results *rs;
    const dx_hit *hit;

    *ids = '\0';
    assert_int_equal(dx_like(ix, id, req, &rs, NULL), DX_OK);
    while ((hit = dx_results_next(rs)) != NULL) {
        strcat(ids, dx_hit_field(hit, "id"));
        strcat(ids, " ");
    }
    dx_results_free(rs);
    return ids;
}

static void what_shares_the_most_comes_first(void **state)
{
    (void)state;
    assert_string_equal(like("flood", NULL), "later after rain ");
}

static void neither_itself_nor_its_copies_are_hits(void **state)
{
    dx_request req = DX_REQUEST_INIT;

    (void)state;
    req.limit = 1000;
    for (int collapse = 0; collapse < 2; collapse++) {
        req.collapse = collapse;
        assert_null(strstr(like("flood", &req), "flood "));
        assert_null(strstr(like("flood", &req), "copy "));
    }
}

static void copies_of_another_article_are_hits_unless_collapsed(void **state)
{
    dx_request req = DX_REQUEST_INIT;

    (void)state;
    assert_non_null(strstr(like("after", &req), "flood "));
    assert_non_null(strstr(like("after", &req), "copy "));
    req.collapse = true;
    const char *ids = like("after", &req);
    assert_true(!strstr(ids, "flood ") != !strstr(ids, "copy "));
}

static void pages_follow_one_another(void **state)
{
    dx_request req = DX_REQUEST_INIT;
    char all[4096], pages[4096] = "";

    (void)state;
    snprintf(all, sizeof all, "%s", like("flood", &req));
    req.limit = 1;
    for (req.offset = 0; req.offset < 10; req.offset++)
        strcat(pages, like("flood", &req));
    assert_string_equal(pages, all);
}

static void the_total_and_facets_leave_the_article_out(void **state)
{
    dx_request req = DX_REQUEST_INIT;
    dx_results *rs;
    uint64_t total, counted = 0;
    const dx_facet *f;

    (void)state;
    req.facets = 100;
    assert_int_equal(dx_like(ix, "rain", &req, &rs, NULL), DX_OK);
    total = dx_results_total(rs);
    assert_true(total >= 4 && total == dx_results_count(rs));
    for (uint32_t i = 0; (f = dx_results_facet(rs, i)) != NULL; i++)
        if (strcmp(dx_facet_field(f), "source") == 0 &&
            strcmp(dx_facet_value(f), "B") == 0)
            counted = dx_facet_count(f);
    assert_int_equal(counted, 2); /* copy and after */
    dx_results_free(rs);
}

static void an_article_that_shares_nothing_has_nothing_like_it(void **state)
{
    (void)state;
    assert_string_equal(like("lone", NULL), "");
}

static void the_note_is_the_articles_title(void **state)
{
    dx_results *rs;

    (void)state;
    assert_int_equal(dx_like(ix, "flood", NULL, &rs, NULL), DX_OK);
    const dx_note *note = dx_results_note(rs, 0);
    assert_non_null(note);
    assert_int_equal(dx_note_kind_of(note), DX_NOTE_LIKE);
    assert_string_equal(dx_note_text(note), "Sông Thương dâng cao");
    assert_string_equal(dx_note_query(note), "");
    assert_null(dx_results_note(rs, 1));
    dx_results_free(rs);
}

static void shared_words_are_marked(void **state)
{
    dx_results *rs;
    const dx_hit *hit;

    (void)state;
    assert_int_equal(dx_like(ix, "flood", NULL, &rs, NULL), DX_OK);
    assert_non_null(hit = dx_results_next(rs));
    assert_non_null(strstr(dx_hit_snippet(hit, NULL), "<b>sông Thương</b>"));
    dx_results_free(rs);
}

static void an_unknown_id_is_invalid(void **state)
{
    dx_results *rs = (dx_results *)(void *)&folder;
    dx_error err = {0};

    (void)state;
    assert_int_equal(dx_like(ix, "no such id", NULL, &rs, &err), DX_ERR_INVALID);
    assert_null(rs);
    assert_non_null(strstr(err.msg, "no such id"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_shares_the_most_comes_first),
        cmocka_unit_test(neither_itself_nor_its_copies_are_hits),
        cmocka_unit_test(copies_of_another_article_are_hits_unless_collapsed),
        cmocka_unit_test(pages_follow_one_another),
        cmocka_unit_test(the_total_and_facets_leave_the_article_out),
        cmocka_unit_test(an_article_that_shares_nothing_has_nothing_like_it),
        cmocka_unit_test(the_note_is_the_articles_title),
        cmocka_unit_test(shared_words_are_marked),
        cmocka_unit_test(an_unknown_id_is_invalid),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
