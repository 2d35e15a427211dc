/* What names of files become before they are shown on a terminal. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/buf.h"
#include "common/base/escape.h"

static void becomes(const char *name, const char *shown)
{
    dx_buf out;

    dx_buf_init(&out, 1000);
    dx_terminal_put(&out, dx_str_from(name));
    assert_int_equal(out.status, DX_OK);
    assert_string_equal(dx_buf_cstr(&out), shown);
    dx_buf_free(&out);
}

static void names_stay_as_they_are(void **state)
{
    (void)state;
    becomes("", "");
    becomes("tin/bài số 1 – “hội nghị”.html", "tin/bài số 1 – “hội nghị”.html");
    becomes("100 %\\s", "100 %\\s");
    becomes("\xC2\xA0|\xE2\x80\xAF|\xE2\x81\xAA|\xF0\x9F\x87\xBB",
        "\xC2\xA0|\xE2\x80\xAF|\xE2\x81\xAA|\xF0\x9F\x87\xBB");
}

static void what_steers_a_terminal_is_spelt_out(void **state)
{
    (void)state;
    becomes("a\x1B[31m\x07\x7F", "a\\x1b[31m\\x07\\x7f");
    becomes("hai\ndòng\tvà\r", "hai\\ndòng\\tvà\\x0d");
    becomes("\xC2\x9B" "2J", "\\xc2\\x9b2J");
    /* NOLINTNEXTLINE(misc-misleading-bidirectional): that it is is the point */
    becomes("\xE2\x80\xAE" "exe.txt\xE2\x81\xA9", "\\xe2\\x80\\xaeexe.txt\\xe2\\x81\\xa9");
}

static void bytes_that_are_no_text_are_spelt_out(void **state)
{
    (void)state;
    becomes("\x9B" "2J\xFF", "\\x9b2J\\xff");
    becomes("\xE1\xBA", "\\xe1\\xba");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_stay_as_they_are),
        cmocka_unit_test(what_steers_a_terminal_is_spelt_out),
        cmocka_unit_test(bytes_that_are_no_text_are_spelt_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
