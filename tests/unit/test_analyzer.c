/* The analyzer against a plain model of Vietnamese spelling, and what must hold
 * for any word: one term whatever the encoding, offsets that fit. The rules
 * themselves are examples in tests/spec/analyzer.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <utf8proc.h>

#include "common/text/analyzer.h"
#include "common/text/lexer.h"
#include "common/text/term.h"
#include "common/text/utf8.h"

#define ROUNDS 100000

static dx_analyzer *analyzer;

static int set_up(void **state)
{
    (void)state;
    srand(1);
    analyzer = dx_analyzer_new();
    return analyzer ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    dx_analyzer_free(analyzer);
    return 0;
}

static unsigned random_below(unsigned n) { return (unsigned)rand() % n; }

/* The terms of a word, after the checks that hold for every word. */
static size_t analyse(dx_str word, const dx_term **terms)
{
    size_t count, running = 0, at = 0;

    assert_int_equal(dx_analyzer_word(analyzer, word, terms, &count), DX_OK);
    assert_true(count <= DX_WORD_MAX_TERMS);
    for (size_t i = 0; i < count; i++) {
        const dx_term *t = &(*terms)[i];
        assert_int_equal(t->pos, running);
        assert_true(t->start < t->end && t->end <= word.len);
        assert_true(t->exact.len > 0 && t->exact.len <= DX_TERM_MAX_BYTES);
        assert_true(t->folded.len > 0 && t->folded.len <= DX_TERM_MAX_BYTES);
        if (t->overlay) {
            assert_true(i + 1 < count);
            continue;
        }
        assert_true(t->start >= at);
        at = t->end;
        running++;
    }
    return count;
}

/* The only term of a word. */
static dx_term only_term(dx_str word)
{
    const dx_term *terms;

    assert_int_equal(analyse(word, &terms), 1);
    return terms[0];
}

static void assert_str_equal(dx_str a, dx_str b)
{
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.ptr, b.ptr, a.len);
}

/* ---- a model of Vietnamese spelling ---- */

typedef struct spelling {
    uint32_t chars[64];
    size_t count;
} spelling;

static const char *const onsets[] = {"", "b", "c", "ch", "d", "\xC4\x91", "g",
    "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph",
    "qu", "r", "s", "t", "th", "tr", "v", "x"};

/* With '*' after the vowel that carries the tone. */
static const char *const rhymes[] = {"a*", "a*c", "a*ch", "a*i", "a*o", "a*y",
    "ă*n", "ă*ng", "â*m", "â*u", "â*y", "e*", "e*o", "ê*", "ê*nh", "ê*u", "i*",
    "i*a", "i*ch", "iê*m", "iê*ng", "iê*u", "i*u", "o*", "o*a", "oa*n", "oa*ch",
    "oa*i", "oă*n", "o*e", "oe*n", "o*i", "ô*", "ô*ng", "ô*i", "ơ*", "ơ*n",
    "u*", "u*a", "uâ*n", "uê*", "uô*ng", "uô*i", "uơ*", "u*y", "uy*t", "uyê*n",
    "ư*", "ư*a", "ư*u", "ươ*c", "ươ*i", "ươ*u", "y*", "yê*n", "yê*u"};

static const uint32_t tones[] = {0, 0x300, 0x301, 0x303, 0x309, 0x323};

static bool is_vowel(uint32_t c)
{
    return c < 0x80 && strchr("aeiouy", (int)c) != NULL;
}

static size_t decompose(const char *s, size_t len, uint32_t *out)
{
    utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *)s,
        (utf8proc_ssize_t)len, (utf8proc_int32_t *)out, 60,
        UTF8PROC_DECOMPOSE | UTF8PROC_STABLE);

    assert_true(n >= 0 && n <= 60);
    return (size_t)n;
}

/* A syllable in canonical spelling, each letter followed by its marks, the
 * tone last. */
static void spell(const char *onset, const char *rhyme, uint32_t tone,
    spelling *out)
{
    uint32_t chars[64];
    size_t n;

    out->count = decompose(onset, strlen(onset), out->chars);
    n = decompose(rhyme, strlen(rhyme), chars);
    for (size_t i = 0; i < n; i++) {
        if (chars[i] != '*')
            out->chars[out->count++] = chars[i];
        else if (tone)
            out->chars[out->count++] = tone;
    }
}

/* False for what is not spelled so: "gii", "quu", and "g" + "ia", which reads as
 * "gi" + "a". */
static bool random_syllable(spelling *out)
{
    const char *onset = onsets[random_below(sizeof onsets / sizeof *onsets)];
    const char *rhyme = rhymes[random_below(sizeof rhymes / sizeof *rhymes)];
    uint32_t tone = tones[random_below(sizeof tones / sizeof *tones)];
    char glide = *onset ? onset[strlen(onset) - 1] : '\0';

    if ((glide == 'i' && (*rhyme == 'i' || *rhyme == 'y')) ||
        (glide == 'u' && (*rhyme == 'u' || *rhyme == 'o')) ||
        (strcmp(onset, "g") == 0 && memcmp(rhyme, "i*", 2) == 0 &&
            is_vowel((unsigned char)rhyme[2])))
        return false;
    spell(onset, rhyme, tone, out);
    return true;
}

