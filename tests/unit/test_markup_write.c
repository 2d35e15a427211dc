/* Text for XML and for tables, as written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <expat.h>

#include "common/base/escape.h"

typedef void put(dx_buf *out, const char *text);

static void assert_written(put *write, const char *text, const char *wanted)
{
    dx_buf b;

    dx_buf_init(&b, 1000);
    write(&b, text);
    assert_string_equal(dx_buf_cstr(&b), wanted);
    dx_buf_free(&b);
}

static void xml_has_no_markup_of_the_text(void **state)
{
    (void)state;
    assert_written(dx_xml_put_text, "", "");
    assert_written(dx_xml_put_text, "a<b>&\"'c", "a&lt;b&gt;&amp;&quot;&#39;c");
    assert_written(dx_xml_put_text, "]]>", "]]&gt;");
    assert_written(dx_xml_put_text, "\t\n", "\t\n");
}

static void xml_has_no_character_that_is_none_there(void **state)
{
    (void)state;
    assert_written(dx_xml_put_text, "a\x01\x7F\xC2\x85" "b", "a\uFFFD\uFFFD\uFFFDb");
    assert_written(dx_xml_put_text, "\uFFFE\uFFFF", "\uFFFD\uFFFD");
    assert_written(dx_xml_put_text, "a\uFFFEb", "a\uFFFDb");
    assert_written(dx_xml_put_text, "\uFFFD\uFFFC\uFF1D", "\uFFFD\uFFFC\uFF1D");
    assert_written(dx_xml_put_text, "\xEF\xBF", "\uFFFD\uFFFD");
    assert_written(dx_xml_put_text, "\xEF\xBF\xC3\xA0", "\uFFFD\uFFFD\u00E0");
}

/* Another library reads it. */
static void any_bytes_are_valid_xml(void **state)
{
    static const char *const pieces[] = {"\xEF\xBF\xBE", "\xEF\xBF", "\xC2\x80", "]]>", "\x1B"};

    (void)state;
    srand(7);
    for (int round = 0; round < 20000; round++) {
        char text[64] = "";
        size_t len = 0;
        while (len < 40) {
            const char *piece = pieces[rand() % 5];
            char byte = (char)(rand() % 255 + 1);
            if (rand() % 3 == 0) {
                memcpy(text + len, piece, strlen(piece));
                len += strlen(piece);
            } else {
                text[len++] = byte;
            }
        }
        text[len] = '\0';
        dx_buf out;
        dx_buf_init(&out, 1000);
        dx_buf_puts(&out, "<a b=\"");
        dx_xml_put_text(&out, text);
        dx_buf_puts(&out, "\">");
        dx_xml_put_text(&out, text);
        dx_buf_puts(&out, "</a>");
        XML_Parser parser = XML_ParserCreate("UTF-8");
        assert_int_equal(XML_Parse(parser, (const char *)out.data, (int)out.len, 1), XML_STATUS_OK);
        XML_ParserFree(parser);
        dx_buf_free(&out);
    }
}

static void a_field_of_a_table_is_one(void **state)
{
    (void)state;
    assert_written(dx_csv_put, "", "\"\"");
    assert_written(dx_csv_put, "a,b;c", "\"a,b;c\"");
    assert_written(dx_csv_put, "a \"b\"", "\"a \"\"b\"\"\"");
    assert_written(dx_csv_put, "a\r\nb\tc\x7F", "\"a  b c \"");
    assert_written(dx_csv_put, "\xFF\xC3", "\"\uFFFD\uFFFD\"");
}

static void a_field_of_a_table_is_no_formula(void **state)
{
    (void)state;
    assert_written(dx_csv_put, "=1+1", "\"'=1+1\"");
    assert_written(dx_csv_put, "+84", "\"'+84\"");
    assert_written(dx_csv_put, "-", "\"'-\"");
    assert_written(dx_csv_put, "@SUM(A1)", "\"'@SUM(A1)\"");
    assert_written(dx_csv_put, "\t=1", "\"' =1\"");
    assert_written(dx_csv_put, "\uFF1D1", "\"'\uFF1D1\"");
    assert_written(dx_csv_put, "a=1", "\"a=1\"");
    assert_written(dx_csv_put, "1-2", "\"1-2\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xml_has_no_markup_of_the_text),
        cmocka_unit_test(xml_has_no_character_that_is_none_there),
        cmocka_unit_test(any_bytes_are_valid_xml),
        cmocka_unit_test(a_field_of_a_table_is_one),
        cmocka_unit_test(a_field_of_a_table_is_no_formula),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
