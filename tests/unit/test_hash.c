/* Hashes are the same on every machine, whichever vectors it has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/hash.h"
#include "common/base/wide/hash_wide.h"

#define BYTES 100000u

/* By libxxhash 0.8.1, without AVX2. */
static const struct {
    size_t bytes;
    uint64_t hash;
} known[] = {
    {0, 0x2d06800538d394c2u},
    {1, 0xc44bdff4074eecdbu},
    {16, 0x9da23836adf2be1eu},
    {240, 0x4917a75c0ef8eed7u},
    {241, 0x541b19226f0052e8u},
    {1024, 0x71bee625238addb4u},
    {4096, 0x5c722d9ceb6f9064u},
    {BYTES, 0xb25cea78018497ffu},
};

static uint8_t data[BYTES];

static int set_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < BYTES; i++)
        data[i] = (uint8_t)(i * 7 + (i >> 8));
    return 0;
}

static void a_hash_is_that_of_xxhash(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_true(dx_hash64(data, known[i].bytes) == known[i].hash);
}

static void a_hash_with_avx2_is_the_same(void **state)
{
    (void)state;
#if defined(__x86_64__) && defined(__GNUC__)
    if (!__builtin_cpu_supports("avx2"))
        return;
#endif
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_true(dx_hash64_wide(data, known[i].bytes) == known[i].hash);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hash_is_that_of_xxhash),
        cmocka_unit_test(a_hash_with_avx2_is_the_same),
    };

    return cmocka_run_group_tests(tests, set_up, NULL);
}
