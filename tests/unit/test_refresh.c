/* An index that moves on while its results are read and others search it. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "searcher/include/dx/search.h"
#include "tests/support/fixture.h"

#define SEARCHERS 3
#define PUBLICATIONS 12u

static char folder[64];

/* One file a publication: its articles are added to those before. */
static void publish(unsigned number, unsigned articles)
{
    char name[32], prefix[32];

    snprintf(name, sizeof name, "%u.jsonl", number);
    snprintf(prefix, sizeof prefix, "p%u-", number);
    fixture_articles(folder, name, prefix, 0, articles);
    fixture_index_file(folder, name);
}

static uint64_t total_of(dx_index *ix)
{
    dx_results *rs;

    assert_int_equal(dx_search(ix, "chuyển đổi số", NULL, &rs, NULL), DX_OK);
    uint64_t total = dx_results_total(rs);
    dx_results_free(rs);
    return total;
}

static void only_a_refresh_shows_what_is_new(void **state)
{
    (void)state;
    fixture_folder(folder);
    publish(0, 20);
    dx_index *ix = fixture_open(folder);
    assert_int_equal(total_of(ix), 20);
    assert_int_equal(dx_index_refresh(ix, NULL), DX_OK);
    assert_int_equal(total_of(ix), 20);
    publish(1, 5);
    assert_int_equal(total_of(ix), 20);
    assert_int_equal(dx_index_refresh(ix, NULL), DX_OK);
    assert_int_equal(total_of(ix), 25);
    assert_int_equal(dx_index_articles(ix), 25);
    fixture_close(ix, folder);
}

static void each_publication_has_a_number_of_its_own(void **state)
{
    (void)state;
    fixture_folder(folder);
    publish(0, 20);
    dx_index *ix = fixture_open(folder), *other = fixture_open(folder);
    uint64_t first = dx_index_generation(ix);
    int64_t written = dx_index_written(ix);
    struct timespec now; /* time() may be a tick behind the time of a file */
    assert_int_equal(clock_gettime(CLOCK_REALTIME, &now), 0);
    assert_int_equal(dx_index_generation(other), first);
    assert_true(written > 1600000000 && written <= (int64_t)now.tv_sec);
    publish(1, 5);
    assert_int_equal(dx_index_generation(ix), first);
    assert_int_equal(dx_index_refresh(ix, NULL), DX_OK);
    assert_int_not_equal(dx_index_generation(ix), first);
    assert_int_equal(dx_index_generation(other), first);
    assert_int_equal(dx_index_refresh(other, NULL), DX_OK);
    assert_int_equal(dx_index_generation(other), dx_index_generation(ix));
    assert_true(dx_index_written(ix) >= written);
    dx_index_close(other);
    fixture_close(ix, folder);
}

static void read_hits(dx_results *rs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const dx_hit *hit = dx_results_hit(rs, i);
        assert_non_null(hit);
        assert_int_equal(*dx_hit_field(hit, "id"), 'p');
        assert_true(*dx_hit_field(hit, "title") != '\0');
        assert_non_null(strstr(dx_hit_snippet(hit, NULL), "<b>"));
    }
}

static void results_stay_with_what_they_were_made_of(void **state)
{
    dx_results *before, *after;

    (void)state;
    fixture_folder(folder);
    publish(0, 20);
    dx_index *ix = fixture_open(folder);
    assert_int_equal(dx_search(ix, "chuyển đổi", NULL, &before, NULL), DX_OK);
    publish(0, 15); /* replaces all of them */
    assert_int_equal(dx_index_refresh(ix, NULL), DX_OK);
    assert_int_equal(dx_search(ix, "chuyển đổi", NULL, &after, NULL), DX_OK);
    assert_int_equal(dx_results_total(before), 20);
    assert_int_equal(dx_results_total(after), 15);
    read_hits(before, 10);
    dx_index_close(ix);
    read_hits(before, 10);
    read_hits(after, 10);
    dx_results_free(before);
    dx_results_free(after);
    fixture_remove(folder);
}

static void an_index_that_is_gone_leaves_it_where_it_was(void **state)
{
    char file[100];
    dx_error err;

    (void)state;
    fixture_folder(folder);
    publish(0, 20);
    dx_index *ix = fixture_open(folder);
    publish(1, 5);
    snprintf(file, sizeof file, "%s/i", folder);
    fixture_remove(file);
    assert_int_not_equal(dx_index_refresh(ix, &err), DX_OK);
    assert_true(*err.msg != '\0');
    assert_int_equal(total_of(ix), 20);
    fixture_close(ix, folder);
}

/* ---- threads ---- */

static dx_index *shared;
static atomic_bool stop;
static atomic_uint failures, searches;

static void expect(bool holds) { atomic_fetch_add(&failures, !holds); }

/* Two results at once, so that older ones are read when newer ones are there.
 * What is published only grows, so no search finds less than one before. */
static void *search(void *arg)
{
    uint64_t last = 0;

    (void)arg;
    while (!atomic_load(&stop)) {
        dx_results *a = NULL, *b = NULL;
        expect(dx_search(shared, "chuyen doi", NULL, &a, NULL) == DX_OK);
        expect(dx_search(shared, "chuyển đổi số", NULL, &b, NULL) == DX_OK);
        expect(dx_results_total(a) >= last);
        last = dx_results_total(a);
        expect(dx_results_total(b) >= last);
        for (const dx_hit *hit; (hit = dx_results_next(a)) != NULL;)
            expect(*dx_hit_field(hit, "id") == 'p' &&
                   *dx_hit_snippet(hit, NULL));
        dx_results_free(a);
        expect(dx_results_hit(b, 0) && *dx_hit_title(dx_results_hit(b, 0), NULL));
        dx_results_free(b);
        atomic_fetch_add(&searches, 1);
    }
    return NULL;
}

static void *refresh(void *arg)
{
    (void)arg;
    while (!atomic_load(&stop)) {
        expect(dx_index_refresh(shared, NULL) == DX_OK);
        expect(dx_index_articles(shared) >= 20);
    }
    return NULL;
}

/* Goes on when the searchers have been there. */
static void wait_for_searches(void)
{
    unsigned before = atomic_load(&searches);

    while (atomic_load(&searches) < before + SEARCHERS)
        ;
}

static void searching_and_refreshing_go_on_at_once(void **state)
{
    pthread_t threads[SEARCHERS + 2];

    (void)state;
    fixture_folder(folder);
    publish(0, 20);
    shared = fixture_open(folder);
    for (int i = 0; i < SEARCHERS + 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL,
                             i < SEARCHERS ? search : refresh, NULL), 0);
    for (unsigned i = 1; i <= PUBLICATIONS; i++) {
        publish(i, 3);
        wait_for_searches();
    }
    atomic_store(&stop, true);
    for (int i = 0; i < SEARCHERS + 2; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(atomic_load(&failures), 0);
    assert_int_equal(dx_index_refresh(shared, NULL), DX_OK);
    assert_int_equal(dx_index_articles(shared), 20 + 3 * PUBLICATIONS);
    fixture_close(shared, folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_a_refresh_shows_what_is_new),
        cmocka_unit_test(each_publication_has_a_number_of_its_own),
        cmocka_unit_test(results_stay_with_what_they_were_made_of),
        cmocka_unit_test(an_index_that_is_gone_leaves_it_where_it_was),
        cmocka_unit_test(searching_and_refreshing_go_on_at_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
