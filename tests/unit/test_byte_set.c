/* Sets of bytes in texts: as many at a time as the processor can, against one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/index/segment/find/byte_set.h"

#define BLOCKS_MAX 8u
#define BYTES (64u * BLOCKS_MAX)

static uint64_t state = 88172645463325252u;

static uint32_t random_below(uint32_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 20) % n;
}

static void fill(uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        bytes[i] = (uint8_t)random_below(256);
}

static void masks_are_those_of_each_byte(void **unused)
{
    (void)unused;
    for (unsigned round = 0; round < 2000; round++) {
        uint32_t sets = 2 + random_below(DX_BYTE_SETS_MAX - 1);
        uint32_t blocks = 1 + random_below(BLOCKS_MAX), len = random_below(64 * blocks + 1);
        uint64_t fast[DX_BYTE_SETS_MAX * BLOCKS_MAX] = {0};
        uint64_t plain[DX_BYTE_SETS_MAX * BLOCKS_MAX] = {0};
        dx_byte_sets s = {{0}, {{{0}}}};
        /* Of just this size, so that a sanitizer sees a read too far. */
        uint8_t *text = malloc(len ? len : 1);

        assert_non_null(text);
        fill(text, len);
        for (unsigned i = random_below(200); i > 0; i--)
            dx_byte_sets_add(&s, random_below(sets), (uint8_t)random_below(256));
        dx_byte_masks(&s, sets, text, text + len, blocks, fast, BLOCKS_MAX);
        dx_byte_masks_plainly(&s, sets, text, text + len, blocks, plain, BLOCKS_MAX);
        for (uint32_t set = 0; set < sets; set++) {
            for (uint32_t at = 0; at < 64 * blocks; at++) {
                size_t word = (size_t)set * BLOCKS_MAX + at / 64;
                bool in = s.of[at < len ? text[at] : 0] >> set & 1;
                assert_int_equal(fast[word] >> at % 64 & 1, in);
                assert_int_equal(plain[word] >> at % 64 & 1, in);
            }
        }
        free(text);
    }
}

static void sums_are_those_of_each_byte(void **unused)
{
    (void)unused;
    for (unsigned round = 0; round < 2000; round++) {
        uint32_t len = random_below(BYTES), from = random_below(len + 1);
        uint32_t end = from + random_below(len - from + 1);
        uint8_t table[32], *text = malloc(len ? len : 1);
        size_t sum = 0;

        assert_non_null(text);
        fill(text, len);
        for (unsigned i = 0; i < sizeof table; i++)
            table[i] = (uint8_t)random_below(17);
        for (uint32_t i = from; i < end; i++)
            sum += table[text[i] >> 3];
        assert_int_equal(dx_byte_sum(table, text + from, text + end, text + len), sum);
        assert_int_equal(dx_byte_sum_plainly(table, text + from, text + end), sum);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(masks_are_those_of_each_byte),
        cmocka_unit_test(sums_are_those_of_each_byte),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