static dx_str write_composed(const spelling *s, char *out)
{
    uint32_t chars[64];
    size_t len = 0;

    memcpy(chars, s->chars, sizeof chars);
    utf8proc_ssize_t n = utf8proc_normalize_utf32((utf8proc_int32_t *)chars,
        (utf8proc_ssize_t)s->count, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    for (utf8proc_ssize_t i = 0; i < n; i++)
        len += dx_utf8_encode(chars[i], out + len);
    return (dx_str){out, len};
}

/* Canonical order: the dot below and the horn before marks above. */
static void sort_marks(spelling *s)
{
    for (size_t i = 1; i < s->count; i++) {
        bool low = s->chars[i] == 0x323, horn = s->chars[i] == 0x31B;
        uint32_t before = s->chars[i - 1];
        if ((low && (before == 0x302 || before == 0x306)) ||
            (horn && before >= 0x300 && before != 0x31B && before < 0x370)) {
            s->chars[i - 1] = s->chars[i];
            s->chars[i] = before;
        }
    }
}

static void write_folded(const spelling *s, char *out, size_t *len)
{
    *len = 0;
    for (size_t i = 0; i < s->count; i++) {
        uint32_t c = s->chars[i];
        if (c < 0x300 || c > 0x36F)
            out[(*len)++] = (char)(c == 0x111 ? 'd' : c);
    }
}

/* One of the many ways to type it: the tone on any vowel of its group, marks in
 * any order, capitals, composed or not, soft hyphens. */
static dx_str write_somehow(const spelling *s, char *out)
{
    spelling messy = *s;
    size_t len = 0;

    for (size_t i = 1; i + 1 < messy.count; i++) {
        uint32_t a = messy.chars[i], b = messy.chars[i + 1];
        bool marks = a >= 0x300 && a <= 0x36F && b >= 0x300 && b <= 0x36F;
        if (marks && random_below(2)) {
            messy.chars[i] = b;
            messy.chars[i + 1] = a;
        }
    }
    for (size_t i = 0; i < messy.count; i++) {
        uint32_t c = messy.chars[i];
        if (random_below(3) == 0)
            messy.chars[i] = c == 0x111 ? (random_below(2) ? 0xD0 : 0x189)
                                        : (uint32_t)utf8proc_toupper(
                                              (utf8proc_int32_t)c);
    }
    if (random_below(3) == 0)
        return write_composed(&messy, out);
    for (size_t i = 0; i < messy.count; i++) {
        len += dx_utf8_encode(messy.chars[i], out + len);
        if (random_below(16) == 0)
            len += dx_utf8_encode(0xAD, out + len);
    }
    return (dx_str){out, len};
}

static void every_way_to_type_a_syllable_gives_the_same_term(void **state)
{
    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        char typed[256], exact[256], folded[64];
        size_t folded_len;
        spelling s;
        if (!random_syllable(&s))
            continue;
        dx_str word = write_somehow(&s, typed);
        sort_marks(&s);
        dx_str want = write_composed(&s, exact);
        write_folded(&s, folded, &folded_len);
        dx_term t = only_term(word);
        assert_int_equal(t.kind, DX_TERM_SYLLABLE);
        assert_str_equal(t.exact, want);
        assert_str_equal(t.folded, (dx_str){folded, folded_len});
        assert_int_equal(dx_term_is_marked(&t), !dx_str_eq(t.exact, t.folded));
    }
}

/* Moves the tone to another vowel of the syllable. */
static bool misplace_tone(spelling *s)
{
    size_t vowels[8], count = 0, tone = 0;

    for (size_t i = 0; i < s->count; i++) {
        uint32_t c = s->chars[i];
        if (is_vowel(c))
            vowels[count++] = i;
        if (c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323)
            tone = i;
    }
    if (tone == 0 || count < 2)
        return false;
    uint32_t mark = s->chars[tone];
    size_t to = vowels[random_below((unsigned)count)];
    memmove(s->chars + tone, s->chars + tone + 1,
        (s->count - tone - 1) * sizeof *s->chars);
    to -= to > tone;
    memmove(s->chars + to + 2, s->chars + to + 1,
        (s->count - to - 2) * sizeof *s->chars);
    s->chars[to + 1] = mark;
    return true;
}

static void a_misplaced_tone_returns_to_its_vowel(void **state)
{
    (void)state;
    unsigned moved = 0;

    for (unsigned round = 0; round < ROUNDS; round++) {
        char typed[256], exact[256];
        spelling s, messy;
        if (!random_syllable(&s))
            continue;
        messy = s;
        if (!misplace_tone(&messy))
            continue;
        sort_marks(&s);
        dx_str want = write_composed(&s, exact);
        assert_str_equal(only_term(write_somehow(&messy, typed)).exact, want);
        moved++;
    }
    assert_true(moved > ROUNDS / 4);
}

