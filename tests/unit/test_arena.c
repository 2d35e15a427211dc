/* Many small allocations that live and die together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "common/base/mem.h"

#define PIECES 2000

static void pieces_are_aligned_and_apart(void **state)
{
    static unsigned char *pieces[PIECES];
    static size_t sizes[PIECES];
    dx_arena a = DX_ARENA_INIT;

    (void)state;
    srand(4);
    for (size_t i = 0; i < PIECES; i++) {
        sizes[i] = (size_t)rand() % (i % 100 == 0 ? 300000 : 200);
        pieces[i] = dx_arena_alloc(&a, sizes[i]);
        assert_non_null(pieces[i]);
        assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
        memset(pieces[i], (int)(i & 0xFF), sizes[i]);
    }
    for (size_t i = 0; i < PIECES; i++)
        for (size_t k = 0; k < sizes[i]; k++)
            if (pieces[i][k] != (unsigned char)i)
                fail_msg("piece %zu was overwritten", i);
    dx_arena_free(&a);
    assert_int_equal(a.total_bytes, 0);
}

static void zeroed_room_is_zero_after_reuse(void **state)
{
    dx_arena a = DX_ARENA_INIT;

    (void)state;
    memset(dx_arena_alloc(&a, 1000), 0xAA, 1000);
    dx_arena_reset(&a);
    const unsigned char *p = dx_arena_calloc(&a, 10, 100);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(p[i], 0);
    dx_arena_free(&a);
}

static void reset_keeps_one_block(void **state)
{
    dx_arena a = DX_ARENA_INIT;

    (void)state;
    dx_arena_reset(&a);
    for (int i = 0; i < 100; i++)
        assert_non_null(dx_arena_alloc(&a, 10000));
    size_t before = a.total_bytes;
    dx_arena_reset(&a);
    size_t after = a.total_bytes;
    assert_true(after > 0 && after < before);
    assert_non_null(dx_arena_alloc(&a, 10000));
    assert_int_equal(a.total_bytes, after);
    dx_arena_free(&a);
}

static void copies_end_with_a_nul(void **state)
{
    dx_arena a = DX_ARENA_INIT;

    (void)state;
    assert_string_equal(dx_arena_strndup(&a, "abcdef", 3), "abc");
    assert_string_equal(dx_arena_strndup(&a, NULL, 0), "");
    dx_arena_free(&a);
}

static void sizes_that_overflow_and_short_memory_give_null(void **state)
{
    dx_arena a = DX_ARENA_INIT;

    (void)state;
    assert_null(dx_arena_alloc(&a, SIZE_MAX));
    assert_null(dx_arena_alloc(&a, SIZE_MAX - 15));
    assert_null(dx_arena_calloc(&a, SIZE_MAX / 2, 3));
    assert_null(dx_arena_strndup(&a, "", SIZE_MAX));
    dx_mem_fail_after(0);
    assert_null(dx_arena_alloc(&a, 1));
    dx_mem_fail_after(-1);
    assert_non_null(dx_arena_alloc(&a, 1));
    dx_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_aligned_and_apart),
        cmocka_unit_test(zeroed_room_is_zero_after_reuse),
        cmocka_unit_test(reset_keeps_one_block),
        cmocka_unit_test(copies_end_with_a_nul),
        cmocka_unit_test(sizes_that_overflow_and_short_memory_give_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
