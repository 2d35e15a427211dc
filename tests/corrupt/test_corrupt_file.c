/* A damaged index.mdb: cut short at any length is a clear error; pages of
 * records overwritten are never a crash. (LMDB trusts the pages it keeps its
 * own tree in, and these are not protected: `dxindex check` reads in another
 * process for that reason, as tests/cli/check.sh shows.) */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "common/base/bytes.h"
#include "common/index/segment/layout/manifest.h"
#include "common/index/store/snapshot.h"
#include "tests/support/fixture.h"

/* LMDB's page header: page number, 2 spare bytes, flags, and on the first of a
 * run of overflow pages their number. */
#define FLAGS_AT 10u
#define RUN_AT 12u
#define OVERFLOW_FLAG 0x04u

static char folder[64], index_dir[80], file[100], damaged[100];
static uint8_t *bytes;
static size_t len, page;
static uint64_t seed = 20251128;

static int set_up(void **state)
{
    char corpus[80];
    dx_run_totals totals;
    dx_store_info info;
    dx_snapshot *s;

    (void)state;
    fixture_folder(folder);
    snprintf(corpus, sizeof corpus, "%s/c", folder);
    snprintf(index_dir, sizeof index_dir, "%s/i", folder);
    snprintf(file, sizeof file, "%s/index.mdb", index_dir);
    snprintf(damaged, sizeof damaged, "%s/d", folder);
    assert_int_equal(mkdir(corpus, 0755), 0);
    assert_int_equal(mkdir(damaged, 0755), 0);
    fixture_samples(corpus);
    assert_int_equal(fixture_run(index_dir, corpus, false, &totals, NULL),
        DX_OK);
    assert_int_equal(dx_snapshot_open(index_dir, &s, NULL), DX_OK);
    assert_int_equal(dx_snapshot_info(s, &info, NULL), DX_OK);
    dx_snapshot_close(s);
    bytes = fixture_read(file, &len);
    page = (size_t)info.page_bytes;
    assert_int_equal(len, info.pages_used * page);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    free(bytes);
    fixture_remove(folder);
    return 0;
}

static void expect_cut_is_told(size_t cut)
{
    dx_error err = {0};
    dx_run_totals totals;
    dx_snapshot *s;

    fixture_write(damaged, "index.mdb", bytes, cut);
    dx_status rc = dx_snapshot_open(damaged, &s, &err);
    assert_null(s);
    assert_int_equal(rc, cut ? DX_ERR_CORRUPT : DX_ERR_NOINDEX);
    assert_non_null(strstr(err.msg, damaged));
    if (!cut)
        return; /* an indexer that was killed at once: start anew */
    rc = fixture_run(damaged, "/nowhere", false, &totals, &err);
    assert_int_equal(rc, DX_ERR_CORRUPT);
    assert_non_null(strstr(err.msg, damaged));
}

static void a_file_cut_short_is_a_clear_error(void **state)
{
    size_t step = fixture_is_long() ? page / 4 : page * 7 + 1;

    (void)state;
    expect_cut_is_told(0);
    expect_cut_is_told(1);
    expect_cut_is_told(page - 1);
    expect_cut_is_told(page);
    expect_cut_is_told(2 * page - 1);
    expect_cut_is_told(2 * page);
    expect_cut_is_told(len - 1);
    for (size_t cut = 2 * page + 1; cut < len; cut += step)
        expect_cut_is_told(cut);
}

static void no_file_of_ours_is_a_clear_error(void **state)
{
    uint8_t *noise = malloc(len);
    dx_error err = {0};
    dx_snapshot *s;

    (void)state;
    for (size_t i = 0; i < len; i++)
        noise[i] = (uint8_t)fixture_random(&seed);
    fixture_write(damaged, "index.mdb", noise, len);
    assert_int_equal(dx_snapshot_open(damaged, &s, &err), DX_ERR_CORRUPT);
    assert_non_null(strstr(err.msg, damaged));
    memset(noise, 0, len);
    fixture_write(damaged, "index.mdb", noise, len);
    assert_int_equal(dx_snapshot_open(damaged, &s, &err), DX_ERR_CORRUPT);
    free(noise);
}

/* Overwrites some of the bytes [at, at + room). */
static void expect_no_crash(uint8_t *copy, size_t at, size_t room)
{
    dx_status rc;

    memcpy(copy, bytes, len);
    for (size_t i = fixture_random(&seed) % room, n = 0; n < 64 && i < room;
         i++, n++)
        copy[at + i] = (uint8_t)fixture_random(&seed);
    fixture_write(damaged, "index.mdb", copy, len);
    rc = fixture_read_everything(damaged);
    assert_true(rc == DX_OK || rc == DX_ERR_CORRUPT);
    fixture_check(damaged, &rc);
    assert_int_equal(rc, DX_OK);
}

/* Each run of record pages, after its header. */
static void overwritten_records_never_crash(void **state)
{
    uint8_t *copy = malloc(len);
    size_t runs = 0;

    (void)state;
    for (size_t at = 2 * page; at + page <= len;) {
        size_t pages = 1;
        if (dx_load_u16(bytes + at + FLAGS_AT) & OVERFLOW_FLAG) {
            pages = dx_load_u32(bytes + at + RUN_AT);
            for (unsigned times = 0; times < 4; times++)
                expect_no_crash(copy, at + 16, pages * page - 16);
            runs++;
        }
        at += pages * page;
    }
    assert_true(runs >= 4);
    free(copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_cut_short_is_a_clear_error),
        cmocka_unit_test(no_file_of_ours_is_a_clear_error),
        cmocka_unit_test(overwritten_records_never_crash),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
