/* JSON strings as written, against RFC 8259. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "common/base/json.h"

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
        dx_buf b;
        dx_buf_init(&b, 1000);
        dx_json_put(&b, (dx_str){bytes, len});
        json_t *read = json_loadb((const char *)b.data, b.len,
            JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
        assert_non_null(read);
        assert_true(json_string_length(read) >= len);
        if (json_string_length(read) == len)
            assert_memory_equal(json_string_value(read), bytes, len);
        json_decref(read);
        dx_buf_free(&b);
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
