/* The place of the tone mark, letter by letter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "common/text/letter.h"
#include "common/text/tone.h"

#define LETTERS_MAX 20

/* Letters of `bases`, a tone on the one numbered `tone`; 'w' after a letter
 * makes it carry a horn. */
static size_t make(dx_letter *letters, const char *bases, size_t tone)
{
    size_t count = 0;

    for (const char *p = bases; *p; p++) {
        if (*p == 'w')
            letters[count - 1].quality = DX_QUALITY_HORN;
        else
            letters[count++] = (dx_letter){.base = (uint32_t)(unsigned char)*p};
    }
    letters[tone].tone = DX_TONE_ACUTE;
    return count;
}

static size_t place_of(const dx_letter *letters, size_t count)
{
    size_t at = count;

    for (size_t i = 0; i < count; i++) {
        if (letters[i].tone == DX_TONE_NONE)
            continue;
        assert_int_equal(at, count);
        at = i;
    }
    return at;
}

static void the_tone_goes_where_the_old_spelling_has_it(void **state)
{
    static const struct {
        const char *bases;
        size_t wrong, right;
    } known[] = {{"hoa", 2, 1}, {"hoan", 1, 2}, {"thuy", 3, 2},
        {"thuyt", 2, 3}, {"mua", 2, 1}, {"mia", 2, 1}, {"gia", 1, 2},
        {"gi", 1, 1}, {"gin", 1, 1}, {"qua", 1, 2}, {"quy", 1, 2},
        {"hoai", 1, 2}, {"khuyu", 2, 3}, {"muwa", 2, 1}, {"nuwowc", 1, 2},
        {"ruwowu", 3, 2}, {"thuow", 2, 3}, {"giuwa", 1, 2}};

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        dx_letter letters[LETTERS_MAX];
        size_t count = make(letters, known[i].bases, known[i].wrong);
        dx_tone_place(letters, count);
        assert_int_equal(place_of(letters, count), known[i].right);
    }
}

static void what_is_no_syllable_keeps_its_tone(void **state)
{
    static const char *const words[] = {"hoaz", "cafe", "jua", "oaoaoaoaoaoaoao"};

    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        dx_letter letters[LETTERS_MAX];
        size_t tone = strlen(words[i]) > 3 ? 3 : 2;
        size_t count = make(letters, words[i], tone);
        dx_tone_place(letters, count);
        assert_int_equal(place_of(letters, count), tone);
    }
}

static void two_tones_and_tones_on_consonants_stay(void **state)
{
    dx_letter letters[LETTERS_MAX];

    (void)state;
    size_t count = make(letters, "hoa", 2);
    letters[1].tone = DX_TONE_GRAVE;
    dx_tone_place(letters, count);
    assert_int_equal(letters[1].tone, DX_TONE_GRAVE);
    assert_int_equal(letters[2].tone, DX_TONE_ACUTE);
    count = make(letters, "hoa", 0);
    dx_tone_place(letters, count);
    assert_int_equal(place_of(letters, count), 0);
    dx_tone_place(letters, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tone_goes_where_the_old_spelling_has_it),
        cmocka_unit_test(what_is_no_syllable_keeps_its_tone),
        cmocka_unit_test(two_tones_and_tones_on_consonants_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