static void terms_analysed_again_are_themselves(void **state)
{
    (void)state;
    for (unsigned round = 0; round < ROUNDS / 4; round++) {
        char typed[256], exact[DX_TERM_MAX_BYTES], folded[DX_TERM_MAX_BYTES];
        spelling s;
        if (!random_syllable(&s))
            continue;
        dx_term t = only_term(write_somehow(&s, typed));
        dx_str e = {exact, t.exact.len}, f = {folded, t.folded.len};
        memcpy(exact, t.exact.ptr, e.len);
        memcpy(folded, t.folded.ptr, f.len);
        t = only_term(e);
        assert_str_equal(t.exact, e);
        assert_str_equal(t.folded, f);
        t = only_term(f);
        assert_str_equal(t.exact, f);
        assert_str_equal(t.folded, f);
    }
}

/* ---- any characters ---- */

static size_t normalised(uint32_t c, utf8proc_option_t form, char *out)
{
    char bytes[4];
    utf8proc_uint8_t *text = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)bytes,
        (utf8proc_ssize_t)dx_utf8_encode(c, bytes), &text,
        form | UTF8PROC_STABLE);

    assert_true(n > 0 && n < 200);
    memcpy(out, text, (size_t)n);
    free(text);
    return (size_t)n;
}

static void every_letter_is_one_term_composed_or_not(void **state)
{
    (void)state;
    for (uint32_t c = 0x80; c < 0x110000; c++) {
        char nfc[200], nfd[200], exact[DX_TERM_MAX_BYTES];
        if ((c >= 0xD800 && c < 0xE000) ||
            (dx_char_class_of(c) != DX_CHAR_LETTER &&
                dx_char_class_of(c) != DX_CHAR_IDEOGRAPH))
            continue;
        dx_str composed = {nfc, normalised(c, UTF8PROC_COMPOSE, nfc)};
        dx_str apart = {nfd, normalised(c, UTF8PROC_DECOMPOSE, nfd)};
        dx_term t = only_term(composed);
        dx_str e = {exact, t.exact.len};
        memcpy(exact, t.exact.ptr, e.len);
        assert_str_equal(only_term(apart).exact, e);
        assert_str_equal(only_term(e).exact, e);
    }
}

static void any_bytes_give_terms_that_fit(void **state)
{
    static const char *const pieces[] = {"a", "Q\xC4\x90", "\xCC\x81", "7",
        "12", "2021", "/", "-", ".", ",", " ", "\xC2\xA0", "\xE2\x80\x9C",
        "\xE2\x80\x8B", "\xE1\xBB", "\xFF", "\xE8\xB6\x8A", "\xEF\xBC\x91",
        "\xF0\x9F\x91\x89", "\xF0\x9F", "\xEF\xAC\x83", "\xED\x95\x9C"};
    char word[DX_WORD_MAX_BYTES + 8];
    const dx_term *terms;

    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        size_t len = 0, want = random_below(DX_WORD_MAX_BYTES + 1);
        while (len < want) {
            const char *s = pieces[random_below(sizeof pieces / sizeof *pieces)];
            memcpy(word + len, s, strlen(s));
            len += strlen(s);
        }
        (void)analyse((dx_str){word, len < DX_WORD_MAX_BYTES
                                         ? len : DX_WORD_MAX_BYTES}, &terms);
    }
}

static void a_word_of_the_longest_length_keeps_its_end(void **state)
{
    char word[DX_WORD_MAX_BYTES];

    (void)state;
    memset(word, 'x', sizeof word);
    word[sizeof word - 1] = 'z';
    dx_term t = only_term((dx_str){word, sizeof word});
    assert_str_equal(t.exact, (dx_str){word, sizeof word});
}

static void a_stemmed_word_is_not_marked(void **state)
{
    (void)state;
    dx_term t = only_term(DX_STR_LIT("services"));
    assert_str_equal(t.folded, DX_STR_LIT("servic"));
    assert_false(dx_term_is_marked(&t));
    t = only_term(DX_STR_LIT("\xC4\x91" "ang"));
    assert_true(dx_term_is_marked(&t));
    t = only_term(DX_STR_LIT("dang"));
    assert_false(dx_term_is_marked(&t));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_to_type_a_syllable_gives_the_same_term),
        cmocka_unit_test(a_misplaced_tone_returns_to_its_vowel),
        cmocka_unit_test(terms_analysed_again_are_themselves),
        cmocka_unit_test(every_letter_is_one_term_composed_or_not),
        cmocka_unit_test(any_bytes_give_terms_that_fit),
        cmocka_unit_test(a_word_of_the_longest_length_keeps_its_end),
        cmocka_unit_test(a_stemmed_word_is_not_marked),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
