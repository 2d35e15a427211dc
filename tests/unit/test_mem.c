/* Allocation: sizes that overflow, growth, and the hook that makes it fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"

static void the_chosen_allocation_fails_and_all_after_it(void **state)
{
    (void)state;
    for (int64_t n = 0; n < 5; n++) {
        void *got[5];
        dx_mem_fail_after(n);
        for (int64_t i = 0; i < 5; i++)
            got[i] = i % 2 ? dx_malloc(8) : dx_calloc(1, 8);
        void *grown = dx_realloc_array(NULL, 2, 8);
        char *copy = dx_strndup("x", 1);
        dx_mem_fail_after(-1);
        for (int64_t i = 0; i < 5; i++) {
            assert_int_equal(got[i] != NULL, i < n);
            dx_free(got[i]);
        }
        assert_null(grown);
        assert_null(copy);
    }
}

static void overflowing_sizes_are_refused(void **state)
{
    (void)state;
    assert_null(dx_realloc_array(NULL, SIZE_MAX / 2, 3));
    assert_null(dx_strndup("", SIZE_MAX));
    void *p = NULL;
    size_t cap = 0;
    assert_int_equal(dx_grow(&p, &cap, SIZE_MAX / 4, 8), -1);
    assert_null(p);
    assert_int_equal(cap, 0);
}

static void empty_requests_give_memory(void **state)
{
    void *a = dx_malloc(0), *b = dx_calloc(0, 0), *c;

    (void)state;
    c = dx_realloc_array(NULL, 0, 4);
    assert_non_null(a);
    assert_non_null(b);
    assert_non_null(c);
    dx_free(a);
    dx_free(b);
    dx_free(c);
    dx_free(NULL);
}

static void growing_keeps_what_was_there(void **state)
{
    void *p = NULL;
    size_t cap = 0;

    (void)state;
    for (size_t n = 1; n < 10000; n++) {
        assert_int_equal(dx_grow(&p, &cap, n, sizeof(uint32_t)), 0);
        assert_true(cap >= n && cap < 2 * n + 16);
        ((uint32_t *)p)[n - 1] = (uint32_t)n;
    }
    for (size_t n = 1; n < 10000; n++)
        assert_int_equal(((uint32_t *)p)[n - 1], n);
    dx_mem_fail_after(0);
    size_t before = cap;
    assert_int_equal(dx_grow(&p, &cap, cap + 1, sizeof(uint32_t)), -1);
    dx_mem_fail_after(-1);
    assert_int_equal(cap, before);
    assert_int_equal(((uint32_t *)p)[0], 1);
    dx_free(p);
}

static void a_copy_ends_with_a_nul(void **state)
{
    char *copy = dx_strndup("abcdef", 3), *empty = dx_strndup(NULL, 0);

    (void)state;
    assert_string_equal(copy, "abc");
    assert_string_equal(empty, "");
    dx_free(copy);
    dx_free(empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_chosen_allocation_fails_and_all_after_it),
        cmocka_unit_test(overflowing_sizes_are_refused),
        cmocka_unit_test(empty_requests_give_memory),
        cmocka_unit_test(growing_keeps_what_was_there),
        cmocka_unit_test(a_copy_ends_with_a_nul),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
