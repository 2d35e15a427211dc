/* Damaged records: every record of an index is cut and changed, LMDB's file
 * around it staying well-formed and the checksums either left (check must
 * notice) or made right again (so that the decoders meet the damage). Whatever
 * the bytes: an error or a wrong result, never a crash.
 *
 * DX_LONG=1 tries much more; DX_VERBOSE=1 names each attempt, so that the last
 * one named is the one that crashed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "common/base/bytes.h"
#include "common/index/chunk/chunk.h"
#include "common/index/segment/layout/manifest.h"
#include "common/index/store/snapshot.h"
#include "common/index/store/writer.h"
#include "indexer/run/files/check.h"
#include "tests/support/fixture.h"
#include "tests/support/resum.h"

#define RECORDS_MAX 256
#define MERGE_EVERY 10u
#define REOPEN_EVERY 64u /* the writer, so that the file does not grow on */

typedef struct record {
    char key[64];
    size_t key_len;
    uint8_t *bytes; /* owned */
    size_t len;
} record;

static char folder[64], corpus[80], index_dir[80], merge_dir[80];
static record records[RECORDS_MAX];
static size_t record_count;
static dx_writer *writer;
static uint64_t seed = 20240229;

/* ---- the index that is damaged ---- */

static void make_index(void)
{
    dx_run_totals totals;
    dx_error err = {0};

    fixture_samples(corpus);
    fixture_articles(corpus, "many.jsonl", "m", 0, 830);
    assert_int_equal(fixture_run(index_dir, corpus, false, &totals, &err),
        DX_OK);
    fixture_articles(corpus, "many.jsonl", "m", 20, 820); /* 20 go, 10 come */
    fixture_articles(corpus, "more.jsonl", "n", 0, 70);
    assert_int_equal(fixture_run(index_dir, corpus, false, &totals, &err),
        DX_OK);
    assert_int_equal(totals.segments, 2);
    assert_int_equal(totals.events[DX_EVENT_REMOVED], 20);
}

static dx_status keep_record(void *ctx, dx_str key, dx_str value)
{
    record *r = &records[record_count++];

    (void)ctx;
    assert_true(record_count < RECORDS_MAX && key.len < sizeof r->key);
    memcpy(r->key, key.ptr, key.len);
    r->key_len = key.len;
    r->len = value.len;
    r->bytes = malloc(value.len);
    memcpy(r->bytes, value.ptr, value.len);
    return DX_OK;
}

static int set_up(void **state)
{
    dx_snapshot *s;

    (void)state;
    fixture_folder(folder);
    snprintf(corpus, sizeof corpus, "%s/c", folder);
    snprintf(index_dir, sizeof index_dir, "%s/i", folder);
    snprintf(merge_dir, sizeof merge_dir, "%s/m", folder);
    assert_int_equal(mkdir(corpus, 0755), 0);
    assert_int_equal(mkdir(merge_dir, 0755), 0);
    make_index();
    assert_int_equal(dx_snapshot_open(index_dir, &s, NULL), DX_OK);
    assert_int_equal(
        dx_snapshot_each(s, (dx_str){"", 0}, keep_record, NULL, NULL), DX_OK);
    dx_snapshot_close(s);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < record_count; i++)
        free(records[i].bytes);
    dx_writer_close(writer);
    fixture_remove(folder);
    return 0;
}

/* ---- writing damage ---- */

static void put(const record *r, const uint8_t *bytes, size_t len)
{
    dx_str key = {r->key, r->key_len};

    if (!writer)
        assert_int_equal(dx_writer_open(index_dir, &writer, NULL), DX_OK);
    if (len)
        assert_int_equal(dx_writer_put(writer, key,
                             (dx_str){(const char *)bytes, len}, NULL), DX_OK);
    else
        assert_int_equal(dx_writer_delete(writer, key, NULL), DX_OK);
}

static void commit(void)
{
    static unsigned commits;

    assert_int_equal(dx_writer_commit(writer, NULL), DX_OK);
    if (++commits % REOPEN_EVERY == 0) {
        dx_writer_close(writer);
        writer = NULL;
    }
}

static dx_str key_of(const record *r) { return (dx_str){r->key, r->key_len}; }
static bool is_chunk(const record *r) { return resum_is_chunk(key_of(r)); }
static bool is_head(const record *r) { return resum_is_head(key_of(r)); }
static bool has_own_sum(const record *r) { return resum_has_own(key_of(r)); }

static const record *head_of(const record *chunk)
{
    for (size_t i = 0; i < record_count; i++)
        if (is_head(&records[i]) && memcmp(records[i].key, chunk->key, 9) == 0)
            return &records[i];
    fail();
    return NULL;
}

/* Puts a damaged chunk with new sums, and a head that agrees with them. */
static void put_agreeing(const record *chunk, const uint8_t *bytes, size_t len)
{
    const record *head = head_of(chunk);
    size_t data = resum_data_bytes(len), whole = data + dx_chunk_sums_bytes(data);
    uint8_t *summed = malloc(whole);
    uint8_t *copy = malloc(head->len);

    memcpy(copy, head->bytes, head->len);
    memcpy(summed, bytes, data);
    uint64_t checksum = dx_chunk_sum_up(summed, data, summed + data);
    put(chunk, summed, whole);
    free(summed);
    resum_head(copy, head->len, key_of(chunk), data, checksum);
    put(head, copy, head->len);
    free(copy);
}

