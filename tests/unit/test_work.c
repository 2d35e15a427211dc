/* Work that is counted by some threads and watched by another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

#include "indexer/invert/work.h"

static void per_cent_are_at_most_99(void **state)
{
    dx_work w = {0};

    (void)state;
    assert_int_equal(dx_work_percent(&w), 0);
    dx_work_begin(&w, 200);
    assert_int_equal(dx_work_percent(&w), 0);
    dx_work_add(&w, 3);
    assert_int_equal(dx_work_percent(&w), 1);
    dx_work_add(&w, 197);
    assert_int_equal(dx_work_percent(&w), 99);
    dx_work_add(&w, 50); /* a guess was too low */
    assert_int_equal(dx_work_percent(&w), 99);
    dx_work_begin(&w, 10);
    assert_int_equal(dx_work_percent(&w), 0);
}

static void nobody_need_ask(void **state)
{
    (void)state;
    dx_work_begin(NULL, 1);
    dx_work_add(NULL, 1);
}

typedef struct told {
    unsigned times, last, falls;
} told;

static void tell(void *ctx, unsigned percent)
{
    told *t = ctx;

    t->times++;
    t->falls += percent < t->last;
    t->last = percent;
}

static void a_watch_tells_several_times_a_second(void **state)
{
    const struct timespec pause = {0, 20000000L};
    dx_work_watch watch;
    dx_work w = {0};
    told t = {0};

    (void)state;
    dx_work_watch_start(&watch, &w, tell, &t);
    nanosleep(&(struct timespec){0, 250000000L}, NULL);
    dx_work_watch_stop(&watch);
    assert_int_equal(t.times, 0); /* there was nothing to do */

    dx_work_watch_start(&watch, &w, tell, &t);
    dx_work_begin(&w, 100);
    for (unsigned i = 0; i < 50; i++) {
        dx_work_add(&w, 1);
        if (i == 25)
            atomic_store(&w.total, 120);
        nanosleep(&pause, NULL);
    }
    dx_work_watch_stop(&watch);
    assert_true(t.times >= 3);
    assert_int_equal(t.falls, 0);
    assert_in_range(t.last, 10, 50);
    unsigned times = t.times;
    nanosleep(&(struct timespec){0, 250000000L}, NULL);
    assert_int_equal(t.times, times);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(per_cent_are_at_most_99),
        cmocka_unit_test(nobody_need_ask),
        cmocka_unit_test(a_watch_tells_several_times_a_second),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
