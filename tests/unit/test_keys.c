/* Words typed in Telex or VNI keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "common/text/keys.h"

static void assert_decodes(dx_keys keys, const char *typed, const char *wanted)
{
    char out[DX_KEYS_MAX_BYTES + 1];
    size_t len = dx_keys_decode(keys, dx_str_from(typed), out);

    out[len] = '\0';
    assert_string_equal(out, wanted);
}

static void telex_keys_are_decoded(void **state)
{
    static const char *const known[][2] = {{"chuyeenr", "chuyển"},
        {"ddooir", "đổi"},
        {"soos", "số"}, {"Bawcs", "bắc"}, {"vieejt", "việt"},
        {"toans", "toán"}, {"toasn", "toán"},
        {"hoaf", "hòa"}, {"thuyr", "thủy"}, {"quys", "quý"},
        {"gias", "giá"}, {"nuwowcs", "nước"}, {"nuowcs", "nước"},
        {"nuocws", "nước"}, {"thuowr", "thuở"}, {"muaw", "mưa"},
        {"giuwax", "giữa"}, {"xoawn", "xoăn"}, {"quawng", "quăng"},
        {"thw", "thư"}, {"nhwngx", "những"}, {"ddawngj", "đặng"}};

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_decodes(DX_KEYS_TELEX, known[i][0], known[i][1]);
}

static void vni_keys_are_decoded(void **state)
{
    static const char *const known[][2] = {{"chuye6n3", "chuyển"},
        {"chuye63n", "chuyển"}, {"d9o6i3", "đổi"}, {"so61", "số"},
        {"tie61ng", "tiếng"}, {"d9uo7c5", "được"}, {"nu7o7c1", "nước"},
        {"thuo73", "thuở"}, {"ba8c1", "bắc"}, {"ho2a", "hòa"}};

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_decodes(DX_KEYS_VNI, known[i][0], known[i][1]);
}

static void words_that_are_no_syllable_are_decoded(void **state)
{
    (void)state;
    assert_decodes(DX_KEYS_TELEX, "ootoo", "ôtô");
    assert_decodes(DX_KEYS_VNI, "o6to6", "ôtô");
    assert_decodes(DX_KEYS_TELEX, "DDH", "đh");
    assert_decodes(DX_KEYS_TELEX, "HddQT", "hđqt");
    assert_decodes(DX_KEYS_TELEX, "HDDND", "hđnd");
    assert_decodes(DX_KEYS_VNI, "D9H", "đh");
    assert_decodes(DX_KEYS_TELEX, "ddh", "");
    assert_decodes(DX_KEYS_TELEX, "parisdduwowc", "");
}

static void what_is_no_keystrokes_is_left_alone(void **state)
{
    static const char *const words[] = {"mp3", "2020", "html5", "covid19",
        "web", "was", "u23", "s400", "24h", "xa", "dubai", "short", "press",
        "class", "g7", "", "3", "z", "w", "chuyển", "a-b"};

    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        assert_decodes(DX_KEYS_TELEX, words[i], "");
        assert_decodes(DX_KEYS_VNI, words[i], "");
    }
}

static void a_tone_that_the_syllable_cannot_have_is_refused(void **state)
{
    (void)state;
    assert_decodes(DX_KEYS_TELEX, "batf", "");
    assert_decodes(DX_KEYS_TELEX, "sachr", "");
    assert_decodes(DX_KEYS_VNI, "bat2", "");
    assert_decodes(DX_KEYS_TELEX, "bats", "bát");
    assert_decodes(DX_KEYS_TELEX, "bansf", "");
}

static void long_words_are_refused(void **state)
{
    char word[200];

    (void)state;
    memset(word, 'a', sizeof word);
    char out[DX_KEYS_MAX_BYTES];
    for (size_t len = 1; len < sizeof word; len++)
        assert_true(dx_keys_decode(DX_KEYS_TELEX, (dx_str){word, len}, out) <=
                    sizeof out);
    assert_int_equal(
        dx_keys_decode(DX_KEYS_TELEX, (dx_str){word, sizeof word}, out), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(telex_keys_are_decoded),
        cmocka_unit_test(vni_keys_are_decoded),
        cmocka_unit_test(words_that_are_no_syllable_are_decoded),
        cmocka_unit_test(what_is_no_keystrokes_is_left_alone),
        cmocka_unit_test(a_tone_that_the_syllable_cannot_have_is_refused),
        cmocka_unit_test(long_words_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
