/* Huffman codes: what is written comes back, lengths stay within the limit, and
 * the size is near the entropy. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/index/codec/huffman.h"

static void round_trip(const uint64_t *frequencies, uint32_t n)
{
    uint32_t counts[DX_HUFFMAN_MAX_BITS + 1];
    static dx_huffman h;
    dx_buf b;
    unsigned previous = 0;

    assert_int_equal(dx_huffman_plan(frequencies, n, counts), DX_OK);
    assert_true(dx_huffman_init(&h, counts));
    assert_int_equal(h.symbols, n);
    dx_buf_init(&b, SIZE_MAX);
    dx_bit_writer w = {&b, 0, 0};
    for (uint32_t i = 0; i < n; i++) {
        unsigned bits;
        uint32_t code = dx_huffman_code(&h, i, &bits);
        assert_in_range(bits, previous ? previous : 1, DX_HUFFMAN_MAX_BITS);
        previous = bits;
        dx_bit_writer_put(&w, code, bits);
    }
    for (uint32_t i = n; i-- > 0;) {
        unsigned bits;
        uint32_t code = dx_huffman_code(&h, i, &bits);
        dx_bit_writer_put(&w, code, bits);
    }
    dx_bit_writer_end(&w);
    dx_bit_reader r = dx_bit_reader_new(b.data, b.data + b.len);
    for (uint32_t i = 0; i < n; i++)
        assert_int_equal(dx_huffman_next(&h, &r), i);
    for (uint32_t i = n; i-- > 0;)
        assert_int_equal(dx_huffman_next(&h, &r), i);
    for (int i = 0; i < 70; i++) /* padding holds a few symbols at most */
        if (dx_huffman_next(&h, &r) == UINT32_MAX)
            break;
        else
            assert_true(i < 9);
    dx_buf_free(&b);
}

/* As in a damaged index: one code, 00, and bits that begin with no code. */
static void bits_that_are_no_code_are_no_symbol(void **state)
{
    static const uint32_t counts[DX_HUFFMAN_MAX_BITS + 1] = {[2] = 1};
    static const uint8_t bytes[] = {0x0F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    static dx_huffman h;

    (void)state;
    assert_true(dx_huffman_init(&h, counts));
    for (size_t len = 1; len <= sizeof bytes; len++) {
        dx_bit_reader r = dx_bit_reader_new(bytes, bytes + len);
        assert_int_equal(dx_huffman_next(&h, &r), 0);
        assert_int_equal(dx_huffman_next(&h, &r), 0);
        for (int i = 0; i < 8; i++)
            assert_true(dx_huffman_next(&h, &r) >= h.symbols);
    }
}

static void codes_read_back(void **state)
{
    static uint64_t f[100000];
    static const uint32_t sizes[] = {1, 2, 3, 4, 5, 17, 256, 5000, 100000};

    (void)state;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        uint32_t n = sizes[s];
        for (uint32_t i = 0; i < n; i++)
            f[i] = 1 + 50000000 / (i + 1); /* Zipf, as words are */
        round_trip(f, n);
        for (uint32_t i = 0; i < n; i++)
            f[i] = 1;
        round_trip(f, n);
    }
}

static void steep_frequencies_stay_within_the_length_limit(void **state)
{
    uint64_t f[60], a = 1, b = 1;

    (void)state;
    for (int i = 59; i >= 0; i--) { /* Fibonacci: the deepest tree there is */
        f[i] = a;
        uint64_t next = a + b;
        a = b;
        b = next;
    }
    round_trip(f, 60);
}

static void impossible_counts_are_refused(void **state)
{
    uint32_t counts[DX_HUFFMAN_MAX_BITS + 1] = {0};
    static dx_huffman h;

    (void)state;
    assert_false(dx_huffman_init(&h, counts));
    counts[1] = 3;
    assert_false(dx_huffman_init(&h, counts));
    counts[1] = 1;
    counts[2] = 3;
    assert_false(dx_huffman_init(&h, counts));
    counts[2] = 2;
    assert_true(dx_huffman_init(&h, counts));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_read_back),
        cmocka_unit_test(bits_that_are_no_code_are_no_symbol),
        cmocka_unit_test(steep_frequencies_stay_within_the_length_limit),
        cmocka_unit_test(impossible_counts_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
