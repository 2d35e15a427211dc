/* Which words before a parenthesis are what its capitals are short for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/gather/initials.h"

static void assert_explains(const char *before, const char *letters,
    const char *expected)
{
    char out[DX_ATTRIBUTE_MAX_BYTES], text[DX_ATTRIBUTE_MAX_BYTES + 1] = "";
    dx_str value = {NULL, 0};

    if (dx_initials_match(dx_str_from(before), dx_str_from(letters), out, &value))
        memcpy(text, value.ptr, value.len);
    assert_string_equal(text, expected);
}

static void every_letter_is_the_initial_of_a_word(void **state)
{
    (void)state;
    assert_explains("Xã mở tổ cho vay quay vòng", "CVQV",
        "CVQV=cho vay quay vòng");
    assert_explains("ĐỘI THANH NIÊN", "ĐTN", "ĐTN=ĐỘI THANH NIÊN");
    assert_explains("vườn ươm cây", "VƯC", "VƯC=vườn ươm cây");
    assert_explains("World Bee Day", "WBD", "WBD=World Bee Day");
}

static void marks_on_letters_may_be_left_out(void **state)
{
    (void)state;
    assert_explains("Mạng đường ống", "MDO", "MDO=Mạng đường ống");
    assert_explains("trạm ép ướt", "TEU", "TEU=trạm ép ướt");
}

static void and_has_a_letter_or_none(void **state)
{
    (void)state;
    assert_explains("Sở Muối và Đường mía", "MĐM", "MĐM=Muối và Đường mía");
    assert_explains("Sở Muối và Đường mía", "M&ĐM", "MĐM=Muối và Đường mía");
    assert_explains("Sở Muối và Đường mía", "MVĐM",
        "MVĐM=Muối và Đường mía");
    assert_explains("Vườn và Rừng núi", "VRN", "VRN=Vườn và Rừng núi");
    assert_explains("Gà, Vịt và Rừng núi", "VRN", "VRN=Vịt và Rừng núi");
    assert_explains("Muối và rừng núi", "VRN", "");
    assert_explains("Rừng, núi và", "RN", "");
    assert_explains("Vườn và và rừng", "VVR", "");
}

static void marks_stand_between_words(void **state)
{
    (void)state;
    assert_explains("Hội Muối - Đường, Sữa", "MĐ-S", "MĐS=Muối - Đường, Sữa");
    assert_explains("Muối – Đường Sữa", "MĐS", "MĐS=Muối – Đường Sữa");
    assert_explains("Muối. Đường sữa", "MĐS", "");
    assert_explains("Muối; đường sữa", "MĐS", "");
    assert_explains("Muối (đường sữa", "MĐS", "");
}

static void what_has_other_initials_is_not_explained(void **state)
{
    (void)state;
    assert_explains("Tổ chức lương thực", "FAO", "");
    assert_explains("Muối biển và đường", "MĐS", "");
    assert_explains("Muối sạch đường sữa", "MĐS", "");
    assert_explains("đường sữa", "MĐS", "");
    assert_explains("", "MĐS", "");
}

static void an_abbreviation_has_three_to_eight_capitals(void **state)
{
    (void)state;
    assert_explains("muối biển", "MB", "");
    assert_explains("một hai ba bốn năm sáu bảy tám", "MHBBNSBT",
        "MHBBNSBT=một hai ba bốn năm sáu bảy tám");
    assert_explains("một hai ba bốn năm sáu bảy tám chín", "MHBBNSBTC", "");
    assert_explains("muối biển sạch", "Mbs", "");
    assert_explains("muối biển 3", "MB3", "");
    assert_explains("muối biển sạch", "&MBS", "");
    assert_explains("muối biển sạch", "M B S", "");
    assert_explains("muối biển sạch", "M\xFFS", "");
}

static void what_an_attribute_has_no_room_for_is_left_out(void **state)
{
    char before[DX_ATTRIBUTE_MAX_BYTES] = "muối biển ";
    char value[DX_ATTRIBUTE_MAX_BYTES + 1];

    (void)state;
    memset(before + strlen(before), 's', sizeof before - strlen(before) - 1);
    before[sizeof before - 3] = '\0';
    assert_explains(before, "MBS", "");
    before[sizeof before - 4] = '\0'; /* with "MBS=" just as much */
    assert_int_equal(snprintf(value, sizeof value, "MBS=%s", before),
        DX_ATTRIBUTE_MAX_BYTES);
    assert_explains(before, "MBS", value);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_letter_is_the_initial_of_a_word),
        cmocka_unit_test(marks_on_letters_may_be_left_out),
        cmocka_unit_test(and_has_a_letter_or_none),
        cmocka_unit_test(marks_stand_between_words),
        cmocka_unit_test(what_has_other_initials_is_not_explained),
        cmocka_unit_test(an_abbreviation_has_three_to_eight_capitals),
        cmocka_unit_test(what_an_attribute_has_no_room_for_is_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
