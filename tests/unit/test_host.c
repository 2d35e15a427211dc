/* What the pages of a host have in common. */
#include "indexer/input/html/host.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define SITE 7u

static void what_most_titles_end_with_is_the_site(void **state)
{
    const dx_of_host pages[] = {{1, 0, SITE, 0}, {1, 3, SITE, 0},
        {1, 0, 9, DX_HOST_ASKS_TITLE}, {1, 0, SITE, DX_HOST_ASKS_TITLE}};

    (void)state;
    dx_host_verdict v = dx_host_judge(pages, COUNT(pages));
    assert_int_equal(v.front, 0);
    assert_int_equal(v.behind, SITE);
    assert_int_equal(dx_host_tell(&v, &pages[3]), DX_HOST_BEHIND);
    assert_int_equal(dx_host_tell(&v, &pages[2]), 0);
    assert_int_equal(dx_host_tell(&v, &pages[0]), 0); /* it does not ask */
}

static void two_pages_or_half_of_them_are_too_few(void **state)
{
    const dx_of_host pages[] = {{1, SITE, 0, 0}, {1, SITE, 0, 0},
        {1, SITE, 0, 0}, {1, 2, 0, 0}, {1, 3, 0, 0}, {1, 4, 0, 0}};

    (void)state;
    assert_int_equal(dx_host_judge(pages, 0).front, 0);
    assert_int_equal(dx_host_judge(pages, 2).front, 0);
    assert_int_equal(dx_host_judge(pages, 3).front, SITE);
    assert_int_equal(dx_host_judge(pages, 5).front, SITE);
    assert_int_equal(dx_host_judge(pages, 6).front, 0);
}

static void titles_without_anything_set_apart_count_against_it(void **state)
{
    const dx_of_host pages[] = {{1, 0, 0, 0}, {1, SITE, 0, 0}, {1, 0, 0, 0},
        {1, SITE, 0, 0}, {1, SITE, 0, 0}, {1, 0, 0, 0}};

    (void)state;
    assert_int_equal(dx_host_judge(pages, COUNT(pages)).front, 0);
    assert_int_equal(dx_host_judge(pages, COUNT(pages) - 1).front, SITE);
}

static void the_month_is_first_where_it_surely_is_and_the_day_never(void **state)
{
    const dx_of_host pages[] = {{1, 0, 0, DX_HOST_MONTH_FIRST},
        {1, 0, 0, DX_HOST_MONTH_FIRST}, {1, 0, 0, DX_HOST_ASKS_DATE},
        {1, 0, 0, DX_HOST_DAY_FIRST}};

    (void)state;
    assert_false(dx_host_judge(pages, 1).month_first);
    assert_false(dx_host_judge(pages, 4).month_first);
    dx_host_verdict v = dx_host_judge(pages, 3);
    assert_true(v.month_first);
    assert_int_equal(dx_host_tell(&v, &pages[2]), DX_HOST_MONTH);
    assert_int_equal(dx_host_tell(&v, &pages[0]), 0);
}

static void the_order_of_pages_does_not_matter(void **state)
{
    dx_of_host pages[7] = {{1, SITE, 1, 0}, {1, 2, 1, DX_HOST_MONTH_FIRST},
        {1, SITE, 0, 0}, {1, 0, 1, DX_HOST_MONTH_FIRST}, {1, SITE, 1, 0},
        {1, SITE, 2, 0}, {1, 3, 3, DX_HOST_ASKS_DATE}};

    (void)state;
    for (size_t turn = 0; turn < 5 * COUNT(pages); turn++) {
        size_t a = turn % COUNT(pages), b = turn * 3 % COUNT(pages);
        dx_of_host page = pages[a];
        pages[a] = pages[b];
        pages[b] = page;
        dx_host_verdict v = dx_host_judge(pages, COUNT(pages));
        assert_int_equal(v.front, SITE);
        assert_int_equal(v.behind, 1);
        assert_true(v.month_first);
    }
}

static void a_host_is_the_same_with_www_and_capitals(void **state)
{
    uint64_t key = dx_host_key(DX_STR_LIT("bao.example"));

    (void)state;
    assert_true(key != 0);
    assert_true(dx_host_key(DX_STR_LIT("www.BAO.example")) == key);
    assert_true(dx_host_key(DX_STR_LIT("m.bao.example")) != key);
    assert_true(dx_host_key((dx_str){NULL, 0}) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_most_titles_end_with_is_the_site),
        cmocka_unit_test(two_pages_or_half_of_them_are_too_few),
        cmocka_unit_test(titles_without_anything_set_apart_count_against_it),
        cmocka_unit_test(
            the_month_is_first_where_it_surely_is_and_the_day_never),
        cmocka_unit_test(the_order_of_pages_does_not_matter),
        cmocka_unit_test(a_host_is_the_same_with_www_and_capitals),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
