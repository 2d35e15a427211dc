/* Abbreviations that the articles of an index explain: which are taken, and
 * that they work in both directions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/include/dx/search.h"
#include "tests/support/fixture.h"

/* An index of one article for each body, with the ids 0, 1, 2 … */
typedef struct corpus {
    char text[4096];
    unsigned count;
    char folder[64];
    dx_index *ix;
} corpus;

static void put(corpus *c, unsigned times, const char *body)
{
    for (; times > 0; times--) {
        size_t len = strlen(c->text);
        int n = snprintf(c->text + len, sizeof c->text - len,
            "{\"id\":\"%u\",\"title\":\"Tin %u\",\"body\":\"%s\"}\n", c->count,
            c->count, body);
        assert_true(n > 0 && (size_t)n < sizeof c->text - len);
        c->count++;
    }
}

static void index_all(corpus *c)
{
    c->ix = fixture_open_text(c->folder, c->text);
}

/* What counts as well, by the notes; "" for nothing. */
static void assert_note_of(corpus *c, const char *query, bool literal,
    const char *text)
{
    dx_request request = DX_REQUEST_INIT;
    const dx_note *note;
    dx_results *rs;

    request.literal = literal;
    assert_int_equal(dx_search(c->ix, query, &request, &rs, NULL), DX_OK);
    for (uint32_t i = 0; (note = dx_results_note(rs, i)) != NULL; i++)
        if (dx_note_kind_of(note) == DX_NOTE_ABBREVIATION)
            break;
    assert_string_equal(note ? dx_note_text(note) : "", text);
    dx_results_free(rs);
}

static void assert_note(corpus *c, const char *query, const char *text)
{
    assert_note_of(c, query, false, text);
}

static void assert_finds(corpus *c, const char *query, const char *id)
{
    bool found = false;
    dx_results *rs;
    const dx_hit *hit;

    assert_int_equal(dx_search(c->ix, query, NULL, &rs, NULL), DX_OK);
    while ((hit = dx_results_next(rs)) != NULL)
        found |= !dx_hit_is_partial(hit) &&
                 strcmp(dx_hit_field(hit, "id"), id) == 0;
    dx_results_free(rs);
    assert_true(found);
}

static void three_articles_teach_both_directions(void **state)
{
    corpus c = {.count = 0};

    (void)state;
    put(&c, 3, "Xã có tổ hợp tác muối (THTM) mới.");
    put(&c, 1, "Chợ của THTM đông."); /* 3 */
    put(&c, 1, "Một tổ hợp tác muối nữa."); /* 4 */
    index_all(&c);
    assert_note(&c, "THTM", "tổ hợp tác muối");
    assert_note(&c, "thtm đông", "tổ hợp tác muối");
    assert_note(&c, "tổ hợp tác muối", "THTM");
    assert_note(&c, "mot to hop tac muoi", "THTM");
    assert_finds(&c, "THTM", "4");
    assert_finds(&c, "tổ hợp tác muối", "3");
    assert_note_of(&c, "THTM", true, "");
    assert_note(&c, "\"tổ hợp tác muối\"", "");
    assert_note(&c, "hợp tác muối", "");
    fixture_close(c.ix, c.folder);
}

static void marks_that_are_typed_are_meant(void **state)
{
    corpus c = {.count = 0};

    (void)state;
    put(&c, 3, "Một điểm thu muối (ĐTM) mới.");
    put(&c, 1, "DTM ĐTM diêm thu muối.");
    index_all(&c);
    assert_note(&c, "dtm", "điểm thu muối");
    assert_note(&c, "đtm", "điểm thu muối");
    assert_note(&c, "diem thu muoi", "ĐTM");
    assert_note(&c, "diêm thu muối", "");
    fixture_close(c.ix, c.folder);
}

static void two_articles_do_not_teach(void **state)
{
    corpus c = {.count = 0};

    (void)state;
    put(&c, 2, "Xã có tổ hợp tác muối (THTM) mới.");
    index_all(&c);
    assert_note(&c, "THTM", "");
    assert_note(&c, "tổ hợp tác muối", "");
    fixture_close(c.ix, c.folder);
}

static void what_is_explained_in_several_ways_stands_for_nothing(void **state)
{
    corpus c = {.count = 0};

    (void)state;
    put(&c, 4, "Xã có tổ hợp tác muối (THTM) mới.");
    put(&c, 3, "Xã có tủ hàng thịt mát (THTM) mới.");
    index_all(&c);
    assert_note(&c, "THTM", "");
    assert_note(&c, "tổ hợp tác muối", "");
    assert_note(&c, "tủ hàng thịt mát", "");
    fixture_close(c.ix, c.folder);
}

