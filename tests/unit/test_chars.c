/* Characters and phrases: lengths, cases, comparing with and without marks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/clean.h"

static dx_arena arena;

static void every_character_comes_back(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        char bytes[4];
        if (c >= 0xD800 && c < 0xE000)
            continue;
        size_t n = dx_char_put(bytes, c);
        const char *p = bytes;
        assert_int_equal(dx_char_len(bytes, bytes + n), n);
        assert_true(dx_char_next(&p, bytes + n) == c);
        assert_ptr_equal(p, bytes + n);
        for (size_t cut = 1; cut < n; cut++)
            assert_int_equal(dx_char_len(bytes, bytes + cut), 0);
    }
}

static void vowels_are_found_where_the_table_has_them(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x3000; c++) {
        int at = -1;
        for (int i = 0; i < DX_VOWEL_ROWS * 6; i++)
            if (dx_vowels[i / 6][i % 6] == c)
                at = i;
        assert_int_equal(dx_vowel_at(c), at);
    }
}

static void ill_formed_bytes_are_one_each(void **state)
{
    static const char *const bad[] = {"\x80", "\xC0\x80", "\xC1\xBF",
        "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", "\xFF"};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *p = bad[i], *end = p + strlen(p);
        assert_int_equal(dx_char_len(p, end), 0);
        assert_true(dx_char_next(&p, end) == 0xFFFD);
        assert_ptr_equal(p, bad[i] + 1);
        assert_int_equal(dx_count_chars(dx_str_from(bad[i])), strlen(bad[i]));
    }
}

static void capitals_have_small_forms(void **state)
{
    static const char capitals[] = "AZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẶẾỆỈỊỌỐỢỤỨỰỲỴỶỸ";
    static const char small[] = "azàáâãèéêìíòóôõùúýăđĩũơưạảấặếệỉịọốợụứựỳỵỷỹ";
    const char *p = capitals, *q = small;

    (void)state;
    while (*p) {
        uint32_t c = dx_char_next(&p, capitals + sizeof capitals);
        uint32_t s = dx_char_next(&q, small + sizeof small);
        assert_true(dx_char_lower(c) == s);
        assert_true(dx_char_is_upper(c) && !dx_char_is_upper(s));
        assert_true(dx_char_is_letter(c) && dx_char_is_letter(s));
    }
    assert_true(dx_char_lower('1') == '1' && dx_char_lower(0xD7) == 0xD7);
    assert_false(dx_char_is_letter(0x2013) || dx_char_is_letter(' '));
}

static size_t prefix(const char *s, const char *phrase)
{
    return dx_starts_with(dx_str_from(s), phrase);
}

static size_t typed(const char *s, const char *phrase)
{
    return dx_starts_with_typed(dx_str_from(s), phrase);
}

static void phrases_match_in_any_case_and_form(void **state)
{
    (void)state;
    assert_int_equal(prefix("TÁC GIẢ: An", "tác giả"), strlen("TÁC GIẢ"));
    assert_int_equal(prefix("Ta\xCC\x81" "c gia\xCC\x89: An", "tác giả"),
        strlen("Ta..c gia.."));
    /* marks in another order: ệ as e, dot, hat */
    assert_int_equal(prefix("Vie\xCC\xA3\xCC\x82t", "việt"), 8);
    assert_int_equal(prefix("Tác già", "tác giả"), 0);
    assert_int_equal(prefix("Tac gia", "tác giả"), 0);
    assert_int_equal(prefix("Tác", "tác giả"), 0);
    assert_int_equal(prefix("", "x"), 0);
    assert_int_equal(typed("Tac gia: An", "tác giả"), 7);
    assert_int_equal(typed("Dang ngay", "đăng ngày"), 9);
    assert_int_equal(typed("Tác gia", "tác giả"), 0);
    assert_int_equal(typed("Nguồn", "nguồn"), strlen("Nguồn"));
    assert_true(dx_equals(DX_STR_LIT("ĐỌC TIẾP"), "đọc tiếp"));
    assert_false(dx_equals(DX_STR_LIT("Đọc tiếp nhé"), "đọc tiếp"));
    assert_false(dx_equals((dx_str){NULL, 0}, "x"));
}

static void pieces_are_found_and_cut(void **state)
{
    dx_str s = DX_STR_LIT("Chuyển đổi số, ngày nay");

    (void)state;
    assert_int_equal(dx_find_ascii(DX_STR_LIT("boxRELATEDnews"), "related"), 3);
    assert_int_equal(dx_find_ascii(DX_STR_LIT("rel"), "related"), -1);
    assert_int_equal(dx_find_ascii((dx_str){NULL, 0}, "a"), -1);
    dx_str cut = dx_cut_words(s, 16);
    assert_true(dx_str_eq(cut, DX_STR_LIT("Chuyển đổi số")));
    assert_true(dx_str_eq(dx_cut_words(s, 100), s));
    assert_true(dx_str_eq(dx_cut_words(DX_STR_LIT("Chuyển"), 3),
        DX_STR_LIT("Chu")));
    assert_int_equal(dx_count_chars(s), 23);
    assert_true(dx_str_eq(dx_trim(DX_STR_LIT("\xC2\xA0 \n x \t\xC2\xA0")),
        DX_STR_LIT("x")));
    assert_int_equal(dx_trim(DX_STR_LIT("  ")).len, 0);
}

