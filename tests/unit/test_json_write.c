/* JSON strings as written, against RFC 8259. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <yajl/yajl_parse.h>

#include "common/base/escape.h"

static void assert_written(dx_str s, const char *json)
{
    dx_buf b;

    dx_buf_init(&b, 1000);
    dx_json_put(&b, s);
    assert_string_equal(dx_buf_cstr(&b), json);
    dx_buf_free(&b);
}

static void what_must_be_escaped_is(void **state)
{
    (void)state;
    assert_written(DX_STR_LIT(""), "\"\"");
    assert_written((dx_str){NULL, 0}, "\"\"");
    assert_written(DX_STR_LIT("a\"b\\c/d"), "\"a\\\"b\\\\c/d\"");
    assert_written(DX_STR_LIT("\n\t\r\x01\x1F\x7F"),
        "\"\\n\\t\\r\\u0001\\u001f\\u007f\"");
    assert_written(DX_STR_LIT("a\0b"), "\"a\\u0000b\"");
    assert_written(DX_STR_LIT("</script>"), "\"\\u003c/script>\"");
    assert_written(DX_STR_LIT("Vi\xE1\xBB\x87t \xF0\x9F\x87\xBB"),
        "\"Vi\xE1\xBB\x87t \xF0\x9F\x87\xBB\"");
}

static void ill_formed_bytes_are_replaced(void **state)
{
    (void)state;
    assert_written(DX_STR_LIT("a\xFF" "b"), "\"a\xEF\xBF\xBD" "b\"");
    assert_written(DX_STR_LIT("\xE1\xBB"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
    assert_written(DX_STR_LIT("\xC0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
    assert_written(DX_STR_LIT("\xED\xA0\x80"),
        "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

static int note_string(void *ctx, const unsigned char *s, size_t len)
{
    dx_buf *read = ctx;

    dx_buf_put(read, s, len);
    return 1;
}

/* Reads one JSON string by another library, which checks its UTF-8, too. */
static void read_back(const dx_buf *json, dx_buf *read)
{
    static const yajl_callbacks strings = {.yajl_string = note_string};
    yajl_handle parser = yajl_alloc(&strings, NULL, read);

    assert_int_equal(yajl_parse(parser, json->data, json->len), yajl_status_ok);
    assert_int_equal(yajl_complete_parse(parser), yajl_status_ok);
    yajl_free(parser);
}

/* Any bytes: another library reads the same, or the same with replacements. */
static void any_bytes_are_valid_json(void **state)
{
    (void)state;
    srand(5);
    for (int round = 0; round < 20000; round++) {
        char bytes[64];
        size_t len = (size_t)rand() % sizeof bytes;
        for (size_t i = 0; i < len; i++)
            bytes[i] = (char)(rand() % 3 ? rand() % 128 : rand() % 256);
        dx_buf written, read;
        dx_buf_init(&written, 1000);
        dx_buf_init(&read, 1000);
        dx_json_put(&written, (dx_str){bytes, len});
        read_back(&written, &read);
        assert_true(read.len >= len);
        if (read.len == len && len)
            assert_memory_equal(read.data, bytes, len);
        dx_buf_free(&written);
        dx_buf_free(&read);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_must_be_escaped_is),
        cmocka_unit_test(ill_formed_bytes_are_replaced),
        cmocka_unit_test(any_bytes_are_valid_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
