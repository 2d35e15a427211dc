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
#include "tests/support/fixture.h"

#define BLOCKS_MAX 8u
#define BYTES (64u * BLOCKS_MAX)

static uint64_t state = 88172645463325252u;

static uint32_t random_below(uint32_t n)
{
    return fixture_random_below(&state, n);
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
        uint32_t blocks = 1 + random_below(BLOCKS_MAX), len = random_below(64 * blocks + 1);
        uint64_t begin = random_below(1000), sum = begin;
        uint64_t groups[2][BYTES / DX_BYTE_GROUP];
        uint8_t within[2][BYTES], table[32], *text = malloc(len ? len : 1);
        dx_byte_sums fast = {begin, groups[0], within[0]};
        dx_byte_sums plain = {begin, groups[1], within[1]};

        assert_non_null(text);
        fill(text, len);
        for (unsigned i = 0; i < sizeof table; i++)
            table[i] = (uint8_t)random_below(32);
        dx_byte_sums_add(table, text, text + len, blocks, &fast);
        dx_byte_sums_plainly(table, text, text + len, blocks, &plain);
        for (uint32_t i = 0; i < 64 * blocks; i++) {
            for (unsigned k = 0; k < 2; k++)
                assert_int_equal(groups[k][i / DX_BYTE_GROUP] + within[k][i], sum);
            sum += table[i < len ? text[i] >> 3 : 0];
        }
        assert_int_equal(fast.sum, sum);
        assert_int_equal(plain.sum, sum);
        assert_ptr_equal(fast.within, within[0] + (size_t)64 * blocks);
        assert_ptr_equal(fast.groups, groups[0] + (size_t)8 * blocks);
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
