/* Errors: their texts, and messages cut between letters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/status.h"
#include "common/text/utf8.h"

static void every_status_has_its_own_text(void **state)
{
    const char *texts[64];
    size_t count = 0;

    (void)state;
#define KEEP(name, value, text) texts[count++] = dx_status_text(DX_##name);
    DX_STATUS_MAP(KEEP)
#undef KEEP
    for (size_t i = 0; i < count; i++) {
        assert_true(strlen(texts[i]) > 0);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(texts[i], texts[k]);
    }
    assert_string_equal(dx_status_text((dx_status)9999), "unknown error");
}

static void the_values_are_pinned(void **state)
{
    (void)state;
    assert_int_equal(DX_OK, 0);
    assert_int_equal(DX_ERR_NOMEM, 1);
    assert_int_equal(DX_ERR_IO, 3);
    assert_int_equal(DX_ERR_CORRUPT, 6);
    assert_int_equal(DX_ERR_INTERRUPTED, 10);
}

static void a_failure_says_what_it_was_told(void **state)
{
    dx_error err = {DX_OK, ""};

    (void)state;
    assert_int_equal(dx_fail(&err, DX_ERR_IO, "%s: %d", "a.txt", 5), DX_ERR_IO);
    assert_int_equal(err.status, DX_ERR_IO);
    assert_string_equal(err.msg, "a.txt: 5");
    assert_int_equal(dx_fail_nomem(&err), DX_ERR_NOMEM);
    assert_string_equal(err.msg, "out of memory");
    assert_int_equal(dx_fail(NULL, DX_ERR_LIMIT, "x"), DX_ERR_LIMIT);
}

static void a_long_message_is_cut_between_letters(void **state)
{
    char path[600];
    dx_error err;

    (void)state;
    for (size_t before = 0; before < 4; before++) {
        size_t len = before;
        memset(path, 'x', before);
        while (len + 3 < sizeof path) {
            memcpy(path + len, "\xE1\xBB\x87", 3); /* ệ */
            len += 3;
        }
        path[len] = '\0';
        assert_int_equal(dx_fail(&err, DX_ERR_IO, "%s", path), DX_ERR_IO);
        size_t left = strlen(err.msg);
        assert_true(left < sizeof err.msg && left + 3 >= sizeof err.msg);
        for (const char *p = err.msg, *end = p + left; p < end;) {
            uint32_t c;
            size_t n = dx_utf8_decode(p, end, &c);
            assert_true(n > 0);
            p += n;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_its_own_text),
        cmocka_unit_test(the_values_are_pinned),
        cmocka_unit_test(a_failure_says_what_it_was_told),
        cmocka_unit_test(a_long_message_is_cut_between_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