static void check_clean(const char *in, dx_clean_form form, const char *wanted)
{
    dx_str out;

    assert_int_equal(dx_clean(dx_str_from(in), form, &arena, &out, NULL),
        DX_OK);
    assert_int_equal(out.len, strlen(wanted));
    assert_memory_equal(out.len ? out.ptr : "", wanted, out.len);
    assert_int_equal(dx_clean_copy(dx_str_from(in), form, &arena, &out, NULL),
        DX_OK);
    assert_int_equal(out.len, strlen(wanted));
    assert_true(out.len == 0 || out.ptr != in);
}

static void cleaning_leaves_only_text(void **state)
{
    (void)state;
    arena = (dx_arena)DX_ARENA_INIT;
    check_clean("", DX_CLEAN_LINE, "");
    check_clean("  Bắc  Giang\n\thôm\xC2\xA0nay ", DX_CLEAN_LINE,
        "Bắc Giang hôm nay");
    check_clean(" Bắc  Giang\r\nhôm\rnay\n", DX_CLEAN_TEXT,
        "Bắc  Giang\nhôm\nnay");
    check_clean("m\xE2\x80\x8B" "ới\xC2\xAD, c\x01ũ\xEF\xBB\xBF\x7F",
        DX_CLEAN_LINE, "mới, cũ");
    check_clean("một\xE2\x80\xA8hai\xC2\x85" "ba", DX_CLEAN_TEXT,
        "một\nhai\nba");
    check_clean("m\xE1\xBB" "x\xFFy\xEF\xBF\xBDz", DX_CLEAN_LINE, "mxyz");
    dx_arena_free(&arena);
}

/* Cleans `before` letters, the piece and `after` letters; in an allocation of
 * just their size, for the sanitizer. */
static void check_piece_within(dx_str piece, dx_clean_form form, size_t before,
    size_t after, dx_str cleaned)
{
    size_t len = before + piece.len + after;
    char *text = malloc(len + 1);
    dx_str out;

    memset(text, 'a', len);
    memcpy(text + before, piece.ptr, piece.len);
    assert_int_equal(dx_clean((dx_str){text, len}, form, &arena, &out, NULL),
        DX_OK);
    assert_int_equal(out.len, before + cleaned.len + after);
    assert_memory_equal(out.ptr + before, cleaned.ptr, cleaned.len);
    for (size_t i = 0; i < after; i++)
        assert_true(out.ptr[before + cleaned.len + i] == 'a');
    free(text);
}

/* Long texts are looked at in blocks; where a piece lies must not matter. */
static void a_piece_is_cleaned_wherever_it_lies(void **state)
{
    static const char *const pieces[] = {"x  y", "x\xC2\xA0y", "x\xC2\xADy",
        "x\xC2\x85y", "x\xE2\x80\x8By", "x\xE2\x80\xA8y", "x\xE2\x80\xA9y",
        "x\xE2\x80\x9Cy", "x\xEF\xBB\xBFy", "x\xEF\xBF\xBDy", "x\x7Fy",
        "x\x01y", "x\ty", "x\ny", "x\r\ny", "x\xE1\xBBy", "x\xE1y", "x\x80y",
        "x\xC3y", "x\xC0\x80y", "x\xED\xA0\x80y", "x\xE0\x80\x80y", "x\xFFy",
        "x\xE1\xBB\x87y", "x\xC4\x91y", "x\xF0\x9F\x98\x80y",
        "x\xF0\x80\x80\x80y", "\xE1\xBB\x87\xE1\xBB\x87\x87"};

    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        for (int form = DX_CLEAN_TEXT; form <= DX_CLEAN_LINE; form++) {
            dx_str piece = dx_str_from(pieces[i]), cleaned;
            dx_arena mine = DX_ARENA_INIT;
            assert_int_equal(dx_clean(piece, (dx_clean_form)form, &mine,
                &cleaned, NULL), DX_OK);
            for (size_t before = 0; before < 140; before++) {
                dx_arena_reset(&arena);
                check_piece_within(piece, (dx_clean_form)form, before, 0,
                    cleaned);
                check_piece_within(piece, (dx_clean_form)form, before, 150,
                    cleaned);
            }
            dx_arena_free(&mine);
        }
    }
    dx_arena_free(&arena);
}

static void clean_text_is_borrowed(void **state)
{
    dx_str in = DX_STR_LIT("Bắc Giang – hôm nay"), out;

    (void)state;
    arena = (dx_arena)DX_ARENA_INIT;
    assert_int_equal(dx_clean(in, DX_CLEAN_LINE, &arena, &out, NULL), DX_OK);
    assert_ptr_equal(out.ptr, in.ptr);
    assert_int_equal(out.len, in.len);
    dx_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_comes_back),
        cmocka_unit_test(vowels_are_found_where_the_table_has_them),
        cmocka_unit_test(ill_formed_bytes_are_one_each),
        cmocka_unit_test(capitals_have_small_forms),
        cmocka_unit_test(phrases_match_in_any_case_and_form),
        cmocka_unit_test(pieces_are_found_and_cut),
        cmocka_unit_test(cleaning_leaves_only_text),
        cmocka_unit_test(a_piece_is_cleaned_wherever_it_lies),
        cmocka_unit_test(clean_text_is_borrowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
