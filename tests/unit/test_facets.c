/* Facets, order by date and collapsing, through the public interface. A facet's
 * count is the total of the query with that filter added. */
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

static const char extra[] =
    "{\"id\":\"x1\",\"title\":\"Mưa lớn ở Bắc Giang\",\"body\":\"Tỉnh Bắc Giang "
    "có mưa lớn từ đêm qua, nhiều xã vùng thấp ngập sâu hơn nửa mét nước.\","
    "\"date\":\"2021-09-10\",\"source\":\"Báo Bắc Giang\",\"tags\":\"mưa, lũ\","
    "\"url\":\"https://www.a.example/1\"}\n"
    "{\"id\":\"x2\",\"title\":\"Mưa lớn ở Bắc Giang\",\"body\":\"Tỉnh Bắc Giang "
    "có mưa lớn từ đêm qua, nhiều xã vùng thấp ngập sâu hơn nửa mét nước.\","
    "\"date\":\"2021-09-11\",\"source\":\"Tin tức\",\"tags\":\"lũ\",\"url\":"
    "\"https://b.example/2\"}\n"
    "{\"id\":\"x3\",\"title\":\"Mưa lớn gây sạt lở\",\"body\":\"Ở tỉnh Hà Giang, "
    "mưa lớn làm sạt lở quốc lộ 4C, giao thông chia cắt nhiều giờ liền.\","
    "\"source\":\"Tin tức\",\"url\":\"https://b.example/3\"}\n";

