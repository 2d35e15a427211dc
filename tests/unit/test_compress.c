/* What compressed a block before leaves no trace in the next. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "common/base/buf.h"
#include "common/index/codec/compress.h"

#define BLOCKS 50u

/* Blocks have much in common with those before them, as stored fields do. */
static void fill(dx_buf *raw, unsigned number)
{
    char line[64];

    dx_buf_clear(raw);
    for (unsigned i = 0; i < 20 + number * 40; i++) {
        int n = snprintf(line, sizeof line, "https://bao.vn/tin-%u-%u.html\n",
            number % 3, i * number);
        dx_buf_put(raw, line, (size_t)n);
    }
}

static void a_block_is_compressed_as_if_it_were_the_first(void **state)
{
    (void)state;
    dx_compressor used = {0};
    dx_buf raw, one, other;

    dx_buf_init(&raw, SIZE_MAX);
    dx_buf_init(&one, SIZE_MAX);
    dx_buf_init(&other, SIZE_MAX);
    for (unsigned i = 0; i < BLOCKS; i++) {
        dx_compressor fresh = {0};
        fill(&raw, i);
        dx_str block = {(const char *)raw.data, raw.len};
        dx_buf_clear(&one);
        dx_buf_clear(&other);
        assert_int_equal(dx_compress(&used, block, &one), DX_OK);
        assert_int_equal(dx_compress(&fresh, block, &other), DX_OK);
        assert_int_equal(one.len, other.len);
        assert_memory_equal(one.data, other.data, one.len);
        assert_true(one.len < raw.len);
        dx_compressor_free(&fresh);
    }
    dx_buf_free(&raw);
    dx_buf_free(&one);
    dx_buf_free(&other);
    dx_compressor_free(&used);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_is_compressed_as_if_it_were_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
