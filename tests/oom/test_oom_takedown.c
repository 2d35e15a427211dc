/* Taking articles down and restoring a backup, with each allocation failing in turn: the
 * index is as it was before, or as it was to be, and nothing leaks. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/index/segment/generation.h"
#include "common/index/store/snapshot.h"
#include "indexer/run/restore/restore.h"
#include "indexer/run/takedown/remove.h"
#include "tests/support/fixture.h"

#define ARTICLES 40u
#define TAKEN_DOWN 2u

static char folder[64], corpus[80], index_dir[80], backup_dir[80];

static int set_up(void **state)
{
    dx_run_totals totals;
    dx_snapshot *s;

    (void)state;
    fixture_folder(folder);
    snprintf(corpus, sizeof corpus, "%s/c", folder);
    snprintf(index_dir, sizeof index_dir, "%s/i", folder);
    snprintf(backup_dir, sizeof backup_dir, "%s/b", folder);
    assert_int_equal(mkdir(corpus, 0755), 0);
    fixture_articles(corpus, "many.jsonl", "m", 0, ARTICLES);
    assert_int_equal(fixture_run(index_dir, corpus, false, &totals, NULL), DX_OK);
    assert_int_equal(dx_snapshot_open(index_dir, &s, NULL), DX_OK);
    assert_int_equal(dx_snapshot_copy(s, backup_dir, NULL), DX_OK);
    dx_snapshot_close(s);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dx_mem_fail_after(-1);
    fixture_remove(folder);
    return 0;
}

static dx_status take_down(void)
{
    const char *const ids[] = {"m5", "m6"};
    dx_remove_options options = {.index = index_dir, .ids = ids,
        .id_count = TAKEN_DOWN, .reason = "", .optimize = true,
        .memory_bytes = 64u << 20, .threads = 2};
    dx_remove_totals totals;
    dx_error err = {0};

    return dx_remove(&options, &totals, &err);
}

static dx_status restore(void)
{
    dx_restore_options options = {.from = backup_dir, .to = index_dir,
        .memory_bytes = 64u << 20, .threads = 2};
    dx_error err = {0};
    dx_restore_totals totals;

    return dx_restore(&options, &totals, &err);
}

static uint64_t count_articles(void)
{
    dx_snapshot *s;
    dx_generation g;
    dx_status rc;

    assert_int_equal(dx_snapshot_open(index_dir, &s, NULL), DX_OK);
    assert_int_equal(dx_generation_open(s, &g, NULL), DX_OK);
    uint64_t count = g.docs - g.deleted;
    dx_generation_close(&g);
    dx_snapshot_close(s);
    assert_int_equal(fixture_check(index_dir, &rc), 0);
    assert_int_equal(rc, DX_OK);
    return count;
}

static void has_all_or_not_those(void)
{
    uint64_t count = count_articles();

    assert_true(count == ARTICLES || count == ARTICLES - TAKEN_DOWN);
}

static void fails_cleanly(dx_status (*work)(void))
{
    fixture_fail_each_allocation(work, has_all_or_not_those);
    assert_int_equal(count_articles(), ARTICLES - TAKEN_DOWN);
}

static void taking_down_fails_cleanly(void **state)
{
    (void)state;
    fails_cleanly(take_down);
}

/* Between its publication and that of what is taken down again it has all. */
static void restoring_fails_cleanly(void **state)
{
    (void)state;
    fails_cleanly(restore);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(taking_down_fails_cleanly),
        cmocka_unit_test(restoring_fails_cleanly),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
