/* What stands for what in a query: abbreviations, in both directions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "common/names/abbreviations.h"
#include "common/names/spell.h"
#include "common/text/analyzer.h"
#include "common/text/syllable.h"
#include "searcher/include/dx/search.h"
#include "searcher/understand/names/synonyms.h"
#include "tests/support/fixture.h"

static char folder[64];
static dx_index *ix;

static const char articles[] =
    "{\"id\":\"short\",\"title\":\"UBND tỉnh họp\",\"body\":\"Tin vắn.\"}\n"
    "{\"id\":\"long\",\"title\":\"Ủy ban nhân dân tỉnh họp\",\"body\":\"Tin "
    "vắn.\"}\n"
    "{\"id\":\"apart\",\"title\":\"Dân trong ban\",\"body\":\"Nhân có ủy "
    "viên.\"}\n"
    "{\"id\":\"marks\",\"title\":\"Sở TT&TT họp\",\"body\":\"Tin vắn.\"}\n"
    "{\"id\":\"none\",\"title\":\"Sở TTTT họp\",\"body\":\"Tin vắn.\"}\n"
    "{\"id\":\"words\",\"title\":\"Sở Thông tin và Truyền thông\",\"body\":"
    "\"Tin vắn.\"}\n"
    "{\"id\":\"cds\",\"title\":\"Ngày CĐS\",\"body\":\"Tin vắn.\"}\n"
    "{\"id\":\"cds2\",\"title\":\"Đĩa CDS\",\"body\":\"Tin vắn.\"}\n"
    "{\"id\":\"so\",\"title\":\"Ngày chuyển đổi số\",\"body\":\"Tin "
    "vắn.\"}\n"
    "{\"id\":\"law\",\"title\":\"Quyết định mới\",\"body\":\"Tin vắn.\"}\n"
    "{\"id\":\"ky\",\"title\":\"Kỹ sư quý\",\"body\":\"Tin vắn.\"}\n"
    "{\"id\":\"ki\",\"title\":\"Kĩ sư quí\",\"body\":\"Tin vắn.\"}\n"
    "{\"id\":\"tui\",\"title\":\"Túi tuý\",\"body\":\"Tin vắn.\"}\n"
    "{\"id\":\"qd\",\"title\":\"QĐ mới\",\"body\":\"Tin vắn.\"}\n";

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

static dx_results *search(const char *query, const dx_request *request)
{
    dx_results *rs;

    assert_int_equal(dx_search(ix, query, request, &rs, NULL), DX_OK);
    return rs;
}

/* The ids of the articles with everything, best first. */
static void assert_hits_of(const char *query, const dx_request *request,
    const char *ids)
{
    char found[256] = "";
    dx_results *rs = search(query, request);
    const dx_hit *hit;

    while ((hit = dx_results_next(rs)) != NULL)
        if (!dx_hit_is_partial(hit))
            snprintf(found + strlen(found), sizeof found - strlen(found),
                "%s%s", *found ? " " : "", dx_hit_field(hit, "id"));
    assert_string_equal(found, ids);
    dx_results_free(rs);
}

static void assert_hits(const char *query, const char *ids)
{
    assert_hits_of(query, NULL, ids);
}

static void an_abbreviation_finds_what_it_is_short_for(void **state)
{
    (void)state;
    assert_hits("UBND", "short long");
    assert_hits("ubnd", "short long");
    assert_hits("U.B.N.D", "short long");
}

static void what_is_written_out_finds_the_abbreviation(void **state)
{
    (void)state;
    assert_hits("Ủy ban nhân dân", "long apart short");
    assert_hits("uy ban nhan dan", "long apart short");
    assert_hits("uỷ ban nhân dân", "long apart short");
    assert_hits("ủy ban nhân dân tỉnh", "long short");
}

static void marks_between_the_letters_make_no_difference(void **state)
{
    (void)state;
    assert_hits("TT&TT", "marks none words");
    assert_hits("tt-tt", "marks none words");
    assert_hits("TT.TT", "marks none words");
    assert_hits("tttt", "none marks words");
    assert_hits("thông tin và truyền thông", "words none marks");
}

