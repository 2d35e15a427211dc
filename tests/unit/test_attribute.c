/* Keys of attributes: as they are shown, folded, and cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/index/field/attribute.h"
#include "common/text/analyzer.h"

static void expect_exact(const char *value, const char *shown)
{
    dx_buf key;

    dx_buf_init(&key, 1024);
    dx_attribute_exact(DX_FIELD_SOURCE, dx_str_from(value), &key);
    assert_int_equal(key.status, DX_OK);
    assert_int_equal(key.data[0], DX_ATTRIBUTE_MARK);
    assert_int_equal(key.data[1], dx_attribute_sign(DX_FIELD_SOURCE));
    assert_string_equal(dx_buf_cstr(&key) + DX_ATTRIBUTE_PREFIX_BYTES, shown);
    dx_buf_free(&key);
}

static void expect_folded(const char *value, const char *folded)
{
    dx_analyzer *a = dx_analyzer_new();
    dx_buf key;

    assert_non_null(a);
    dx_buf_init(&key, 1024);
    dx_buf_puts(&key, "what was there before");
    assert_int_equal(dx_attribute_fold(a, DX_FIELD_TAGS,
                         dx_str_from(value), &key),
        DX_OK);
    assert_int_equal(key.data[0], DX_ATTRIBUTE_MARK);
    assert_int_equal(key.data[1], dx_attribute_sign(DX_FIELD_TAGS));
    assert_string_equal(dx_buf_cstr(&key) + DX_ATTRIBUTE_PREFIX_BYTES, folded);
    dx_buf_free(&key);
    dx_analyzer_free(a);
}

static void a_value_is_shown_with_single_blanks(void **state)
{
    (void)state;
    expect_exact("Báo Bắc Giang", "Báo Bắc Giang");
    expect_exact("  Báo \t\n Bắc\xC2\xA0 Giang ", "Báo Bắc Giang");
    expect_exact("", "");
    expect_exact(" \t", "");
}

static void a_value_is_composed_and_cleaned(void **state)
{
    (void)state;
    expect_exact("Vi\xC3\xAA\xCC\xA3t", "Việt");        /* ê and a dot below */
    expect_exact("Vie\xCC\xA3\xCC\x82t", "Việt");       /* e, dot, circumflex */
    expect_exact("VIE\xCC\xA3\xCC\x82T", "VIỆT");
    expect_exact("a\xE2\x80\x8B" "b", "ab");               /* zero width space */
    expect_exact("a\xFF\x62", "ab");
    expect_exact("\xCC\xA3x", "\xCC\xA3x");             /* no letter before */
}

static void a_long_value_is_cut_between_characters(void **state)
{
    char value[400] = "", wanted[400] = "";

    (void)state;
    for (size_t i = 0; i < DX_ATTRIBUTE_MAX_BYTES / 3; i++)
        strcat(wanted, "ệ");
    strcpy(value, wanted);
    expect_exact(value, wanted); /* 120 bytes are all right */
    strcat(value, "x");
    expect_exact(value, wanted); /* 121 are not */
    memset(value, 'x', 119);
    strcpy(value + 119, "ệ");
    strcpy(wanted, value);
    wanted[119] = '\0';
    expect_exact(value, wanted);
}

static void a_folded_key_has_the_terms_of_the_value(void **state)
{
    (void)state;
    expect_folded("Báo Bắc Giang", "bao bac giang");
    expect_folded("TP. Hồ Chí Minh", "tp ho chi minh");
    expect_folded("baobacgiang.com.vn", "baobacgiang com vn");
    expect_folded("749/QĐ-TTg", "749 qd ttg");
    expect_folded(" – ", "");
}

static void a_folded_key_can_be_put_together_from_terms(void **state)
{
    dx_buf key;

    (void)state;
    dx_buf_init(&key, 1024);
    dx_attribute_begin(DX_FIELD_PROVINCE, &key);
    dx_attribute_add(&key, DX_STR_LIT("bac"));
    dx_attribute_add(&key, DX_STR_LIT("giang"));
    assert_int_equal(dx_attribute_field(dx_str_from(dx_buf_cstr(&key))),
        DX_FIELD_PROVINCE);
    assert_string_equal(dx_buf_cstr(&key) + DX_ATTRIBUTE_PREFIX_BYTES,
        "bac giang");
    dx_buf_free(&key);
}

static void a_long_folded_key_has_what_fits_of_it(void **state)
{
    char value[400] = "";
    dx_analyzer *a = dx_analyzer_new();
    dx_buf key;

    (void)state;
    for (size_t i = 0; i < 90; i++)
        strcat(value, "ba ");
    dx_buf_init(&key, 1024);
    assert_non_null(a);
    assert_int_equal(dx_attribute_fold(a, DX_FIELD_TAGS,
                         dx_str_from(value), &key),
        DX_OK);
    assert_true(key.len <= DX_ATTRIBUTE_KEY_MAX_BYTES);
    assert_true(key.len > DX_ATTRIBUTE_KEY_MAX_BYTES - 4);
    dx_buf_free(&key);
    dx_analyzer_free(a);
}

static void the_name_before_a_colon_is_a_field(void **state)
{
    dx_str text = DX_STR_LIT("source:Báo: A");

    (void)state;
    assert_int_equal(dx_attribute_named(&text), DX_FIELD_SOURCE);
    assert_true(dx_str_eq(text, DX_STR_LIT("Báo: A")));
    for (unsigned f = 0; f < DX_FIELDS; f++) {
        char name[32];
        snprintf(name, sizeof name, "%s:", dx_field_asked((dx_field)f));
        text = dx_str_from(name);
        assert_int_equal(dx_attribute_named(&text),
            dx_field_is_attribute((dx_field)f) ? f : DX_FIELDS);
    }
    text = DX_STR_LIT("sourc:");
    assert_int_equal(dx_attribute_named(&text), DX_FIELDS);
    assert_int_equal(text.len, 6);
    text = DX_STR_LIT("source");
    assert_int_equal(dx_attribute_named(&text), DX_FIELDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_shown_with_single_blanks),
        cmocka_unit_test(a_value_is_composed_and_cleaned),
        cmocka_unit_test(a_long_value_is_cut_between_characters),
        cmocka_unit_test(a_folded_key_has_the_terms_of_the_value),
        cmocka_unit_test(a_folded_key_can_be_put_together_from_terms),
        cmocka_unit_test(a_long_folded_key_has_what_fits_of_it),
        cmocka_unit_test(the_name_before_a_colon_is_a_field),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
