/* The file table: what is unchanged, new, gone, kept, over several runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/index/store/snapshot.h"
#include "common/index/store/store.h"
#include "common/index/store/writer.h"
#include "indexer/run/files.h"

static char folder[64];
static dx_writer *store;
static dx_snapshot *snapshot;
static dx_files files;
static uint32_t next_number;

static void begin_run(void)
{
    dx_error err;
    dx_status rc = dx_snapshot_open(folder, &snapshot, &err);

    if (rc != DX_OK && rc != DX_ERR_NOINDEX)
        fail_msg("%s", err.msg);
    dx_files_init(&files, snapshot, next_number);
}

static void end_run(void)
{
    assert_int_equal(dx_files_write(&files, store, NULL), DX_OK);
    assert_int_equal(dx_writer_commit(store, NULL), DX_OK);
    next_number = files.next;
    dx_files_free(&files);
    dx_snapshot_close(snapshot);
    snapshot = NULL;
}

/* Meets a file; its number. */
static uint32_t meet(const char *path, uint64_t bytes, int64_t mtime,
    bool unchanged)
{
    dx_found_file f = {path, path, bytes, mtime, &dx_source_text};
    uint32_t number;
    bool same;

    assert_int_equal(dx_files_find(&files, &f, &number, &same, NULL), DX_OK);
    assert_int_equal(same, unchanged);
    assert_int_equal(dx_files_state(&files, number),
        unchanged ? DX_FILE_KEPT : DX_FILE_READ);
    return number;
}

static void size_and_time_tell_a_change(void **state)
{
    (void)state;
    begin_run();
    uint32_t a = meet("/k/a.txt", 10, 1, false);
    uint32_t b = meet("/k/b.txt", 20, 2, false);
    assert_true(a != b);
    end_run();
    begin_run();
    assert_int_equal(meet("/k/a.txt", 10, 1, true), a);
    assert_int_equal(meet("/k/b.txt", 21, 2, false), b);
    end_run();
    begin_run();
    assert_int_equal(meet("/k/a.txt", 10, 9, false), a);
    assert_int_equal(meet("/k/b.txt", 21, 2, true), b);
    uint32_t c = meet("/k/c.txt", 1, 1, false);
    assert_true(c != a && c != b);
    end_run();
}

static void only_files_under_the_root_can_be_gone(void **state)
{
    (void)state;
    begin_run();
    uint32_t a = meet("/k/a.txt", 1, 1, false);
    uint32_t b = meet("/k/b/b.txt", 1, 1, false);
    uint32_t c = meet("/kho/c.txt", 1, 1, false);
    end_run();
    begin_run();
    meet("/k/a.txt", 1, 1, true);
    assert_int_equal(dx_files_find_gone(&files, "/k", NULL), DX_OK);
    assert_int_equal(dx_files_state(&files, a), DX_FILE_KEPT);
    assert_int_equal(dx_files_state(&files, b), DX_FILE_GONE);
    assert_int_equal(dx_files_state(&files, c), DX_FILE_UNSEEN);
    end_run();
    begin_run(); /* its record went with it */
    assert_true(meet("/k/b/b.txt", 1, 1, false) > c);
    assert_int_equal(dx_files_find_gone(&files, "/", NULL), DX_OK);
    assert_int_equal(dx_files_state(&files, a), DX_FILE_GONE);
    assert_int_equal(dx_files_state(&files, c), DX_FILE_GONE);
    end_run();
}

static void an_unreadable_folder_keeps_its_files(void **state)
{
    (void)state;
    begin_run();
    uint32_t a = meet("/k/kin/a.txt", 1, 1, false);
    uint32_t b = meet("/k/kin.txt", 1, 1, false);
    end_run();
    begin_run();
    assert_int_equal(dx_files_keep_under(&files, "/k/kin", NULL), DX_OK);
    assert_int_equal(dx_files_find_gone(&files, "/k", NULL), DX_OK);
    assert_int_equal(dx_files_state(&files, a), DX_FILE_KEPT);
    assert_int_equal(dx_files_state(&files, b), DX_FILE_GONE);
    end_run();
}

static void an_unreadable_file_is_tried_again(void **state)
{
    (void)state;
    begin_run();
    uint32_t a = meet("/k/a.txt", 1, 1, false);
    end_run();
    begin_run();
    meet("/k/a.txt", 2, 2, false);
    dx_files_keep(&files, a);
    assert_int_equal(dx_files_state(&files, a), DX_FILE_KEPT);
    end_run();
    begin_run();
    assert_int_equal(meet("/k/a.txt", 2, 2, false), a);
    end_run();
}

/* Paths beyond a key's length are found by their hash, and told apart. */
static void long_paths_are_found_again(void **state)
{
    char one[DX_STORE_KEY_MAX * 3], two[sizeof one];

    (void)state;
    for (size_t len = DX_STORE_KEY_MAX - 2; len < DX_STORE_KEY_MAX + 3; len++) {
        memset(one, 'd', len);
        one[0] = '/';
        one[len] = '\0';
        memcpy(two, one, sizeof one);
        two[len - 1] = 'e';
        begin_run();
        uint32_t a = meet(one, len, 1, false);
        uint32_t b = meet(two, len, 1, false);
        end_run();
        begin_run();
        assert_int_equal(meet(one, len, 1, true), a);
        assert_int_equal(meet(two, len, 1, true), b);
        assert_true(a != b);
        end_run();
    }
}

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/dx-files-XXXXXX");
    next_number = 1;
    return mkdtemp(folder) && dx_writer_open(folder, &store, NULL) == DX_OK
               ? 0 : -1;
}

static int tear_down(void **state)
{
    char command[100];

    (void)state;
    dx_writer_close(store);
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
        TEST(size_and_time_tell_a_change),
        TEST(only_files_under_the_root_can_be_gone),
        TEST(an_unreadable_folder_keeps_its_files),
        TEST(an_unreadable_file_is_tried_again),
        TEST(long_paths_are_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