/* ---- trying it ---- */

static bool is_expected(dx_status rc)
{
    return rc == DX_OK || rc == DX_ERR_CORRUPT || rc == DX_ERR_VERSION ||
           rc == DX_ERR_LIMIT;
}

static void no_problem(void *ctx, const char *problem)
{
    (void)ctx;
    assert_true(*problem != '\0');
}

static void check_file_table(void)
{
    uint64_t problems = 0;
    dx_snapshot *s;

    assert_int_equal(dx_snapshot_open(index_dir, &s, NULL), DX_OK);
    assert_int_equal(
        dx_files_check(s, 1000, no_problem, NULL, &problems, NULL), DX_OK);
    dx_snapshot_close(s);
}

/* Indexing anew and merging read a damaged index, too. */
static void run_on_copy(void)
{
    char from[100], to[100];
    dx_run_totals totals;
    dx_error err = {0};

    snprintf(from, sizeof from, "%s/index.mdb", index_dir);
    snprintf(to, sizeof to, "%s/index.mdb", merge_dir);
    fixture_copy_file(from, to);
    dx_status rc = fixture_run(merge_dir, corpus, true, &totals, &err);
    assert_true(is_expected(rc));
    assert_true(rc == DX_OK || err.msg[0] != '\0');
}

static void try_bytes(const record *r, const uint8_t *bytes, size_t len,
    const char *what)
{
    static unsigned attempts;
    dx_status rc;

    if (getenv("DX_VERBOSE"))
        fprintf(stderr, "%u: %s, %zu of %zu bytes: %s\n", attempts, r->key,
            len, r->len, what);
    put(r, bytes, len);
    if (is_chunk(r)) {
        commit();
        /* A plain change behind the checksum's back is always noticed, also by
         * readers. */
        uint64_t problems = fixture_check(index_dir, &rc);
        assert_int_equal(rc, DX_OK);
        assert_true(problems > 0);
        assert_int_equal(fixture_read_everything(index_dir), DX_ERR_CORRUPT);
        if (len)
            put_agreeing(r, bytes, len);
    }
    if (writer)
        commit();
    if (*r->key == 'f') {
        check_file_table();
    } else {
        assert_true(is_expected(fixture_read_everything(index_dir)));
        fixture_check(index_dir, &rc);
        assert_true(is_expected(rc));
    }
    if (attempts++ % MERGE_EVERY == 0)
        run_on_copy();
    if (is_chunk(r))
        put(head_of(r), head_of(r)->bytes, head_of(r)->len);
    put(r, r->bytes, r->len); /* committed with the next attempt */
}

static void try_cut(const record *r, size_t len)
{
    uint8_t *copy = malloc(r->len);

    if (len < r->len) {
        memcpy(copy, r->bytes, r->len);
        if (has_own_sum(r))
            resum_record(copy, len);
        try_bytes(r, copy, len, "cut");
    }
    free(copy);
}

static void change(uint8_t *bytes, size_t len)
{
    static const uint32_t values[] = {0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF,
        0xFFFFFFFE, 0x10000, 0xFF};
    size_t at = fixture_random(&seed) % len;
    uint64_t how = fixture_random(&seed);

    if (how % 3 == 0 && len >= 4)
        dx_store_u32(bytes + at % (len / 4) * 4,
            values[how / 3 % (sizeof values / sizeof *values)]);
    else if (how % 3 == 1)
        for (size_t i = 0; i < 16 && at + i < len; i++)
            bytes[at + i] = (uint8_t)fixture_random(&seed);
    else
        bytes[at] ^= (uint8_t)(1u << how / 3 % 8);
}

static void try_change(const record *r)
{
    uint8_t *copy = malloc(r->len);

    memcpy(copy, r->bytes, r->len);
    while (memcmp(copy, r->bytes, r->len) == 0)
        change(copy, has_own_sum(r) && r->len > 8 ? r->len - 8 : r->len);
    if (has_own_sum(r))
        resum_record(copy, r->len);
    try_bytes(r, copy, r->len, "changed");
    free(copy);
}

/* ---- tests ---- */

static void an_undamaged_index_is_sound(void **state)
{
    dx_status rc;

    (void)state;
    assert_int_equal(fixture_check(index_dir, &rc), 0);
    assert_int_equal(rc, DX_OK);
    assert_int_equal(fixture_read_everything(index_dir), DX_OK);
}

static void cut_records_never_crash(void **state)
{
    size_t more = fixture_is_long() ? 60 : 1;

    (void)state;
    for (size_t i = 0; i < record_count; i++) {
        const record *r = &records[i];
        try_cut(r, 0);
        try_cut(r, 1);
        try_cut(r, r->len / 2);
        try_cut(r, r->len - 1);
        for (size_t k = 0; k < more; k++)
            try_cut(r, 1 + fixture_random(&seed) % r->len);
    }
}

static void changed_records_never_crash(void **state)
{
    size_t times = fixture_is_long() ? 300 : 6;

    (void)state;
    for (size_t i = 0; i < record_count; i++)
        for (size_t k = 0; k < times; k++)
            try_change(&records[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_undamaged_index_is_sound),
        cmocka_unit_test(cut_records_never_crash),
        cmocka_unit_test(changed_records_never_crash),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
