/* Characters: decoding bounded by the end, classes, composition. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "common/text/utf8.h"

static void every_character_reads_back(void **state)
{
    char bytes[4];
    uint32_t back;

    (void)state;
    for (uint32_t c = 0; c < 0x110000; c++) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        size_t n = dx_utf8_encode(c, bytes);
        assert_int_equal(dx_utf8_decode(bytes, bytes + n, &back), n);
        assert_int_equal(back, c);
        for (size_t cut = 1; cut < n; cut++)
            assert_int_equal(dx_utf8_decode(bytes, bytes + cut, &back), 0);
    }
}

static void ill_formed_bytes_are_no_character(void **state)
{
    static const char *const wrong[] = {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF",
        "\xE0\x80\x80", "\xE1\xBB", "\xED\xA0\x80", "\xF0\x80\x80\x80",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF", "\xC3("};
    uint32_t c;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(dx_utf8_decode(wrong[i], wrong[i] + strlen(wrong[i]),
                             &c), 0);
}

static void what_cannot_be_shown_becomes_blanks(void **state)
{
    char text[] = "\x83 lũ\n\x7F\xE1\xBB|\t\xF0\x9F\x8F\x86\xC4";

    (void)state;
    dx_utf8_clean(text, sizeof text - 1);
    assert_string_equal(text, "  lũ    | \xF0\x9F\x8F\x86 ");
    dx_utf8_clean(text, 0);
}

static void characters_have_classes(void **state)
{
    static const struct {
        uint32_t c;
        dx_char_class class;
    } known[] = {{'a', DX_CHAR_LETTER}, {'7', DX_CHAR_LETTER},
        {' ', DX_CHAR_PUNCTUATION}, {'/', DX_CHAR_PUNCTUATION},
        {0xA0, DX_CHAR_PUNCTUATION}, {0xAD, DX_CHAR_IGNORED},
        {0x111, DX_CHAR_LETTER}, {0x301, DX_CHAR_MARK}, {0x323, DX_CHAR_MARK},
        {0xE31, DX_CHAR_LETTER}, {0x200B, DX_CHAR_IGNORED},
        {0x201C, DX_CHAR_PUNCTUATION}, {0x20AB, DX_CHAR_PUNCTUATION},
        {0x30C8, DX_CHAR_LETTER}, {0x8D8A, DX_CHAR_IDEOGRAPH},
        {0xFEFF, DX_CHAR_IGNORED}, {0xFF11, DX_CHAR_LETTER},
        {0x1F3C6, DX_CHAR_PUNCTUATION}, {0x20000, DX_CHAR_IDEOGRAPH}};

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_int_equal(dx_char_class_of(known[i].c), known[i].class);
}

static void letters_come_apart_in_lower_case(void **state)
{
    uint32_t parts[DX_DECOMPOSED_MAX];

    (void)state;
    assert_int_equal(dx_char_decompose(0x1EC6, parts), 3); /* Ệ */
    assert_int_equal(parts[0], 'e');
    assert_int_equal(parts[1], 0x323);
    assert_int_equal(parts[2], 0x302);
    assert_int_equal(dx_char_decompose(0x110, parts), 1); /* Đ */
    assert_int_equal(parts[0], 0x111);
    assert_int_equal(dx_char_decompose(0xFF21, parts), 1); /* full width A */
    assert_int_equal(parts[0], 'a');
    assert_int_equal(dx_char_decompose(0xFB03, parts), 3); /* ffi */
    assert_int_equal(parts[2], 'i');
}

static void no_character_has_more_parts_than_fit(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x110000; c++) {
        uint32_t parts[DX_DECOMPOSED_MAX + 1] = {0};
        parts[DX_DECOMPOSED_MAX] = 0xAAAAAAAA;
        size_t n = dx_char_decompose(c, parts);
        assert_true(n >= 1 && n <= DX_DECOMPOSED_MAX);
        assert_int_equal(parts[DX_DECOMPOSED_MAX], 0xAAAAAAAA);
    }
}

static void marks_compose_in_any_order(void **state)
{
    uint32_t above_first[] = {'e', 0x302, 0x323, 't'};
    uint32_t horn_last[] = {'o', 0x301, 0x31B};
    uint32_t nothing[] = {0};

    (void)state;
    assert_int_equal(dx_chars_compose(above_first, 4), 2);
    assert_int_equal(above_first[0], 0x1EC7);
    assert_int_equal(dx_chars_compose(horn_last, 3), 1);
    assert_int_equal(horn_last[0], 0x1EDB);
    assert_int_equal(dx_chars_compose(nothing, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_reads_back),
        cmocka_unit_test(ill_formed_bytes_are_no_character),
        cmocka_unit_test(what_cannot_be_shown_becomes_blanks),
        cmocka_unit_test(characters_have_classes),
        cmocka_unit_test(letters_come_apart_in_lower_case),
        cmocka_unit_test(no_character_has_more_parts_than_fit),
        cmocka_unit_test(marks_compose_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
