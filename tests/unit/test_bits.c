/* Bit fields and Elias-Fano sequences against plain arrays; damaged bytes are
 * refused and never read beyond their end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/index/codec/bits.h"

#define VALUES_MAX 3000u

static uint32_t values[VALUES_MAX], back[VALUES_MAX];

static uint32_t random_below(uint32_t n)
{
    return (uint32_t)(((uint64_t)(unsigned)rand() * n) / ((uint64_t)RAND_MAX + 1));
}

/* `n` ascending values, the first and last possible ones now and then. */
static void make_sequence(uint32_t n, uint32_t universe)
{
    uint32_t left = n, next = 0;

    while (left > 0) {
        uint32_t spare = universe - next - left;
        uint32_t skip = spare ? random_below(spare / left * 2 + 2) : 0;
        next += skip > spare ? spare : skip;
        values[n - left--] = next++;
    }
}

static void fields_of_any_width_read_back(void **state)
{
    (void)state;
    srand(6);
    for (unsigned width = 0; width <= 32; width++) {
        dx_buf b;
        dx_buf_init(&b, 1u << 20);
        uint32_t mask = width == 32 ? UINT32_MAX : (1u << width) - 1;
        for (size_t i = 0; i < VALUES_MAX; i++)
            values[i] = ((uint32_t)rand() * 2654435761u) & mask;
        dx_bits_put(&b, values, VALUES_MAX, width);
        assert_int_equal(b.len, dx_bits_bytes(VALUES_MAX, width));
        for (size_t i = 0; i < VALUES_MAX && width; i++)
            assert_int_equal(dx_bits_get(b.data, b.data + b.len, i, width),
                values[i]);
        dx_buf_free(&b);
    }
}

static void nothing_is_read_past_the_end(void **state)
{
    (void)state;
    for (size_t len = 1; len < 20; len++) {
        uint8_t *bytes = malloc(len); /* the sanitizer watches its end */
        assert_non_null(bytes);
        memset(bytes, 0xFF, len);
        for (size_t bit = 0; bit < len * 8; bit++) {
            uint64_t want = len * 8 - bit >= 57 ? (1ull << 57) - 1
                                                : (1ull << (len * 8 - bit)) - 1;
            uint64_t got = dx_bits_peek(bytes, bytes + len, bit);
            assert_true((got & want) == want);
            assert_true(len * 8 - bit >= 57 || got == want);
        }
        free(bytes);
    }
}

static void sequences_read_back(void **state)
{
    (void)state;
    srand(7);
    for (int round = 0; round < 2000; round++) {
        uint32_t n = 1 + random_below(round % 10 ? 100 : VALUES_MAX);
        uint32_t universe = n + random_below(round % 3 ? 4096 : 100000000);
        dx_buf b;
        make_sequence(n, universe);
        dx_buf_init(&b, 1u << 20);
        dx_ef_encode(&b, values, n, universe);
        assert_int_equal(b.len, dx_ef_bytes(n, universe));
        assert_true(dx_ef_decode(b.data, b.data + b.len, n, universe, back));
        assert_memory_equal(back, values, n * sizeof *values);
        assert_false(dx_ef_decode(b.data, b.data + b.len - 1, n, universe,
            back));
        dx_buf_free(&b);
    }
}

static void damaged_sequences_are_refused_or_ascend(void **state)
{
    (void)state;
    srand(8);
    for (int round = 0; round < 20000; round++) {
        uint32_t n = 1 + random_below(200), universe = n + random_below(5000);
        dx_buf b;
        make_sequence(n, universe);
        dx_buf_init(&b, 1u << 20);
        dx_ef_encode(&b, values, n, universe);
        for (uint32_t flips = 1 + random_below(4); flips > 0; flips--)
            b.data[random_below((uint32_t)b.len)] ^=
                (uint8_t)(1u << random_below(8));
        if (dx_ef_decode(b.data, b.data + b.len, n, universe, back))
            for (uint32_t i = 0; i < n; i++)
                assert_true(back[i] < universe &&
                            (i == 0 || back[i] > back[i - 1]));
        dx_buf_free(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_of_any_width_read_back),
        cmocka_unit_test(nothing_is_read_past_the_end),
        cmocka_unit_test(sequences_read_back),
        cmocka_unit_test(damaged_sequences_are_refused_or_ascend),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
