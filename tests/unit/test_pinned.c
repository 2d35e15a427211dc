/* Articles that an editor wants first. */
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
    "{\"id\":\"a\",\"title\":\"Tuyển sinh tuyển sinh\",\"body\":\"Tuyển sinh lớp 10.\"}\n"
    "{\"id\":\"b\",\"title\":\"Tuyển sinh\",\"body\":\"Lớp 10 năm nay có nhiều đổi mới.\"}\n"
    "{\"id\":\"c\",\"title\":\"Thông báo\",\"body\":\"Nhà trường tuyển sinh vào tháng sáu tới.\"}\n"
    "{\"id\":\"other\",\"title\":\"Thời tiết\",\"body\":\"Hôm nay trời nắng.\"}\n"
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

/* Ids of hits [offset, offset + limit), those that are pinned with a star. */
static void assert_hits(const char *query, const char *const *ids, uint32_t count,
    uint32_t offset, uint32_t limit, const char *wanted)
{
    dx_request request = DX_REQUEST_INIT;
    char found[256] = "";
    const dx_hit *hit;
    dx_results *rs;

    request.pinned = ids;
    request.pinned_count = count;
    request.offset = offset;
    request.limit = limit;
    assert_int_equal(dx_search(ix, query, &request, &rs, NULL), DX_OK);
    while ((hit = dx_results_next(rs)) != NULL)
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%s%s",
            *found ? " " : "", dx_hit_field(hit, "id"), dx_hit_is_pinned(hit) ? "*" : "");
    assert_string_equal(found, wanted);
    dx_results_free(rs);
}

static void pinned_articles_come_first_and_once(void **state)
{
    static const char *const ids[] = {"c", "b", "c"};

    (void)state;
    assert_hits("tuyển sinh", NULL, 0, 0, 10, "a b c");
    assert_hits("tuyển sinh", ids, 3, 0, 10, "c* b* a");
}

static void they_need_not_have_the_words(void **state)
{
    static const char *const ids[] = {"other"};

    (void)state;
    assert_hits("tuyển sinh", ids, 1, 0, 10, "other* a b c");
    assert_hits("zzz", ids, 1, 0, 10, "other*");
}

static void pages_follow_one_another(void **state)
{
    static const char *const ids[] = {"c", "other"};

    (void)state;
    assert_hits("tuyển sinh", ids, 2, 0, 1, "c*");
    assert_hits("tuyển sinh", ids, 2, 1, 1, "other*");
    assert_hits("tuyển sinh", ids, 2, 2, 1, "a");
    assert_hits("tuyển sinh", ids, 2, 3, 1, "b");
    assert_hits("tuyển sinh", ids, 2, 4, 1, "");
}

static void what_cannot_be_shown_is_not_pinned(void **state)
{
    static const char *const ids[] = {"nobody", "hidden", "", "b"};

    (void)state;
    assert_hits("tuyển sinh", ids, 4, 0, 10, "b* a c");
}

static void the_total_is_of_matches(void **state)
{
    static const char *const ids[] = {"other"};
    dx_request request = DX_REQUEST_INIT;
    dx_results *rs;

    (void)state;
    request.pinned = ids;
    request.pinned_count = 1;
    assert_int_equal(dx_search(ix, "tuyển sinh", &request, &rs, NULL), DX_OK);
    assert_int_equal(dx_results_total(rs), 3);
    assert_int_equal(dx_results_exact(rs), 3);
    assert_non_null(strstr(dx_hit_snippet(dx_results_hit(rs, 0), NULL), "trời nắng"));
    dx_results_free(rs);
}

static void a_wrong_request_is_told(void **state)
{
    static const char *const ids[DX_PINNED_MAX + 1] = {NULL};
    dx_request request = DX_REQUEST_INIT;
    dx_results *rs;
    dx_error err;

    (void)state;
    request.pinned_count = 1;
    assert_int_equal(dx_search(ix, "a", &request, &rs, &err), DX_ERR_INVALID);
    request.pinned = ids;
    assert_int_equal(dx_search(ix, "a", &request, &rs, &err), DX_ERR_INVALID);
    request.pinned_count = DX_PINNED_MAX + 1;
    assert_int_equal(dx_search(ix, "a", &request, &rs, &err), DX_ERR_INVALID);
    assert_false(dx_hit_is_pinned(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pinned_articles_come_first_and_once),
        cmocka_unit_test(they_need_not_have_the_words),
        cmocka_unit_test(pages_follow_one_another),
        cmocka_unit_test(what_cannot_be_shown_is_not_pinned),
        cmocka_unit_test(the_total_is_of_matches),
        cmocka_unit_test(a_wrong_request_is_told)};

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
