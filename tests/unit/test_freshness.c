/* Freshness: what a new article's score is multiplied by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "common/base/civil.h"
#include "searcher/match/score/freshness.h"
#include "searcher/include/dx/search.h"
#include "tests/support/fixture.h"

static char folder[64];

static const char articles[] =
    "{\"id\":\"none\",\"body\":\"một bài như nhau\"}\n"
    "{\"id\":\"old\",\"body\":\"một bài như nhau\",\"date\":\"2019-01-01\"}\n"
    "{\"id\":\"new\",\"body\":\"một bài như nhau\",\"date\":\"2020-06-30\"}\n";
static const char mistake[] =
    "{\"id\":\"far\",\"body\":\"một bài như nhau\",\"date\":\"2090-01-01\"}\n";

static int set_up(void **state)
{
    (void)state;
    fixture_folder(folder);
    fixture_index_text(folder, "a.jsonl", articles);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_remove(folder);
    return 0;
}

static void the_bonus_is_halved_after_half_a_year(void **state)
{
    dx_freshness f = {.weight = 2.0, .newest = 20000};

    (void)state;
    assert_true(dx_freshness_factor(&f, 20000) == 3.0);
    assert_true(dx_freshness_factor(&f, 20000 - 180) == 2.0);
    assert_true(dx_freshness_factor(&f, 20000 - 540) == 1.5);
    assert_true(dx_freshness_factor(&f, 30000) == 3.0);
    assert_true(dx_freshness_factor(&f, INT32_MIN + 1) > 1.0);
    assert_true(dx_freshness_factor(&f, DX_DATE_UNKNOWN) == 1.0);
    f.weight = 0.0;
    assert_true(dx_freshness_factor(&f, 20000) == 1.0);
}

/* Scores of the articles with freshness over those without, by id. */
static double gain(const char *id, double freshness)
{
    dx_request req = DX_REQUEST_INIT;
    double scores[2] = {0.0, 0.0};
    dx_index *ix = fixture_open(folder);
    dx_results *rs;
    const dx_hit *hit;

    for (int i = 0; i < 2; i++) {
        req.freshness = i == 0 ? 0.0 : freshness;
        assert_int_equal(dx_search(ix, "như nhau", &req, &rs, NULL), DX_OK);
        while ((hit = dx_results_next(rs)) != NULL)
            if (strcmp(dx_hit_field(hit, "id"), id) == 0)
                scores[i] = dx_hit_score(hit);
        dx_results_free(rs);
    }
    dx_index_close(ix);
    assert_true(scores[0] > 0.0);
    return scores[1] / scores[0];
}

static bool is_about(double x, double y) { return fabs(x - y) < 1e-9; }

static void age_is_counted_from_the_newest_article(void **state)
{
    (void)state;
    assert_true(is_about(gain("new", 0.5), 1.5));
    assert_true(is_about(gain("old", 0.5), 1.0 + 0.5 * 180 / (180 + 546)));
    assert_true(is_about(gain("none", 0.5), 1.0));
}

static void weights_beyond_their_limits_are_refused(void **state)
{
    const double wrong[] = {DX_FRESHNESS_MAX + 1.0, INFINITY, -1.0, NAN};
    dx_request req = DX_REQUEST_INIT;
    dx_index *ix = fixture_open(folder);
    dx_results *rs;

    (void)state;
    assert_true(is_about(gain("new", DX_FRESHNESS_MAX), 11.0));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        req.freshness = wrong[i];
        assert_int_equal(dx_search(ix, "như nhau", &req, &rs, NULL),
            DX_ERR_INVALID);
    }
    dx_index_close(ix);
}

/* Last: it adds to the index. */
static void a_date_to_come_counts_as_today(void **state)
{
    long today = (long)(time(NULL) / 86400);
    double days = (double)(today - 18443); /* since 2020-06-30 */

    (void)state;
    fixture_index_text(folder, "b.jsonl", mistake);
    assert_true(is_about(gain("far", 1.0), 2.0));
    assert_true(fabs(gain("new", 1.0) - (1.0 + 180 / (180 + days))) < 1e-3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bonus_is_halved_after_half_a_year),
        cmocka_unit_test(age_is_counted_from_the_newest_article),
        cmocka_unit_test(weights_beyond_their_limits_are_refused),
        cmocka_unit_test(a_date_to_come_counts_as_today),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
