/* What a query means beside what it says, as the library tells it. */
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
    "\"Tỉnh Bắc Giang tổ chức hội nghị về chuyển đổi số.\"}\n"
    "{\"id\":\"2\",\"title\":\"Chuyện đời\",\"body\":"
    "\"Chuyện kể về cuộc đời, chuyện của những bác sĩ già ở miền bắc. "
    "Số phận.\"}\n"
    "{\"id\":\"3\",\"title\":\"Chuyện xưa\",\"body\":"
    "\"Chuyện xưa về số phận, đợi chờ, giảng giải cho các bác nghe.\"}\n"
    "{\"id\":\"4\",\"title\":\"Chuyện nay\",\"body\":"
    "\"Chuyện nay: xem web, nghe mp3, đội bóng, thầy giảng bài, so sánh.\"}\n"
    "{\"id\":\"5\",\"title\":\"Bão hiếm gặp\",\"body\":\"Gió to.\"}\n"
    "{\"id\":\"6\",\"title\":\"Vợ của ông\",\"body\":"
    "\"Vợ của ông là vợ của anh, cũng là vợ của em.\"}\n"
    "{\"id\":\"7\",\"title\":\"Võ Nguyên Giáp\",\"body\":"
    "\"Võ Nguyên Giáp là tướng, của cải không có.\"}\n";

/* So many articles that what they say is no chance. */
#define RAINY 45
static int set_up(void **state)
{
    char text[8192];
    int len = snprintf(text, sizeof text, "%s", articles);

    (void)state;
    for (int i = 10; i < 10 + RAINY; i++)
        len += snprintf(text + len, sizeof text - (size_t)len,
            "{\"id\":\"%d\",\"title\":\"Mưa lũ\",\"body\":"
            "\"Bảo hiểm xã hội chi trả sau mưa lũ lần %d.\"}\n", i, i);
    ix = fixture_open_text(folder, text);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_close(ix, folder);
    return 0;
}

static dx_results *search(const char *query, bool literal)
{
    dx_request request = DX_REQUEST_INIT;
    dx_results *rs;

    request.literal = literal;
    assert_int_equal(dx_search(ix, query, &request, &rs, NULL), DX_OK);
    return rs;
}

/* The only note about a query, or none. */
static void assert_note(const char *query, dx_note_kind kind, const char *text)
{
    dx_results *rs = search(query, false);
    const dx_note *note = dx_results_note(rs, 0);

    assert_non_null(note);
    assert_string_equal(dx_note_text(note), text);
    assert_int_equal(dx_note_kind_of(note), kind);
    assert_string_equal(dx_note_query(note), text);
    assert_null(dx_results_note(rs, 1));
    dx_results_free(rs);
}

static void assert_no_note(const char *query, bool literal)
{
    dx_results *rs = search(query, literal);

    assert_null(dx_results_note(rs, 0));
    dx_results_free(rs);
}

static void assert_finds(const char *query, bool literal, const char *id,
    uint64_t total)
{
    dx_results *rs = search(query, literal);
    const dx_hit *hit;

    assert_int_equal(dx_results_total(rs), total);
    if (total > 0) {
        assert_non_null(hit = dx_results_next(rs));
        assert_string_equal(dx_hit_field(hit, "id"), id);
    }
    dx_results_free(rs);
}

static void accents_are_read_from_neighbours_in_the_articles(void **state)
{
    (void)state;
    assert_note("bao hiem xa hoi", DX_NOTE_READING, "bảo hiểm xã hội");
    assert_note("Bao hiem xa hoi", DX_NOTE_READING, "Bảo hiểm xã hội");
}

/* What the lines of an explanation with `label` come to, and how many they
 * are. */
static double explained(const char *query, const char *id, const char *label,
    unsigned *lines)
{
    double sum = 0;
    char *text;

    *lines = 0;
    assert_int_equal(dx_explain(ix, query, id, NULL, &text, NULL), DX_OK);
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        if (!strstr(line, label))
            continue;
        sum += strtod(line, NULL);
        ++*lines;
    }
    dx_text_free(text);
    return sum;
}

static void a_word_read_alike_in_two_places_counts_once(void **state)
{
    static const char query[] = "bao hiem xa hoi chi tra bao hiem";
    unsigned lines;

    (void)state;
    explained(query, "10", "read as \"bảo\"", &lines);
    assert_int_equal(lines, 1);
    explained(query, "10", "2 times in the query", &lines);
    assert_int_equal(lines, 3); /* bảo, hiểm and the two as a pair */
}

