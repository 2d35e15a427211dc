/* What has a query's words to the letter, and what has them otherwise: counted,
 * asked for alone, and one after the other by date. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/include/dx/search.h"
#include "tests/support/fixture.h"

/* The ids say what they are: e to the letter, o otherwise, n not at all; the newest
 * first are o1 e1 n1 o2 e2 o3. Others keep any two words from being rare. */
#define ARTICLE(id, date, text)                                                \
    "{\"id\":\"" id "\",\"date\":\"" date "\",\"source\":\"" date "\",\"title\":\"" text \
    "\",\"body\":\"Bài viết này có thêm vài dòng.\"}\n"
static const char articles[] =
    ARTICLE("o1", "2024-06-06", "Mưa kéo dài, đất nước đón xuân")
    ARTICLE("e1", "2024-06-05", "Sửa luật đất đai trong năm nay")
    ARTICLE("n1", "2024-06-04", "Giá lúa tăng nhẹ ở miền Tây")
    ARTICLE("o2", "2024-06-03", "Đất vườn và củ khoai lang, vành đai xanh")
    ARTICLE("e2", "2024-06-02", "Xã họp dân về đất đai")
    ARTICLE("o3", "2024-06-01", "Dat dai: thu tuc dang ky bien dong")
    ARTICLE("e3", "2024-05-01", "Hồ sơ đất đai nộp qua mạng");

static char folder[64];
static dx_index *ix;

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

static dx_results *search(const char *query, dx_order order, dx_scope scope,
    uint32_t facets)
{
    dx_request req = DX_REQUEST_INIT;
    dx_results *rs = NULL;
    dx_error err;

    req.order = order;
    req.scope = scope;
    req.facets = facets;
    assert_int_equal(dx_search(ix, query, &req, &rs, &err), DX_OK);
    return rs;
}

/* The ids in order, with '|' before the first that is loose. */
static void assert_hits(const char *query, dx_order order, dx_scope scope,
    const char *expected)
{
    dx_results *rs = search(query, order, scope, 0);
    const dx_hit *hit;
    char found[256] = "";
    bool loose = false;

    for (uint32_t i = 0; (hit = dx_results_hit(rs, i)); i++) {
        if (dx_hit_is_loose(hit) && !loose)
            strcat(found, "| ");
        loose = dx_hit_is_loose(hit);
        strcat(found, dx_hit_field(hit, "id"));
        strcat(found, " ");
    }
    assert_string_equal(found, expected);
    dx_results_free(rs);
}

static void by_date_those_to_the_letter_come_first(void **state)
{
    (void)state;
    assert_hits("đất đai", DX_ORDER_NEWEST, DX_SCOPE_ALL, "e1 e2 e3 | o1 o2 o3 ");
    assert_hits("đất đai", DX_ORDER_OLDEST, DX_SCOPE_ALL, "e3 e2 e1 | o3 o2 o1 ");
}

static void either_part_may_be_asked_for(void **state)
{
    (void)state;
    assert_hits("đất đai", DX_ORDER_NEWEST, DX_SCOPE_EXACT, "e1 e2 e3 ");
    assert_hits("đất đai", DX_ORDER_NEWEST, DX_SCOPE_OTHERS, "| o1 o2 o3 ");
}

static void both_are_counted(void **state)
{
    static const dx_order orders[] = {DX_ORDER_SCORE, DX_ORDER_NEWEST};

    (void)state;
    for (int i = 0; i < 2; i++) {
        dx_results *rs = search("đất đai", orders[i], DX_SCOPE_ALL, 0);
        assert_int_equal(dx_results_total(rs), 6);
        assert_int_equal(dx_results_exact(rs), 3);
        dx_results_free(rs);
    }
    assert_int_equal(dx_results_exact(NULL), 0);
}

/* “đất” stands in more articles than “đai” and “lúa”, so alone it is less than half. */
static void partial_matches_are_counted_and_are_all_hits(void **state)
{
    static const char *const queries[] = {"đất lúa", "đai lúa tăng", "đất zebra",
        "\"đất đai\" lúa", "đất OR lúa", "mạng", "zebra", "+đai mạng", "luật mưa~"};

    (void)state;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        for (int scope = DX_SCOPE_ALL; scope <= DX_SCOPE_OTHERS; scope++) {
            dx_results *rs = search(queries[i], DX_ORDER_SCORE, (dx_scope)scope, 0);
            uint64_t partial = 0;
            for (uint32_t k = 0; k < dx_results_count(rs); k++)
                partial += dx_hit_is_partial(dx_results_hit(rs, k));
            assert_int_equal(dx_results_partial(rs), partial);
            assert_int_equal(dx_results_partial(rs), partial); /* as before */
            dx_results_free(rs);
        }
        dx_results *rs = search(queries[i], DX_ORDER_NEWEST, DX_SCOPE_ALL, 0);
        assert_int_equal(dx_results_partial(rs), 0);
        dx_results_free(rs);
    }
    assert_hits("đất lúa", DX_ORDER_SCORE, DX_SCOPE_ALL, "n1 ");
    assert_hits("đất zebra", DX_ORDER_SCORE, DX_SCOPE_ALL, "e2 o1 e1 e3 o2 ");
    assert_int_equal(dx_results_partial(NULL), 0);
}

static void a_filter_narrows_both(void **state)
{
    (void)state;
    assert_hits("đất đai after:2024-06-02", DX_ORDER_NEWEST, DX_SCOPE_ALL,
        "e1 e2 | o1 o2 ");
}

/* Also of a query whose words stand alone, or that says how to take them. */
static void without_two_parts_all_are_to_the_letter(void **state)
{
    static const char *const queries[] = {"\"đất đai\"", "lúa", "đất OR đai"};

    (void)state;
    for (int i = 0; i < 3; i++) {
        dx_results *rs = search(queries[i], DX_ORDER_NEWEST, DX_SCOPE_ALL, 0);
        assert_int_equal(dx_results_exact(rs), dx_results_total(rs));
        dx_results_free(rs);
        rs = search(queries[i], DX_ORDER_NEWEST, DX_SCOPE_OTHERS, 0);
        assert_int_equal(dx_results_total(rs), 0);
        dx_results_free(rs);
    }
}

/* Every article has a source of its own. */
static void facets_are_counted_of_those_to_the_letter(void **state)
{
    dx_results *rs = search("đất đai", DX_ORDER_SCORE, DX_SCOPE_ALL, 10);
    const dx_facet *f;
    uint64_t sources = 0;

    (void)state;
    for (uint32_t i = 0; (f = dx_results_facet(rs, i)); i++)
        if (strcmp(dx_facet_field(f), "source") == 0)
            sources += dx_facet_count(f);
    assert_int_equal(sources, 3);
    dx_results_free(rs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_date_those_to_the_letter_come_first),
        cmocka_unit_test(either_part_may_be_asked_for),
        cmocka_unit_test(both_are_counted),
        cmocka_unit_test(partial_matches_are_counted_and_are_all_hits),
        cmocka_unit_test(a_filter_narrows_both),
        cmocka_unit_test(without_two_parts_all_are_to_the_letter),
        cmocka_unit_test(facets_are_counted_of_those_to_the_letter),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
