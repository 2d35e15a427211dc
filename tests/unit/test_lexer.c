/* What the lexer promises for any bytes, so that text is stored as words and
 * gaps and read back byte for byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/text/lexer.h"
#include "common/text/plain.h"
#include "common/text/utf8.h"

#define ROUNDS 20000

static const char *const pieces[] = {"vi\xE1\xBB\x87t", "a", "TTg", "Q\xC4\x90",
    "7", "16", "2021", "/", "-", ".", ",", " ", "\n", "\xC2\xA0", "\xC2\xAD",
    "\xE2\x80\x9C", "\xE2\x80\x93", "\xE2\x80\x8B", "\xEF\xBB\xBF", "\xCC\x81",
    "\xE2\x96\xAA", "\xE2\x92\xB6", "\xF0\x9F\x91\x89", "\xF0\xA0\x80\x80",
    "\xE1\xBB", "\xC2", "\xE2\x80", "\xF0\x9F\x91", "\xFF", "\xBF",
    "749/Q\xC4\x90-TTg", " - Q\xC4\x90/TW", "3.600m2", "16/12/2021"};

static size_t random_text(char *out, size_t room)
{
    size_t len = 0, want = (size_t)rand() % room;

    for (;;) {
        const char *s = pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)];
        if (len + strlen(s) > want)
            return len;
        memcpy(out + len, s, strlen(s));
        len += strlen(s);
    }
}

static bool is_well_formed(dx_str s)
{
    uint32_t c;

    while (s.len) {
        size_t n = dx_utf8_decode(s.ptr, s.ptr + s.len, &c);
        if (n == 0)
            return false;
        s.ptr += n;
        s.len -= n;
    }
    return true;
}

static dx_str first_character(dx_str s)
{
    uint32_t c;
    size_t n = dx_utf8_decode(s.ptr, s.ptr + s.len, &c);

    return (dx_str){s.ptr, n ? n : 1};
}

/* A word or gap taken by itself is cut the same way. */
static void check_alone(dx_str gap, dx_str word)
{
    dx_lexer lx = dx_lexer_new(word);
    dx_str g, w;

    assert_true(dx_lexer_next(&lx, &g, &w));
    assert_int_equal(g.len, 0);
    assert_int_equal(w.len, word.len);
    assert_false(dx_lexer_next(&lx, &g, &w));
    lx = dx_lexer_new(gap);
    while (gap.len && dx_lexer_next(&lx, &g, &w))
        assert_int_equal(w.len, 0);
}

static void gaps_and_words_give_any_text_back(void **state)
{
    char text[600];

    (void)state;
    srand(2);
    for (unsigned round = 0; round < ROUNDS; round++) {
        dx_str all = {text, random_text(text, sizeof text)}, gap, word;
        bool well_formed = is_well_formed(all);
        dx_lexer lx = dx_lexer_new(all);
        const char *at = text;
        while (dx_lexer_next(&lx, &gap, &word)) {
            assert_ptr_equal(gap.ptr, at);
            assert_ptr_equal(word.ptr, at + gap.len);
            at = word.ptr + word.len;
            assert_true(gap.len + word.len > 0);
            assert_true(word.len > 0 || at == text + all.len);
            assert_true(word.len <= DX_WORD_MAX_BYTES);
            assert_true(!well_formed || is_well_formed(word));
            assert_true(!well_formed || is_well_formed(gap));
            if (word.len)
                check_alone(gap, word);
        }
        assert_ptr_equal(at, text + all.len);
    }
}

/* The kind of a stored piece is known from its text. */
static void a_word_never_starts_like_a_gap(void **state)
{
    char text[600] = "", gap_text[8];

    (void)state;
    srand(3);
    for (unsigned round = 0; round < ROUNDS; round++) {
        dx_str all = {text, random_text(text, sizeof text)}, gap, word, g, w;
        dx_lexer lx = dx_lexer_new(all);
        while (dx_lexer_next(&lx, &gap, &word)) {
            if (gap.len == 0)
                continue;
            dx_str first = first_character(gap);
            memcpy(gap_text, first.ptr, first.len);
            dx_lexer alone = dx_lexer_new((dx_str){gap_text, first.len});
            assert_true(dx_lexer_next(&alone, &g, &w));
            assert_int_equal(w.len, 0);
        }
    }
}

/* No letter is lost between words: but for the numbers in black circles. */
static void only_marks_and_symbols_separate(void **state)
{
    (void)state;
    for (uint32_t c = 0x80; c < 0x110000; c++) {
        char text[4];
        dx_str gap, word, all = {text, dx_utf8_encode(c, text)};
        dx_lexer lx = dx_lexer_new(all);
        bool circled = (c >= 0x2776 && c < 0x2794) ||
                       (c >= 0x1F100 && c < 0x1F130) || c >= 0x1F18A;
        if (c >= 0xD800 && c < 0xE000)
            continue;
        assert_true(dx_lexer_next(&lx, &gap, &word));
        dx_char_class class = dx_char_class_of(c);
        if (gap.len && !circled)
            assert_true(class == DX_CHAR_PUNCTUATION ||
                        class == DX_CHAR_IGNORED);
    }
}

static size_t first_word(const char *text, size_t len)
{
    dx_lexer lx = dx_lexer_new((dx_str){text, len});
    dx_str gap, word;

    return dx_lexer_next(&lx, &gap, &word) ? word.len : 0;
}

