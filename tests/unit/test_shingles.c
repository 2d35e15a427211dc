/* Signatures: nearly the same text has nearly the same signature, whatever the
 * form numbers; other text has another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/index/codec/signature.h"
#include "common/base/civil.h"
#include "indexer/input/article.h"
#include "indexer/gather/word_forms.h"
#include "indexer/gather/shingles.h"
#include "indexer/gather/tokenize.h"
#include "tests/support/fixture.h"

#define WORDS 600

static void put_word(dx_shingles *s, uint64_t word)
{
    uint64_t state = word;

    dx_shingles_put(s, dx_shingles_word(fixture_random(&state)));
}

/* `count` words from word `from` on, every `changed`-th another one. */
static dx_signature sign_words(uint64_t from, uint32_t count,
    uint32_t changed)
{
    dx_shingles s;

    dx_shingles_start(&s);
    for (uint32_t i = 0; i < count; i++)
        put_word(&s, changed && i % changed == 0 ? from + i + 1000000
                                                 : from + i);
    return dx_shingles_end(&s);
}

static bool is_near(dx_signature a, dx_signature b)
{
    assert_int_equal(dx_signature_is_near(&a, &b), dx_signature_is_near(&b, &a));
    return dx_signature_is_near(&a, &b);
}

static dx_word_forms *forms;

/* The signature of a document with this body, by a tokenizer of its own that
 * has seen `before` first. */
static dx_signature sign_text(const char *before, const char *body)
{
    dx_tokenizer *t = dx_tokenizer_new(forms, NULL);
    dx_article article = {.date = DX_DATE_UNKNOWN};
    dx_batch b;

    assert_non_null(t);
    dx_batch_init(&b);
    article.body = dx_str_from(before);
    assert_int_equal(dx_tokenizer_put_article(t, &article, 1, &b), DX_OK);
    article.body = dx_str_from(body);
    assert_int_equal(dx_tokenizer_put_article(t, &article, 1, &b), DX_OK);
    dx_signature signature = b.docs[1].columns.signature;
    dx_batch_free(&b);
    dx_tokenizer_free(t);
    return signature;
}

/* Whatever numbers their words have, and whatever document was before. */
static void the_same_words_have_the_same_signature(void **state)
{
    static const char text[] = "m\xE1\xBB\x99t hai ba b\xE1\xBB\x91n n\xC4\x83m "
        "s\xC3\xA1u b\xE1\xBA\xA3y t\xC3\xA1m ch\xC3\xADn m\xC6\xB0\xE1\xBB\x9Di";
    dx_signature a, b;
    const dx_signature none = {{0}};

    (void)state;
    for (int round = 0; round < 2; round++) {
        forms = dx_word_forms_new();
        assert_non_null(forms);
        a = sign_text("", text);
        b = sign_text("ba b\xE1\xBB\x91n xyz hai, m\xE1\xBB\x99t nhi\xE1\xBB\x81u", text);
        assert_memory_equal(&a, &b, sizeof a);
        assert_memory_not_equal(&a, &none, sizeof a);
        dx_word_forms_free(forms);
    }
}

static void a_few_changed_words_leave_it_near(void **state)
{
    dx_signature a, b;

    (void)state;
    for (uint64_t k = 0; k < 20; k++) {
        a = sign_words(k * 5000, WORDS, 0);
        b = sign_words(k * 5000, WORDS, 120); /* 15 of 600 shingles */
        assert_true(is_near(a, b));
        b = sign_words(k * 5000 + 20, WORDS, 0); /* 20 gone, 20 more */
        assert_true(is_near(a, b));
    }
}

static void other_words_have_another_signature(void **state)
{
    dx_signature a, b;

    (void)state;
    for (uint64_t k = 0; k < 100; k++) {
        a = sign_words(k * 5000, WORDS, 0);
        b = sign_words(k * 5000 + WORDS, WORDS, 0);
        assert_false(is_near(a, b));
        b = sign_words(k * 5000 + WORDS / 4 * 3, WORDS, 0); /* a quarter */
        assert_false(is_near(a, b));
    }
}

static void too_little_text_is_near_to_nothing(void **state)
{
    dx_signature a;

    (void)state;
    a = sign_words(0, 0, 0);
    assert_false(is_near(a, a));
    a = sign_words(0, 2, 0);
    assert_false(is_near(a, a));
    a = sign_words(0, 4, 0);
    assert_false(is_near(a, a));
}

static void words_of_two_fields_are_no_shingle(void **state)
{
    const dx_signature none = {{0}};
    dx_shingles s;

    (void)state;
    dx_shingles_start(&s);
    for (uint32_t i = 0; i < 20; i++) {
        put_word(&s, i);
        if (i % 2)
            dx_shingles_break(&s);
    }
    dx_signature a = dx_shingles_end(&s);
    assert_memory_equal(&a, &none, sizeof a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_words_have_the_same_signature),
        cmocka_unit_test(a_few_changed_words_leave_it_near),
        cmocka_unit_test(other_words_have_another_signature),
        cmocka_unit_test(too_little_text_is_near_to_nothing),
        cmocka_unit_test(words_of_two_fields_are_no_shingle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