static void an_abbreviation_with_marks_is_that_and_no_other(void **state)
{
    (void)state;
    assert_hits("chuyển đổi số", "so cds");
    assert_hits("chuyen doi so", "so cds");
    assert_hits("cđs", "cds so cds2");
}

static void what_is_short_for_several_things_stands_for_none(void **state)
{
    dx_results *rs = search("Sở TT", NULL);

    (void)state;
    assert_null(dx_results_note(rs, 0));
    dx_results_free(rs);
}

static void common_words_do_not_find_their_abbreviation(void **state)
{
    (void)state;
    assert_hits("quyết định", "law");
    assert_hits("QĐ", "qd law");
}

static void other_marks_than_the_names_are_other_words(void **state)
{
    (void)state;
    assert_hits("ủy bàn nhân dân", "long apart");
}

static void i_and_y_are_the_same_at_the_end_of_some_syllables(void **state)
{
    (void)state;
    assert_hits("kỹ", "ky ki");
    assert_hits("kĩ", "ki ky");
    assert_hits("kỹ sư quý", "ky ki");
    assert_hits("quí", "ki ky");
    assert_hits("kỷ sư", "ky");
    assert_hits("túi", "tui");
    assert_hits("ky", "ky");
    assert_hits("=kỹ", "ky");
}

static void only_plain_words_stand_for_others(void **state)
{
    dx_request all = DX_REQUEST_INIT, literal = DX_REQUEST_INIT,
               exact = DX_REQUEST_INIT;

    (void)state;
    all.match = DX_MATCH_ALL;
    literal.literal = true;
    exact.exact_accents = true;
    assert_hits_of("UBND", &all, "short");
    assert_hits_of("UBND", &literal, "short");
    assert_hits_of("UBND", &exact, "short");
    assert_hits("\"UBND tỉnh\"", "short");
    assert_hits("title:UBND", "short");
    assert_hits("+UBND họp", "short");
    assert_hits("họp -UBND", "none marks long");
}

static void alternatives_stand_for_words_of_a_choice(void **state)
{
    (void)state;
    assert_hits("UBND OR TTTT", "short none marks long words");
}

static void a_note_says_what_counts_as_well(void **state)
{
    dx_results *rs = search("họp ubnd tỉnh", NULL);
    const dx_note *note = dx_results_note(rs, 0);

    (void)state;
    assert_non_null(note);
    assert_int_equal(dx_note_kind_of(note), DX_NOTE_ABBREVIATION);
    assert_string_equal(dx_note_text(note), "Ủy ban nhân dân");
    assert_string_equal(dx_note_query(note), "họp Ủy ban nhân dân tỉnh");
    assert_string_equal(dx_note_detail(note), "");
    assert_null(dx_results_note(rs, 1));
    dx_results_free(rs);
}

static void nothing_is_told_of_what_the_index_does_not_have(void **state)
{
    dx_results *rs = search("Bộ GTVT", NULL);

    (void)state;
    assert_null(dx_results_note(rs, 0));
    dx_results_free(rs);
}

/* A scorer has room for what all words may stand for. */
static void long_queries_have_room(void **state)
{
    char query[DX_QUERY_MAX_BYTES] = "";

    (void)state;
    for (int i = 0; i < DX_QUERY_MAX_TERMS / 4; i++)
        strcat(query, i % 2 ? "ủy ban nhân dân " : "TT TT cds ubnd ");
    dx_results_free(search(query, NULL));
}

/* ---- what dx knows ---- */

static void what_is_known_is_what_adding_it_gives(void **state)
{
    static const dx_synonym_form *by_order[4096];
    dx_synonyms s = {.arena = DX_ARENA_INIT};
    dx_analyzer *a = dx_analyzer_new();

    (void)state;
    assert_non_null(a);
    for (size_t i = 0; i < dx_synonyms_builtin_count; i++)
        by_order[dx_synonyms_builtin[i].order] = &dx_synonyms_builtin[i];
    for (size_t i = 0; i < dx_synonyms_builtin_count; i++)
        assert_int_equal(dx_synonyms_add(&s, a, dx_str_from(by_order[i]->shown),
                             dx_str_from(by_order[i]->instead),
                             by_order[i]->changed),
            DX_OK);
    dx_synonyms_sort(&s);
    for (size_t i = 0; i < dx_synonyms_builtin_count; i++) {
        assert_string_equal(s.forms[i].folded, dx_synonyms_builtin[i].folded);
        assert_int_equal(s.forms[i].order, dx_synonyms_builtin[i].order);
    }
    dx_synonyms_free(&s);
    dx_analyzer_free(a);
}

