/* A new index from stored texts: in as little memory as there is, interrupted, and
 * tried again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/segment.h"
#include "common/index/store/snapshot.h"
#include "indexer/invert/rebuild.h"
#include "tests/support/fixture.h"

#define ARTICLES 3000u /* of three batches */

static char folder[64], old_dir[80], new_dir[80];
static atomic_bool stop;
static uint64_t told;

static int set_up(void **state)
{
    dx_run_totals totals;

    (void)state;
    fixture_folder(folder);
    snprintf(old_dir, sizeof old_dir, "%s/old", folder);
    snprintf(new_dir, sizeof new_dir, "%s/new", folder);
    fixture_articles(folder, "a.jsonl", "m", 0, ARTICLES);
    assert_int_equal(fixture_run(old_dir, folder, false, &totals, NULL), DX_OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_remove(folder);
    return 0;
}

static void note(void *ctx, uint64_t articles, uint64_t of)
{
    (void)ctx;
    assert_true(articles > told);
    assert_int_equal(of, ARTICLES);
    told = articles;
    if (articles > ARTICLES / 2)
        atomic_store(&stop, true);
}

/* With so little memory each batch becomes a segment. */
static dx_rebuild_options little_memory(void)
{
    return (dx_rebuild_options){.from = old_dir, .to = new_dir,
        .memory_bytes = 1, .threads = 2};
}

/* Ids, in order. */
static void expect_same_articles(void)
{
    dx_generation g;
    dx_snapshot *s;
    dx_meta_reader r;
    dx_meta meta;
    unsigned number = 0;
    dx_status rc;

    dx_meta_reader_init(&r);
    assert_int_equal(dx_snapshot_open(new_dir, &s, NULL), DX_OK);
    assert_int_equal(dx_generation_open(s, &g, NULL), DX_OK);
    assert_int_equal(g.segment_count, 3);
    for (size_t i = 0; i < g.segment_count; i++) {
        for (uint32_t d = 0; d < dx_segment_docs(g.segments[i]); d++) {
            char id[32];
            snprintf(id, sizeof id, "m%u", number++);
            assert_int_equal(dx_segment_read_meta(g.segments[i], d, &r, &meta),
                DX_OK);
            assert_true(dx_str_eq(meta.id, dx_str_from(id)));
        }
    }
    assert_int_equal(number, ARTICLES);
    dx_meta_reader_free(&r);
    dx_generation_close(&g);
    dx_snapshot_close(s);
    assert_int_equal(fixture_check(new_dir, &rc), 0);
    assert_int_equal(rc, DX_OK);
}

static void an_interrupted_one_leaves_no_index(void **state)
{
    dx_rebuild_options options = little_memory();
    dx_generation g;
    dx_snapshot *s;
    dx_error err = {0};
    uint64_t articles;

    (void)state;
    options.stop = &stop;
    options.on_progress = note;
    assert_int_equal(dx_rebuild(&options, &articles, &err),
        DX_ERR_INTERRUPTED);
    assert_int_equal(dx_snapshot_open(new_dir, &s, NULL), DX_OK);
    assert_int_equal(dx_generation_open(s, &g, NULL), DX_OK);
    assert_int_equal(g.segment_count, 0);
    dx_generation_close(&g);
    dx_snapshot_close(s);
}

static void it_can_be_tried_again_in_little_memory(void **state)
{
    dx_rebuild_options options = little_memory();
    uint64_t articles;

    (void)state;
    assert_int_equal(dx_rebuild(&options, &articles, NULL), DX_OK);
    assert_int_equal(articles, ARTICLES);
    expect_same_articles();
}

static void an_index_is_not_replaced(void **state)
{
    dx_rebuild_options options = little_memory();
    dx_error err = {0};
    uint64_t articles;

    (void)state;
    assert_int_equal(dx_rebuild(&options, &articles, &err), DX_ERR_INVALID);
    assert_non_null(strstr(err.msg, new_dir));
    options.to = old_dir;
    assert_int_equal(dx_rebuild(&options, &articles, &err), DX_ERR_INVALID);
    expect_same_articles();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_interrupted_one_leaves_no_index),
        cmocka_unit_test(it_can_be_tried_again_in_little_memory),
        cmocka_unit_test(an_index_is_not_replaced),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
