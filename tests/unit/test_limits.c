/* The limits of a search, each at its last good value and one beyond; those of
 * the query language are in test_query.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "searcher/match/lookup/deadline.h"
#include "searcher/match/lookup/expand.h"
#include "searcher/include/dx/search.h"
#include "searcher/understand/notes.h"
#include "tests/support/fixture.h"

static char folder[64];

static int set_up(void **state)
{
    (void)state;
    fixture_folder(folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_remove(folder);
    return 0;
}

/* ---- indexes ---- */

static FILE *create(const char *name)
{
    char path[128];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    return f;
}

static dx_index *open_index_of(const char *name)
{
    char corpus[128], index[160];
    dx_run_totals totals;
    dx_index *ix;

    snprintf(corpus, sizeof corpus, "%s/%s", folder, name);
    snprintf(index, sizeof index, "%s.index", corpus);
    assert_int_equal(fixture_run(index, corpus, false, &totals, NULL), DX_OK);
    assert_int_equal(dx_index_open(index, &ix, NULL), DX_OK);
    return ix;
}

/* ---- ranks ---- */

static void expect_hits(dx_index *ix, uint32_t offset, uint32_t limit,
    uint32_t hits)
{
    dx_request request = DX_REQUEST_INIT;
    dx_results *rs;

    request.offset = offset;
    request.limit = limit;
    assert_int_equal(dx_search(ix, "tin", &request, &rs, NULL), DX_OK);
    assert_int_equal(dx_results_total(rs), DX_RANK_MAX + 1);
    assert_int_equal(dx_results_count(rs), hits);
    dx_results_free(rs);
}

static void expect_no_leave(dx_index *ix, uint32_t offset, uint32_t limit)
{
    dx_request request = DX_REQUEST_INIT;
    dx_results *rs;
    dx_error err;

    request.offset = offset;
    request.limit = limit;
    assert_int_equal(dx_search(ix, "tin", &request, &rs, &err), DX_ERR_INVALID);
    assert_null(rs);
    assert_non_null(strstr(err.msg, "10000"));
}

static void hits_beyond_the_last_rank_may_not_be_asked_for(void **state)
{
    (void)state;
    FILE *f = create("many.jsonl");
    for (int i = 0; i <= DX_RANK_MAX; i++)
        fprintf(f, "{\"id\":\"%d\",\"title\":\"Tin\"}\n", i);
    fclose(f);
    dx_index *ix = open_index_of("many.jsonl");
    expect_hits(ix, 0, DX_RANK_MAX, DX_RANK_MAX);
    expect_hits(ix, DX_RANK_MAX - 1, 1, 1);
    expect_hits(ix, DX_RANK_MAX, 0, 0);
    expect_no_leave(ix, 0, DX_RANK_MAX + 1);
    expect_no_leave(ix, DX_RANK_MAX - 1, 2);
    expect_no_leave(ix, DX_RANK_MAX, 1);
    expect_no_leave(ix, UINT32_MAX, UINT32_MAX);
    dx_index_close(ix);
}

/* ---- expansions ---- */

/* An index with `count` words that begin with "zq". */
static void expect_expansion(const char *name, unsigned count, bool cut)
{
    dx_results *rs;

    FILE *f = create(name);
    fprintf(f, "{\"id\":\"1\",\"title\":\"Tin\",\"body\":\"");
    for (unsigned i = 0; i < count; i++)
        fprintf(f, "zq%u ", i); /* has no stem that others share */
    fprintf(f, "\"}\n");
    fclose(f);
    dx_index *ix = open_index_of(name);
    assert_int_equal(dx_search(ix, "zq*", NULL, &rs, NULL), DX_OK);
    assert_int_equal(dx_results_total(rs), 1);
    assert_int_equal(dx_results_warning(rs, 0) != NULL, cut);
    dx_results_free(rs);
    dx_index_close(ix);
}

static void a_prefix_of_too_many_words_is_cut_with_a_warning(void **state)
{
    (void)state;
    expect_expansion("full.jsonl", DX_EXPANSIONS_MAX, false);
    expect_expansion("over.jsonl", DX_EXPANSIONS_MAX + 1, true);
}

/* ---- suggestions ---- */

static uint32_t suggestions(dx_index *ix, uint32_t limit)
{
    dx_suggestions *s;

    assert_int_equal(dx_suggest(ix, "cầu ", limit, &s, NULL), DX_OK);
    uint32_t count = dx_suggestions_count(s);
    dx_suggestions_free(s);
    return count;
}

static void no_more_suggestions_than_the_most(void **state)
{
    (void)state;
    FILE *f = create("bridges.jsonl");
    for (int i = 0; i < 2 * DX_SUGGESTIONS_MAX; i++)
        fprintf(f,
            "{\"id\":\"%d\",\"title\":\"Cầu b%c%c\",\"body\":\"Cầu "
            "b%c%c đẹp. Cầu b%c%c dài.\"}\n",
            i, 'a' + i / 26, 'a' + i % 26, 'a' + i / 26, 'a' + i % 26,
            'a' + i / 26, 'a' + i % 26);
    fclose(f);
    dx_index *ix = open_index_of("bridges.jsonl");
    assert_int_equal(suggestions(ix, 0), 0);
    assert_int_equal(suggestions(ix, 1), 1);
    assert_int_equal(suggestions(ix, DX_SUGGESTIONS_MAX), DX_SUGGESTIONS_MAX);
    dx_suggestions *s;
    assert_int_equal(dx_suggest(ix, "cầu ", DX_SUGGESTIONS_MAX + 1, &s, NULL),
        DX_ERR_INVALID);
    dx_index_close(ix);
}

/* ---- notes ---- */

static void notes_beyond_the_most_are_left_out(void **state)
{
    dx_notes notes = {.count = 0};
    char texts[DX_NOTES_MAX + 1][2];

    (void)state;
    for (int i = 0; i <= DX_NOTES_MAX; i++) {
        snprintf(texts[i], sizeof texts[i], "%c", 'a' + i);
        dx_notes_add(&notes, (dx_note){DX_NOTE_SPELLING, texts[i], "", ""});
    }
    assert_int_equal(notes.count, DX_NOTES_MAX);
    for (int i = 0; i < DX_NOTES_MAX; i++)
        assert_string_equal(notes.list[i].text, texts[i]);
}

/* ---- time ---- */

static void a_deadline_passes_when_its_time_has_come(void **state)
{
    dx_deadline never = {0}, past = {.at_ms = dx_now_ms()};
    dx_deadline later = {.at_ms = dx_now_ms() + 1e9};

    (void)state;
    while (dx_now_ms() <= past.at_ms)
        ;
    assert_true(dx_deadline_is_over(&past));
    assert_true(past.over);
    assert_false(dx_deadline_is_over(&later));
    assert_false(dx_deadline_is_over(&never));
}

static void loops_ask_the_clock_once_in_64_steps(void **state)
{
    dx_deadline past = {.at_ms = 1};

    (void)state;
    for (int i = 1; i < 64; i++)
        assert_false(dx_deadline_step(&past));
    assert_true(dx_deadline_step(&past));
    assert_true(dx_deadline_step(&past)); /* and remains so */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hits_beyond_the_last_rank_may_not_be_asked_for),
        cmocka_unit_test(a_prefix_of_too_many_words_is_cut_with_a_warning),
        cmocka_unit_test(no_more_suggestions_than_the_most),
        cmocka_unit_test(notes_beyond_the_most_are_left_out),
        cmocka_unit_test(a_deadline_passes_when_its_time_has_come),
        cmocka_unit_test(loops_ask_the_clock_once_in_64_steps),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