/* Whether a form of the words of `shown` stands for what begins with
 * `instead`. */
static bool is_known(dx_analyzer *a, dx_str shown, dx_str instead)
{
    dx_synonyms s = DX_SYNONYMS_BUILTIN;
    dx_synonym_walk at = dx_synonyms_begin(&s);
    dx_name_words words;

    assert_int_equal(dx_name_words_of(a, shown, &words), DX_OK);
    for (size_t i = 0; i < words.count; i++)
        if (!dx_synonyms_step(&at, words.folded[i]))
            return false;
    while (at.from < at.ended &&
           (!*at.from->instead ||
               strncmp(at.from->instead, instead.ptr, instead.len) != 0))
        at.from++;
    return at.from < at.ended;
}

static void every_abbreviation_and_its_phrase_are_known(void **state)
{
    dx_analyzer *a = dx_analyzer_new();

    (void)state;
    assert_non_null(a);
    for (size_t i = 0; i < dx_abbreviations_count; i++) {
        const char *at = dx_abbreviations[i].spellings;
        dx_str phrase = dx_str_from(dx_abbreviations[i].phrase);
        dx_str first = {at, strcspn(at, "|")};
        for (dx_str w = dx_names_next(&at); w.ptr; w = dx_names_next(&at))
            assert_true(is_known(a, w, phrase));
        assert_int_equal(is_known(a, phrase, first),
            !dx_abbreviations[i].one_way);
    }
    dx_analyzer_free(a);
}

static void no_abbreviation_is_a_syllable(void **state)
{
    (void)state;
    for (size_t i = 0; i < dx_synonyms_builtin_count; i++) {
        const dx_synonym_form *f = &dx_synonyms_builtin[i];
        assert_true(!*f->instead || strchr(f->folded, ' ') ||
                    !dx_syllable_is_valid(dx_str_from(f->folded)));
    }
}

static void a_form_is_found_word_by_word(void **state)
{
    dx_synonyms s = DX_SYNONYMS_BUILTIN;
    dx_synonym_walk at = dx_synonyms_begin(&s);

    (void)state;
    assert_true(dx_synonyms_step(&at, DX_STR_LIT("br")));
    assert_true(at.from == at.ended);
    assert_true(dx_synonyms_step(&at, DX_STR_LIT("vt")));
    assert_string_equal(at.from->folded, "br vt");
    assert_false(dx_synonyms_step(&at, DX_STR_LIT("br")));
    assert_false(dx_synonyms_step(&at, DX_STR_LIT("br")));
    at = dx_synonyms_begin(&s);
    assert_false(dx_synonyms_step(&at, DX_STR_LIT("b")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_abbreviation_finds_what_it_is_short_for),
        cmocka_unit_test(what_is_written_out_finds_the_abbreviation),
        cmocka_unit_test(marks_between_the_letters_make_no_difference),
        cmocka_unit_test(an_abbreviation_with_marks_is_that_and_no_other),
        cmocka_unit_test(what_is_short_for_several_things_stands_for_none),
        cmocka_unit_test(common_words_do_not_find_their_abbreviation),
        cmocka_unit_test(other_marks_than_the_names_are_other_words),
        cmocka_unit_test(
            i_and_y_are_the_same_at_the_end_of_some_syllables),
        cmocka_unit_test(only_plain_words_stand_for_others),
        cmocka_unit_test(alternatives_stand_for_words_of_a_choice),
        cmocka_unit_test(a_note_says_what_counts_as_well),
        cmocka_unit_test(nothing_is_told_of_what_the_index_does_not_have),
        cmocka_unit_test(long_queries_have_room),
        cmocka_unit_test(what_is_known_is_what_adding_it_gives),
        cmocka_unit_test(every_abbreviation_and_its_phrase_are_known),
        cmocka_unit_test(no_abbreviation_is_a_syllable),
        cmocka_unit_test(a_form_is_found_word_by_word),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