static void a_word_read_in_two_ways_is_two_words(void **state)
{
    static const char query[] = "vo cua Vo Nguyen Giap";
    unsigned lines;

    (void)state;
    double read = explained(query, "7", "read as \"võ\"", &lines);
    assert_int_equal(lines, 1);
    double other = explained(query, "7", "\"vo\" (other marks)", &lines);
    assert_int_equal(lines, 1);
    assert_true(read > 10 * other);
    explained(query, "6", "read as \"vợ\"", &lines);
    assert_int_equal(lines, 1);
}

static void a_query_with_accents_means_what_it_says(void **state)
{
    (void)state;
    assert_no_note("bảo hiểm xã hội", false);
    assert_no_note("chuyển đổi số Bắc Giang", false);
}

static void keystrokes_are_decoded(void **state)
{
    (void)state;
    assert_note("chuyeenr ddooir soos", DX_NOTE_KEYS, "chuyển đổi số");
    assert_note("chuye6n3 d9o6i3 so61", DX_NOTE_KEYS, "chuyển đổi số");
    assert_finds("chuyeenr ddooir soos", false, "1", 4);
    assert_finds("chuyeenr ddooir soos", true, "", 0);
}

static void words_of_the_index_are_no_keystrokes(void **state)
{
    (void)state;
    assert_no_note("web mp3", false);
    assert_finds("web mp3", false, "4", 1);
}

static void a_slip_that_finds_nothing_is_put_right(void **state)
{
    (void)state;
    assert_note("bao hiem xa hpoi", DX_NOTE_CORRECTED, "bảo hiểm xã hội");
    assert_finds("mua lux", false, "10", RAINY);
}

static void wrong_marks_are_put_right(void **state)
{
    (void)state;
    assert_note("bảo hiêm xã hội", DX_NOTE_CORRECTED, "bảo hiểm xã hội");
    assert_note("bao hiêm xa hôi", DX_NOTE_SPELLING, "bảo hiểm xã hội");
    assert_note("Xã Hôi", DX_NOTE_CORRECTED, "Xã Hội");
    assert_finds("bảo hiêm xã hội", false, "10", RAINY);
}

static void marks_that_some_article_has_are_meant(void **state)
{
    (void)state;
    assert_no_note("bão hiếm", false);
    assert_no_note("bão hiếm gặp", false);
    assert_no_note("hiếm gặp", false);
}

static void nothing_is_understood_literally(void **state)
{
    (void)state;
    assert_no_note("bao hiem xa hoi", true);
    assert_no_note("bao hiem xa hpoi", true);
    assert_no_note("bảo hiêm xã hội", true);
}

static void odd_queries_are_no_trouble(void **state)
{
    static const char *const queries[] = {"", " ", "-", "\"bao hiem\"",
        "bao -hiem", "title:bao hiem", "bao bao bao bao", "xyz", "16/12/2021",
        "749/QĐ-TTg bao", "a b c d e f", "\xFF\xFE bao", "bao* hiem",
        "(bao OR hiem) xa", "bao~ hiem", "=bao hiem"};

    (void)state;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        dx_results_free(search(queries[i], false));
}

static void up_to_32_words_are_read(void **state)
{
    char query[DX_QUERY_MAX_BYTES] = "mua lu";

    (void)state;
    for (int i = 0; i < 3; i++)
        strcat(query, " bao hiem xa hoi chi tra sau mua lu lan");
    dx_results *rs = search(query, false);
    assert_int_equal(dx_note_kind_of(dx_results_note(rs, 0)), DX_NOTE_READING);
    dx_results_free(rs);
    strcat(query, " xa");
    assert_no_note(query, false);
}

static void as_many_words_as_a_query_can_have_are_no_trouble(void **state)
{
    char query[DX_QUERY_MAX_BYTES] = "";

    (void)state;
    for (int i = 0; i < DX_QUERY_MAX_TERMS; i++)
        strcat(query, i % 2 ? "hiem " : "bao ");
    dx_results *rs = search(query, false);
    assert_int_equal(dx_results_total(rs), RAINY + 1);
    dx_results_free(rs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accents_are_read_from_neighbours_in_the_articles),
        cmocka_unit_test(a_word_read_alike_in_two_places_counts_once),
        cmocka_unit_test(a_word_read_in_two_ways_is_two_words),
        cmocka_unit_test(a_query_with_accents_means_what_it_says),
        cmocka_unit_test(keystrokes_are_decoded),
        cmocka_unit_test(words_of_the_index_are_no_keystrokes),
        cmocka_unit_test(a_slip_that_finds_nothing_is_put_right),
        cmocka_unit_test(wrong_marks_are_put_right),
        cmocka_unit_test(marks_that_some_article_has_are_meant),
        cmocka_unit_test(nothing_is_understood_literally),
        cmocka_unit_test(odd_queries_are_no_trouble),
        cmocka_unit_test(up_to_32_words_are_read),
        cmocka_unit_test(as_many_words_as_a_query_can_have_are_no_trouble),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
