/* Suggestions: what is being typed goes on as the index has it, spelt as it is
 * spelt there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/include/dx/search.h"
#include "tests/support/fixture.h"

static char folder[64];
static dx_index *ix;

static const char articles[] =
    "{\"id\":\"1\",\"title\":\"Bắc Giang đẩy mạnh chuyển đổi số\",\"body\":"
    "\"Tỉnh Bắc Giang tổ chức hội nghị về chuyển đổi số và bảo hiểm y tế.\"}\n"
    "{\"id\":\"2\",\"title\":\"Bảo hiểm y tế ở Bắc Kạn\",\"body\":"
    "\"Người dân tham gia bảo hiểm y tế. Chuyển đổi số là việc lâu dài.\"}\n"
    "{\"id\":\"3\",\"title\":\"Nguy hiểm cho người đi đường\",\"body\":"
    "\"Rất nguy hiểm cho học sinh, nguy hiểm cho cả người lớn.\"}\n"
    "{\"id\":\"4\",\"title\":\"Nguy hiểm cho tàu cá\",\"body\":"
    "\"Sóng lớn, nguy hiểm cho tàu thuyền. Chuyến đi bị hoãn.\"}\n"
    "{\"id\":\"5\",\"title\":\"Mưa, lũ\",\"body\":\"Đổi, số liệu.\"}\n";

static int set_up(void **state)
{
    (void)state;
    ix = fixture_open_text(folder, articles);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_close(ix, folder);
    return 0;
}

static bool suggests(const char *typed, const char *text)
{
    dx_suggestions *s;
    bool found = false;

    assert_int_equal(dx_suggest(ix, typed, 10, &s, NULL), DX_OK);
    for (uint32_t i = 0; i < dx_suggestions_count(s); i++)
        found |= strcmp(dx_suggestions_text(s, i), text) == 0;
    dx_suggestions_free(s);
    return found;
}

static uint32_t count_of(const char *typed, uint32_t limit)
{
    dx_suggestions *s;

    assert_int_equal(dx_suggest(ix, typed, limit, &s, NULL), DX_OK);
    uint32_t count = dx_suggestions_count(s);
    assert_string_equal(dx_suggestions_text(s, count), "");
    dx_suggestions_free(s);
    return count;
}

static void a_prefix_goes_on_with_accents_and_capitals(void **state)
{
    (void)state;
    assert_true(suggests("chuyen d", "chuyển đổi số"));
    assert_true(suggests("bac g", "Bắc Giang"));
    assert_true(suggests("BAC G", "Bắc Giang"));
}

static void marks_that_were_typed_are_kept_to(void **state)
{
    (void)state;
    assert_true(suggests("chuyển đ", "chuyển đổi số"));
    assert_false(suggests("chuyển đ", "Chuyến đi bị hoãn"));
}

static void a_blank_ends_the_word(void **state)
{
    (void)state;
    assert_true(suggests("chuyen doi ", "chuyển đổi số"));
    assert_true(suggests("bao hiem ", "bảo hiểm y tế"));
}

static void what_follows_depends_on_all_words_before(void **state)
{
    (void)state;
    assert_false(suggests("bao hiem ", "bảo hiểm cho"));
    assert_true(suggests("nguy hiem c", "nguy hiểm cho"));
}

static void words_before_the_phrase_stay_as_typed(void **state)
{
    (void)state;
    assert_true(suggests("xem: chuyen d", "xem: chuyển đổi số"));
}

static void titles_with_the_words_in_a_row_are_suggested(void **state)
{
    (void)state;
    assert_true(suggests("bao hiem y", "Bảo hiểm y tế ở Bắc Kạn"));
    assert_false(suggests("y te bao", "Bảo hiểm y tế ở Bắc Kạn"));
}

static void words_across_punctuation_are_no_phrase(void **state)
{
    (void)state;
    assert_false(suggests("mua l", "Mưa, lũ "));
    assert_false(suggests("doi s", "Đổi, số liệu"));
}

static void nothing_is_suggested_for_nothing(void **state)
{
    (void)state;
    assert_int_equal(count_of("", 10), 0);
    assert_int_equal(count_of(" \"?! ", 10), 0);
    assert_int_equal(count_of("qqq", 10), 0);
    assert_int_equal(count_of("qqq www", 10), 0);
    assert_int_equal(count_of("\xff\xfe\xc3", 10), 0);
}

static void the_limit_is_kept(void **state)
{
    (void)state;
    assert_int_equal(count_of("b", 0), 0);
    assert_int_equal(count_of("bac", 1), 1);
    assert_true(count_of("b", DX_SUGGESTIONS_MAX) <= DX_SUGGESTIONS_MAX);
}

static void very_long_text_is_no_trouble(void **state)
{
    char text[DX_QUERY_MAX_BYTES + 100];

    (void)state;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = "bac giang "[i % 10];
    text[sizeof text - 1] = '\0';
    assert_true(count_of(text, 10) <= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_prefix_goes_on_with_accents_and_capitals),
        cmocka_unit_test(marks_that_were_typed_are_kept_to),
        cmocka_unit_test(a_blank_ends_the_word),
        cmocka_unit_test(what_follows_depends_on_all_words_before),
        cmocka_unit_test(words_before_the_phrase_stay_as_typed),
        cmocka_unit_test(titles_with_the_words_in_a_row_are_suggested),
        cmocka_unit_test(words_across_punctuation_are_no_phrase),
        cmocka_unit_test(nothing_is_suggested_for_nothing),
        cmocka_unit_test(the_limit_is_kept),
        cmocka_unit_test(very_long_text_is_no_trouble),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
