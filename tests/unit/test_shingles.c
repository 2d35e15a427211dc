/* Signatures: nearly the same text has nearly the same signature, whatever the
 * form numbers; other text has another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/index/signature.h"
#include "indexer/forms.h"
#include "indexer/shingles.h"
#include "indexer/tokenize.h"
#include "tests/support/fixture.h"

#define WORDS 600

/* A text of `count` words: word i has the number first + i and a hash of its
 * own, whatever the numbers are. */
typedef struct text {
    dx_shingles shingles;
    dx_stream stream;
} text;

static void add_word(text *t, uint32_t form, uint64_t word)
{
    uint64_t state = word;

    assert_int_equal(dx_shingles_learn(&t->shingles, form,
                         fixture_random(&state)), DX_OK);
    assert_int_equal(dx_stream_put(&t->stream, form), DX_OK);
}

static void sign(text *t, uint8_t out[DX_SIGNATURE_BYTES])
{
    dx_shingles_sign(&t->shingles, t->stream.units,
        t->stream.units + t->stream.count, out);
    dx_shingles_free(&t->shingles);
    dx_free(t->stream.units);
    *t = (text){{0}, {0}};
}

/* `count` words from word `from` on, every `changed`-th another one; numbered
 * from `form` on. */
static void sign_words(uint64_t from, uint32_t count, uint32_t changed,
    uint32_t form, uint8_t out[DX_SIGNATURE_BYTES])
{
    text t = {{0}, {0}};

    for (uint32_t i = 0; i < count; i++)
        add_word(&t, form + i,
            changed && i % changed == 0 ? from + i + 1000000 : from + i);
    sign(&t, out);
}

static bool is_near(const uint8_t *a, const uint8_t *b)
{
    assert_int_equal(dx_signature_is_near(a, b), dx_signature_is_near(b, a));
    return dx_signature_is_near(a, b);
}

static void the_same_words_have_the_same_signature_whatever_their_numbers(
    void **state)
{
    uint8_t a[DX_SIGNATURE_BYTES], b[DX_SIGNATURE_BYTES];

    (void)state;
    sign_words(0, WORDS, 0, 1, a);
    sign_words(0, WORDS, 0, 70000, b); /* numbers of two units */
    assert_memory_equal(a, b, sizeof a);
    assert_true(is_near(a, b));
}

static void a_few_changed_words_leave_it_near(void **state)
{
    uint8_t a[DX_SIGNATURE_BYTES], b[DX_SIGNATURE_BYTES];

    (void)state;
    for (uint64_t k = 0; k < 20; k++) {
        sign_words(k * 5000, WORDS, 0, 1, a);
        sign_words(k * 5000, WORDS, 120, 1, b); /* 15 of 600 shingles */
        assert_true(is_near(a, b));
        sign_words(k * 5000 + 20, WORDS, 0, 1, b); /* 20 gone, 20 more */
        assert_true(is_near(a, b));
    }
}

static void other_words_have_another_signature(void **state)
{
    uint8_t a[DX_SIGNATURE_BYTES], b[DX_SIGNATURE_BYTES];

    (void)state;
    for (uint64_t k = 0; k < 100; k++) {
        sign_words(k * 5000, WORDS, 0, 1, a);
        sign_words(k * 5000 + WORDS, WORDS, 0, 1, b);
        assert_false(is_near(a, b));
        sign_words(k * 5000 + WORDS / 2, WORDS, 0, 1, b); /* half of it */
        assert_false(is_near(a, b));
    }
}

static void too_little_text_is_near_to_nothing(void **state)
{
    uint8_t a[DX_SIGNATURE_BYTES];

    (void)state;
    sign_words(0, 0, 0, 1, a);
    assert_false(is_near(a, a));
    sign_words(0, 2, 0, 1, a);
    assert_false(is_near(a, a));
    sign_words(0, 4, 0, 1, a);
    assert_false(is_near(a, a));
}

static void words_of_two_fields_are_no_shingle(void **state)
{
    uint8_t a[DX_SIGNATURE_BYTES], none[DX_SIGNATURE_BYTES] = {0};
    text t = {{0}, {0}};

    (void)state;
    for (uint32_t i = 0; i < 20; i++) {
        add_word(&t, 1 + i, i);
        if (i % 2)
            assert_int_equal(dx_stream_put(&t.stream, DX_FORM_ID_FIELD_END),
                DX_OK);
    }
    sign(&t, a);
    assert_memory_equal(a, none, sizeof a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            the_same_words_have_the_same_signature_whatever_their_numbers),
        cmocka_unit_test(a_few_changed_words_leave_it_near),
        cmocka_unit_test(other_words_have_another_signature),
        cmocka_unit_test(too_little_text_is_near_to_nothing),
        cmocka_unit_test(words_of_two_fields_are_no_shingle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