static int set_up(void **state)
{
    (void)state;
    fixture_folder(folder);
    fixture_index_text(folder, "c.jsonl", extra);
    /* A second segment, of articles that are alike. */
    fixture_articles(folder, "d.jsonl", "d", 0, 300);
    fixture_index_file(folder, "d.jsonl");
    ix = fixture_open(folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_close(ix, folder);
    return 0;
}

static dx_results *search(const char *query, const dx_request *req)
{
    dx_results *rs;

    assert_int_equal(dx_search(ix, query, req, &rs, NULL), DX_OK);
    return rs;
}

static uint64_t total_of(const char *query)
{
    dx_results *rs = search(query, NULL);
    uint64_t total = dx_results_total(rs);

    dx_results_free(rs);
    return total;
}

/* Compares each facet of `query` with a search; returns how many there are. */
static uint32_t check_facets(const char *query)
{
    dx_request req = DX_REQUEST_INIT;
    char filtered[300];
    const dx_facet *f;
    uint32_t i;

    req.facets = 1000;
    dx_results *rs = search(query, &req);
    for (i = 0; (f = dx_results_facet(rs, i)) != NULL; i++) {
        const char *field = dx_facet_field(f);
        bool date = strcmp(field, "year") == 0 || strcmp(field, "month") == 0;
        snprintf(filtered, sizeof filtered, "%s %s:\"%s\"", query,
            date ? "date" : field, dx_facet_value(f));
        if (total_of(filtered) != dx_facet_count(f))
            print_message("%s: facet %llu\n", filtered,
                (unsigned long long)dx_facet_count(f));
        assert_int_equal(total_of(filtered), dx_facet_count(f));
    }
    assert_null(dx_results_facet(rs, i));
    dx_results_free(rs);
    return i;
}

static uint64_t facet(const char *query, const char *field, const char *value)
{
    dx_request req = DX_REQUEST_INIT;
    uint64_t count = 0;
    const dx_facet *f;

    req.facets = 1000;
    dx_results *rs = search(query, &req);
    for (uint32_t i = 0; (f = dx_results_facet(rs, i)) != NULL; i++)
        if (strcmp(dx_facet_field(f), field) == 0 &&
            strcmp(dx_facet_value(f), value) == 0)
            count = dx_facet_count(f);
    dx_results_free(rs);
    return count;
}

static void a_facets_count_is_the_total_with_its_filter(void **state)
{
    (void)state;
    assert_true(check_facets("mưa lớn") >= 8);
    assert_true(check_facets("chuyển đổi số") >= 4);
    assert_true(check_facets("\"mưa lớn\" -sạt") >= 4);
    assert_int_equal(check_facets("không-có-gì"), 0);
}

static void facets_add_up_over_segments(void **state)
{
    (void)state;
    assert_int_equal(facet("*", "source", "Báo Bắc Giang"), 301);
    assert_int_equal(facet("mưa lớn", "source", "Tin tức"), 2);
    assert_int_equal(facet("mưa lớn", "province", "Bắc Giang"), 2);
    assert_int_equal(facet("mưa lớn", "tag", "lũ"), 2);
    assert_int_equal(facet("mưa lớn", "site", "a.example"), 1);
    assert_int_equal(facet("mưa lớn", "year", "2021"), 2);
    assert_int_equal(facet("mưa lớn", "month", "2021-09"), 2);
}

static void only_so_many_values_as_asked_for_are_given(void **state)
{
    dx_request req = DX_REQUEST_INIT;
    const dx_facet *f;

    (void)state;
    dx_results *rs = search("mưa lớn", NULL);
    assert_null(dx_results_facet(rs, 0));
    dx_results_free(rs);
    req.facets = 1;
    rs = search("mưa lớn", &req);
    uint32_t sources = 0;
    for (uint32_t i = 0; (f = dx_results_facet(rs, i)) != NULL; i++)
        sources += strcmp(dx_facet_field(f), "source") == 0;
    assert_int_equal(sources, 1);
    dx_results_free(rs);
}

/* The ids of the first hits, joined by blanks. */
static void ids_of(const char *query, const dx_request *req, char out[200])
{
    dx_results *rs = search(query, req);
    const dx_hit *hit;

    out[0] = '\0';
    while ((hit = dx_results_next(rs)) != NULL) {
        size_t len = strlen(out);
        snprintf(out + len, 200 - len, "%s%s", len ? " " : "",
            dx_hit_field(hit, "id"));
    }
    dx_results_free(rs);
}

static void hits_are_ordered_by_date_unknown_ones_last(void **state)
{
    dx_request req = DX_REQUEST_INIT;
    char ids[200];

    (void)state;
    req.order = DX_ORDER_NEWEST;
    ids_of("mưa lớn", &req, ids);
    assert_string_equal(ids, "x2 x1 x3");
    req.order = DX_ORDER_OLDEST;
    ids_of("mưa lớn", &req, ids);
    assert_string_equal(ids, "x1 x2 x3");
    req.limit = 1;
    req.offset = 1;
    ids_of("mưa lớn", &req, ids);
    assert_string_equal(ids, "x2");
}

static void articles_with_nearly_the_same_text_are_one_hit(void **state)
{
    dx_request req = DX_REQUEST_INIT;
    char ids[200];
    const dx_hit *hit;

    (void)state;
    req.match = DX_MATCH_ALL;
    ids_of("mưa lớn nửa mét", &req, ids);
    assert_string_equal(ids, "x1 x2");
    ids_of("mưa lớn nửa mét dup:no", &req, ids);
    assert_string_equal(ids, "x1");
    req.collapse = true;
    dx_results *rs = search("mưa lớn nửa mét", &req);
    assert_non_null(hit = dx_results_next(rs));
    assert_int_equal(dx_hit_similar(hit), 1);
    assert_null(dx_results_next(rs));
    assert_int_equal(dx_results_total(rs), 2);
    dx_results_free(rs);
    ids_of("mưa lớn nửa mét dup:yes", &req, ids);
    assert_string_equal(ids, "x1 x2");
}

static void a_page_is_filled_up_behind_collapsed_hits(void **state)
{
    dx_request all = DX_REQUEST_INIT, page = DX_REQUEST_INIT;
    char wanted[200] = "", got[800] = "", ids[200];

    (void)state;
    all.collapse = page.collapse = true;
    all.limit = 6;
    ids_of("chuyển đổi số", &all, wanted);
    page.limit = 2;
    for (page.offset = 0; page.offset < 6; page.offset += 2) {
        ids_of("chuyển đổi số", &page, ids);
        if (*ids)
            snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s",
                *got ? " " : "", ids);
    }
    assert_string_equal(got, wanted);
    assert_non_null(strchr(wanted, ' '));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_facets_count_is_the_total_with_its_filter),
        cmocka_unit_test(facets_add_up_over_segments),
        cmocka_unit_test(only_so_many_values_as_asked_for_are_given),
        cmocka_unit_test(hits_are_ordered_by_date_unknown_ones_last),
        cmocka_unit_test(articles_with_nearly_the_same_text_are_one_hit),
        cmocka_unit_test(a_page_is_filled_up_behind_collapsed_hits),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
