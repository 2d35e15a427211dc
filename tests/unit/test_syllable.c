/* Which words can be Vietnamese syllables: the structure, not the spelling. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/text/syllable.h"

static void assert_all(const char *const *words, size_t count, bool valid)
{
    for (size_t i = 0; i < count; i++)
        if (dx_syllable_is_valid(dx_str_from(words[i])) != valid)
            fail_msg("%s is %sa syllable", words[i], valid ? "" : "not ");
}

static void vietnamese_syllables_are_possible(void **state)
{
    static const char *const words[] = {"a", "ở", "y", "ý", "ai", "anh", "oan",
        "uống", "yêu", "ươn", "ba", "chuyển", "đổi", "số", "giang", "gì", "gìn",
        "giếng", "giữa", "ghế", "khuỷu", "khuya", "ngoằn", "ngoèo", "nghiêng",
        "nguyễn", "quốc", "quyết", "quỹ", "quạnh", "quẹo", "quơ", "thuở",
        "thuê", "xoong", "hươu", "rượu", "loay", "xoáy", "bíu", "trệu", "huơ",
        "huỵch", "nguệch", "luýnh", "pin", "phở", "vịt", "hòa", "hoà", "thuỷ"};

    (void)state;
    assert_all(words, sizeof words / sizeof *words, true);
}

static void marks_apart_from_their_letters_count_as_marks(void **state)
{
    static const char *const words[] = {"vie\xCC\xA3\xCC\x82t", "ho\xCC\x80"
        "a", "nu\xCC\x9Bo\xCC\x9B\xCC\x81" "c"};

    (void)state;
    assert_all(words, sizeof words / sizeof *words, true);
}

static void unaccented_syllables_are_possible(void **state)
{
    static const char *const words[] = {"chuyen", "doi", "so", "nuoc", "quoc",
        "nhanh", "ban", "thing"};

    (void)state;
    assert_all(words, sizeof words / sizeof *words, true);
}

static void other_words_are_not(void **state)
{
    static const char *const words[] = {"", "b", "ng", "gh", "services", "club",
        "đắk", "krông", "web", "jun", "zalo", "fan", "baa", "aia", "nghiêngg",
        "oach1", "kt", "việtnam", "gя", "\xFF", "\xE1\xBB"};

    (void)state;
    assert_all(words, sizeof words / sizeof *words, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vietnamese_syllables_are_possible),
        cmocka_unit_test(marks_apart_from_their_letters_count_as_marks),
        cmocka_unit_test(unaccented_syllables_are_possible),
        cmocka_unit_test(other_words_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
