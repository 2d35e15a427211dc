/* Slips of the finger against naive code: which words one edit makes, and which
 * pairs of words are one slip apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "common/text/syllable.h"
#include "searcher/understand/typos/edits.h"
#include "searcher/understand/typos/likelihood.h"
#include "tests/support/fixture.h"

/* ---- all syllables, by brute force ---- */

#define SYLLABLES_MAX 20000u
#define SYLLABLE_BYTES 8u

static char syllables[SYLLABLES_MAX][SYLLABLE_BYTES];
static size_t syllable_count;

static void add_all(void)
{
    static const char *const onsets[] = {"", "b", "c", "ch", "d", "g", "gh",
        "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
        "r", "s", "t", "th", "tr", "v", "x"};
    static const char *const codas[] = {"", "c", "ch", "m", "n", "ng", "nh",
        "p", "t"};
    static const char vowels[] = "aeiouy";
    char nucleus[4], text[16];

    for (unsigned n = 1; n < 7 * 7 * 7; n++) {
        unsigned rest = n;
        size_t len = 0;
        for (; rest && rest % 7; rest /= 7)
            nucleus[len++] = vowels[rest % 7 - 1];
        nucleus[len] = '\0';
        for (size_t o = 0; rest == 0 && o < sizeof onsets / sizeof *onsets; o++)
            for (size_t c = 0; c < sizeof codas / sizeof *codas; c++) {
                int bytes = snprintf(text, sizeof text, "%s%s%s", onsets[o],
                    nucleus, codas[c]);
                if (bytes < (int)SYLLABLE_BYTES &&
                    dx_syllable_of_bases(text, (size_t)bytes))
                    strcpy(syllables[syllable_count++], text);
            }
    }
}

static int set_up(void **state)
{
    (void)state;
    add_all();
    return syllable_count > 1000 ? 0 : -1;
}

/* The distance of Damerau and Levenshtein (optimal string alignment). */
static size_t distance(const char *a, const char *b)
{
    size_t d[16][16], n = strlen(a), m = strlen(b);

    for (size_t i = 0; i <= n; i++)
        for (size_t k = 0; k <= m; k++) {
            size_t best = i + k;
            if (i && k) {
                best = d[i - 1][k - 1] + (a[i - 1] != b[k - 1]);
                best = d[i - 1][k] + 1 < best ? d[i - 1][k] + 1 : best;
                best = d[i][k - 1] + 1 < best ? d[i][k - 1] + 1 : best;
            }
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1] &&
                d[i - 2][k - 2] + 1 < best)
                best = d[i - 2][k - 2] + 1;
            d[i][k] = best;
        }
    return d[n][m];
}

/* Another letter, and not one beside it. */
static bool is_far_key(const char *a, const char *b)
{
    size_t i = 0;

    if (strlen(a) != strlen(b))
        return false;
    while (a[i] == b[i])
        i++;
    return strcmp(a + i + 1, b + i + 1) == 0 &&
           !dx_keys_are_neighbours((unsigned char)a[i], (unsigned char)b[i]);
}

static const char *random_word(uint64_t *random, char out[16])
{
    const char *from = syllables[fixture_random(random) % syllable_count];

    strcpy(out, from);
    if (fixture_random(random) % 2)
        out[fixture_random(random) % strlen(out)] =
            (char)('a' + fixture_random(random) % 26);
    return out;
}

/* ---- edits ---- */

static const char *found[SYLLABLES_MAX];
static size_t found_count;

static dx_status keep(void *ctx, dx_str folded)
{
    char *copy = test_calloc(1, SYLLABLE_BYTES);

    (void)ctx;
    assert_true(folded.len < SYLLABLE_BYTES);
    memcpy(copy, folded.ptr, folded.len);
    found[found_count++] = copy;
    return DX_OK;
}

static bool was_found(const char *syllable)
{
    for (size_t i = 0; i < found_count; i++)
        if (strcmp(found[i], syllable) == 0)
            return true;
    return false;
}

static void check_edits(const char *word, bool near_only)
{
    found_count = 0;
    assert_int_equal(
        dx_edits_each(dx_str_from(word), near_only, keep, NULL), DX_OK);
    for (size_t i = 0; i < syllable_count; i++) {
        const char *s = syllables[i];
        bool wanted = distance(word, s) == 1 && !(near_only && is_far_key(word, s));
        if (wanted != was_found(s) && strcmp(word, s) != 0)
            fail_msg("%s of %s", s, word);
    }
    for (size_t i = 0; i < found_count; i++)
        test_free((void *)(uintptr_t)found[i]);
}

static void edits_are_all_syllables_at_distance_one(void **state)
{
    uint64_t random = 1;
    char word[16];

    (void)state;
    for (int i = 0; i < 60; i++)
        check_edits(random_word(&random, word), i % 2);
}

/* ---- likelihood ---- */

static double slip(const char *typed, const char *meant)
{
    return dx_slip_likelihood(dx_str_from(typed), dx_str_from(meant));
}

static bool is_slip(const char *typed, const char *meant)
{
    return slip(typed, meant) > -INFINITY;
}

static void only_words_at_distance_one_are_a_slip(void **state)
{
    uint64_t random = 2;
    char a[16], b[16];

    (void)state;
    for (int i = 0; i < 200000; i++) {
        random_word(&random, a);
        random_word(&random, b);
        double likelihood = slip(a, b);
        if ((likelihood > -INFINITY) != (distance(a, b) == 1) ||
            likelihood > -3.0)
            fail_msg("%s for %s: %f", a, b, likelihood);
    }
}

static void marks_are_part_of_a_letter(void **state)
{
    (void)state;
    assert_true(is_slip("chuyrn", "chuyển"));
    assert_true(is_slip("chuyn", "chuyển"));
    assert_true(is_slip("chuểyn", "chuyển"));
    assert_true(is_slip("chuyểển", "chuyển"));
    assert_true(is_slip("chuyễn", "chuyển"));
    assert_true(is_slip("chuyên", "chuyển"));
    assert_true(is_slip("chuyẻn", "chuyển"));
    assert_true(is_slip("dổi", "đổi"));
    assert_false(is_slip("chuyển", "chuyển"));
    assert_true(is_slip("chuyen", "chuyển")); /* all of one letter */
    assert_false(is_slip("duong", "đường"));
    assert_false(is_slip("chuyrm", "chuyển"));
    assert_false(is_slip("chuỳển", "chuyển")); /* two tones */
    assert_false(is_slip("", "a"));
}

static void likely_slips_are_likelier(void **state)
{
    (void)state;
    assert_true(slip("chuyrn", "chuyên") > slip("chuypn", "chuyên"));
    assert_true(slip("xxã", "xã") > slip("xdã", "xã"));
    assert_true(slip("chuyrn", "chuyển") > slip("chuyểm", "chuyểh"));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_are_all_syllables_at_distance_one),
        cmocka_unit_test(only_words_at_distance_one_are_a_slip),
        cmocka_unit_test(marks_are_part_of_a_letter),
        cmocka_unit_test(likely_slips_are_likelier),
    };

    return cmocka_run_group_tests(tests, set_up, NULL);
}