static void a_run_is_cut_at_its_longest_length(void **state)
{
    char text[DX_WORD_MAX_BYTES + 2];

    (void)state;
    memset(text, 'x', sizeof text);
    assert_int_equal(first_word(text, DX_WORD_MAX_BYTES), DX_WORD_MAX_BYTES);
    assert_int_equal(first_word(text, DX_WORD_MAX_BYTES + 1),
        DX_WORD_MAX_BYTES);
    memcpy(text + DX_WORD_MAX_BYTES - 2, "\xE1\xBB\x87", 3);
    assert_int_equal(first_word(text, DX_WORD_MAX_BYTES + 1),
        DX_WORD_MAX_BYTES - 2);
}

static void a_number_of_the_longest_length_is_whole(void **state)
{
    char text[DX_WORD_MAX_BYTES + 1];

    (void)state;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = i % 4 == 3 ? '.' : '1';
    text[DX_WORD_MAX_BYTES - 1] = 'm';
    assert_int_equal(first_word(text, DX_WORD_MAX_BYTES), DX_WORD_MAX_BYTES);
    text[DX_WORD_MAX_BYTES] = 'm';
    assert_int_equal(first_word(text, DX_WORD_MAX_BYTES + 1), 3);
}

/* A text so short that the lexer does not look for plain words in it. */
static void check_plain(const char text[DX_PLAIN_ROOM])
{
    dx_plain_run run = dx_plain_run_at(text);
    uint8_t bytes[DX_PLAIN_ROOM], zeros[DX_PLAIN_ROOM] = {0};

    dx_store_u64(bytes, run.head);
    dx_store_u64(bytes + 8, run.tail);
    assert_true(run.len < DX_PLAIN_ROOM);
    assert_memory_equal(bytes, text, run.len);
    assert_memory_equal(bytes + run.len, zeros, sizeof zeros - run.len);
    if (dx_plain_is_word(run) && run.len + 1 < DX_PLAIN_ROOM)
        assert_int_equal(first_word(text, run.len + 1), run.len);
}

static bool is_plain(const char text[DX_PLAIN_ROOM], size_t len)
{
    dx_plain_run run = dx_plain_run_at(text);

    return dx_plain_is_word(run) && run.len == len;
}

static void a_plain_word_is_what_the_lexer_finds(void **state)
{
    char text[DX_PLAIN_ROOM];

    (void)state;
    srand(4);
    for (unsigned round = 0; round < 50 * ROUNDS; round++) {
        memset(text, ' ', sizeof text);
        random_text(text, sizeof text + 1);
        check_plain(text);
    }
    for (unsigned pair = 0; pair < 1u << 16; pair++)
        for (size_t at = 0; at < 10; at++) {
            memcpy(text, "abcdefghij,klmno", sizeof text);
            text[at] = (char)(pair >> 8);
            text[at + 1] = (char)pair;
            check_plain(text);
        }
}

static void syllables_are_plain(void **state)
{
    static const char *const words[] = {"a", "Nghi\xC3\xAAng",
        "tr\xC6\xB0\xE1\xBB\x9Dng", "\xC4\x90\xC3\xB4ng", "s\xC5\xA9ng",
        "\xE1\xBA\xA4n", "abcdefghijklmno"};
    char text[DX_PLAIN_ROOM];

    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t len = strlen(words[i]);
        memset(text, '.', sizeof text);
        memcpy(text, words[i], len);
        assert_true(is_plain(text, len));
        text[len] = '7';
        assert_int_equal(dx_plain_run_at(text).len, 0);
    }
    memset(text, 'x', sizeof text);
    assert_int_equal(dx_plain_run_at(text).len, 0);
}

/* Whatever follows: the bytes behind those cannot even be read. */
static void a_word_is_found_in_the_bytes_it_may_look_at(void **state)
{
    static const char *const units[] = {"a", "\xE1\xBB\x93", "o\xCC\x82", "1",
        "1.", "1,", "12/2020/N\xC4\x90-", "1/A-", "2020-", "\xCC\x81", "A1"};
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *room = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE,
        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *p = room + page - DX_WORD_SEEN_BYTES;
    dx_str gap, word;

    (void)state;
    assert_true(room != MAP_FAILED);
    assert_int_equal(mprotect(room + page, page, PROT_NONE), 0);
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        for (size_t i = 0; i < DX_WORD_SEEN_BYTES; i++)
            p[i] = units[u][i % strlen(units[u])];
        dx_lexer lx = dx_lexer_new((dx_str){p, (size_t)1 << 20});
        assert_true(dx_lexer_next(&lx, &gap, &word));
        assert_true(word.len > 0 && word.len <= DX_WORD_MAX_BYTES);
    }
    munmap(room, 2 * page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gaps_and_words_give_any_text_back),
        cmocka_unit_test(a_word_never_starts_like_a_gap),
        cmocka_unit_test(only_marks_and_symbols_separate),
        cmocka_unit_test(a_run_is_cut_at_its_longest_length),
        cmocka_unit_test(a_word_is_found_in_the_bytes_it_may_look_at),
        cmocka_unit_test(a_number_of_the_longest_length_is_whole),
        cmocka_unit_test(a_plain_word_is_what_the_lexer_finds),
        cmocka_unit_test(syllables_are_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
