/* The growable buffer: its ceiling, its latched error, its numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/buf.h"
#include "common/base/bytes.h"
#include "common/base/mem.h"

static void what_is_put_is_there_in_order(void **state)
{
    dx_buf b;

    (void)state;
    dx_buf_init(&b, 100);
    dx_buf_putc(&b, 'a');
    dx_buf_puts(&b, "bc");
    dx_buf_put_str(&b, DX_STR_LIT("de"));
    dx_buf_put(&b, NULL, 0);
    dx_buf_printf(&b, "%d%s", 42, "f");
    assert_string_equal(dx_buf_cstr(&b), "abcde42f");
    assert_int_equal(b.len, 8);
    dx_buf_clear(&b);
    assert_string_equal(dx_buf_cstr(&b), "");
    dx_buf_free(&b);
    assert_null(b.data);
}

static void a_long_line_is_printed_whole(void **state)
{
    char line[1000];
    dx_buf b;

    (void)state;
    memset(line, 'x', sizeof line - 1);
    line[sizeof line - 1] = '\0';
    for (size_t n = 254; n < 259; n++) {
        dx_buf_init(&b, 2000);
        dx_buf_printf(&b, "%.*s", (int)n, line);
        assert_int_equal(b.len, n);
        assert_int_equal(strlen(dx_buf_cstr(&b)), n);
        dx_buf_free(&b);
    }
}

static void the_ceiling_holds_and_latches(void **state)
{
    dx_buf b;

    (void)state;
    dx_buf_init(&b, 4);
    dx_buf_puts(&b, "abcd");
    assert_int_equal(b.status, DX_OK);
    dx_buf_putc(&b, 'e');
    assert_int_equal(b.status, DX_ERR_LIMIT);
    assert_int_equal(b.len, 4);
    dx_buf_clear(&b);
    assert_null(dx_buf_extend(&b, 5));
    assert_null(dx_buf_extend(&b, 1));
    assert_null(dx_buf_extend(&b, SIZE_MAX));
    dx_buf_clear(&b);
    assert_non_null(dx_buf_extend(&b, 4));
    dx_buf_free(&b);
}

static void short_memory_latches(void **state)
{
    dx_buf b;

    (void)state;
    dx_buf_init(&b, 1000);
    dx_buf_puts(&b, "kept");
    dx_mem_fail_after(0);
    for (int i = 0; i < 100; i++)
        dx_buf_puts(&b, "0123456789");
    dx_mem_fail_after(-1);
    assert_int_equal(b.status, DX_ERR_NOMEM);
    size_t len = b.len;
    dx_buf_puts(&b, "more");
    assert_int_equal(b.len, len);
    assert_memory_equal(b.data, "kept", 4);
    assert_string_equal(dx_buf_cstr(&b), "");
    dx_buf_free(&b);
}

static void numbers_read_back(void **state)
{
    static const uint64_t values[] = {0, 1, 0x7F, 0x80, 0x3FFF, 0x4000,
        0xFFFFFFFF, 0x100000000, UINT64_MAX >> 1, UINT64_MAX};
    dx_buf b;

    (void)state;
    dx_buf_init(&b, 1000);
    dx_buf_put_u8(&b, 0xAB);
    dx_buf_put_u16(&b, 0xABCD);
    dx_buf_put_u32(&b, 0x89ABCDEF);
    dx_buf_put_u64(&b, 0x0123456789ABCDEF);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        dx_buf_put_varint(&b, values[i]);
    assert_int_equal(b.data[0], 0xAB);
    assert_int_equal(dx_load_u16(b.data + 1), 0xABCD);
    assert_int_equal(dx_load_u32(b.data + 3), 0x89ABCDEF);
    assert_int_equal(dx_load_u64(b.data + 7), 0x0123456789ABCDEF);
    const uint8_t *p = b.data + 15, *end = b.data + b.len;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        uint64_t v;
        assert_true(dx_varint_read(&p, end, &v));
        assert_true(v == values[i]);
    }
    assert_ptr_equal(p, end);
    dx_buf_free(&b);
}

static bool reads(const char *bytes, size_t len)
{
    const uint8_t *p = (const uint8_t *)bytes;
    uint64_t v;

    return dx_varint_read(&p, p + len, &v);
}

static void numbers_cut_short_or_too_long_are_refused(void **state)
{
    const uint8_t wide[] = {0x80, 0x80, 0x80, 0x80, 0x10}, *p = wide;
    uint32_t v;

    (void)state;
    assert_false(reads("", 0));
    assert_false(reads("\x80", 1));
    assert_true(reads("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", 10));
    assert_false(reads("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02", 10));
    assert_false(reads("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00", 11));
    assert_false(dx_varint_read_u32(&p, wide + sizeof wide, &v));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_is_there_in_order),
        cmocka_unit_test(a_long_line_is_printed_whole),
        cmocka_unit_test(the_ceiling_holds_and_latches),
        cmocka_unit_test(short_memory_latches),
        cmocka_unit_test(numbers_read_back),
        cmocka_unit_test(numbers_cut_short_or_too_long_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