static void one_that_disagrees_among_four_changes_nothing(void **state)
{
    corpus c = {.count = 0};

    (void)state;
    put(&c, 2, "Xã có tổ hợp tác muối (THTM) mới.");
    put(&c, 1, "Xã có Tổ hợp tác Muối (THTM) mới.");
    put(&c, 1, "Xã có tủ hàng thịt mát (THTM) mới.");
    index_all(&c);
    assert_note(&c, "THTM", "tổ hợp tác muối");
    assert_note(&c, "tổ hợp tác muối", "THTM");
    assert_note(&c, "tủ hàng thịt mát", "");
    fixture_close(c.ix, c.folder);
}

static void letters_may_have_marks_between(void **state)
{
    corpus c = {.count = 0};

    (void)state;
    put(&c, 3, "Sở Muối và Đường mía (M&ĐM, MM&ĐM) họp.");
    put(&c, 3, "Sở Muối mỏ và Đường mía (MM&ĐM) họp.");
    put(&c, 1, "Sở MMĐM họp.");
    index_all(&c);
    assert_note(&c, "MM&ĐM", "Muối mỏ và Đường mía");
    assert_note(&c, "MMĐM", "Muối mỏ và Đường mía");
    assert_note(&c, "muối mỏ và đường mía", "MMĐM");
    assert_note(&c, "muối mỏ đường mía", "");
    fixture_close(c.ix, c.folder);
}

static void foreign_initials_are_found_as_their_stem(void **state)
{
    corpus c = {.count = 0};

    (void)state;
    put(&c, 3, "Tổ Chung tay yêu (CTY) và United Pepper Salts (UPS).");
    index_all(&c);
    assert_note(&c, "cty", "Chung tay yêu");
    assert_note(&c, "chung tay yêu", "CTY");
    assert_note(&c, "ups", "United Pepper Salts");
    assert_note(&c, "united pepper salts", "UPS");
    fixture_close(c.ix, c.folder);
}

static void a_possible_syllable_is_no_abbreviation(void **state)
{
    corpus c = {.count = 0};

    (void)state;
    put(&c, 3, "Xã có chợ ăn ngon (CAN) mới.");
    index_all(&c);
    assert_note(&c, "can", "");
    assert_note(&c, "chợ ăn ngon", "CAN");
    fixture_close(c.ix, c.folder);
}

static void what_dx_knows_is_not_learnt_anew(void **state)
{
    corpus c = {.count = 0};

    (void)state;
    put(&c, 3, "Xã có bó hoa yêu thương (BHYT) và bảo hiểm y tế.");
    index_all(&c);
    assert_note(&c, "BHYT", "Bảo hiểm y tế");
    fixture_close(c.ix, c.folder);
}

static void runs_and_merges_keep_what_was_explained(void **state)
{
    static const char article[] =
        "{\"id\":\"%s\",\"title\":\"Tin %s\",\"body\":\"Xã có tổ hợp tác muối "
        "(THTM) mới.\"}\n";
    char text[256], name[16], path[80], index[80];
    corpus c = {.count = 0};
    dx_run_totals totals;

    (void)state;
    fixture_folder(c.folder);
    for (const char *id = "abc"; *id; id++) {
        char as[2] = {*id, '\0'};
        snprintf(name, sizeof name, "%s.jsonl", as);
        snprintf(text, sizeof text, article, as, as);
        fixture_index_text(c.folder, name, text);
    }
    c.ix = fixture_open(c.folder);
    assert_note(&c, "THTM", "tổ hợp tác muối");
    assert_note(&c, "tổ hợp tác muối", "THTM");
    dx_index_close(c.ix);
    snprintf(path, sizeof path, "%s/c.jsonl", c.folder);
    snprintf(index, sizeof index, "%s/i", c.folder);
    assert_int_equal(fixture_run(index, path, true, &totals, NULL), DX_OK);
    c.ix = fixture_open(c.folder);
    assert_note(&c, "THTM", "tổ hợp tác muối");
    assert_note(&c, "tổ hợp tác muối", "THTM");
    fixture_close(c.ix, c.folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_articles_teach_both_directions),
        cmocka_unit_test(marks_that_are_typed_are_meant),
        cmocka_unit_test(two_articles_do_not_teach),
        cmocka_unit_test(what_is_explained_in_several_ways_stands_for_nothing),
        cmocka_unit_test(one_that_disagrees_among_four_changes_nothing),
        cmocka_unit_test(letters_may_have_marks_between),
        cmocka_unit_test(foreign_initials_are_found_as_their_stem),
        cmocka_unit_test(a_possible_syllable_is_no_abbreviation),
        cmocka_unit_test(what_dx_knows_is_not_learnt_anew),
        cmocka_unit_test(runs_and_merges_keep_what_was_explained),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
