/* The table of files: what is unchanged, new, gone, kept, over several runs; and
 * their blocks. */
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
#include "indexer/run/files/files.h"

static char folder[64];
static dx_writer *store;
static dx_snapshot *snapshot;
static dx_files files;
static uint32_t next_number;
static uint32_t reading; /* how files are read */

static void begin_run(void)
{
    dx_error err;
    dx_status rc = dx_snapshot_open(folder, &snapshot, &err);

    if (rc != DX_OK && rc != DX_ERR_NOINDEX)
        fail_msg("%s", err.msg);
    dx_files_init(&files, snapshot, next_number, reading, false);
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

/* A file as the walk finds it: `stamp` makes its times and its inode. */
static dx_found_file found_at(const char *path, uint64_t bytes, int64_t stamp)
{
    return (dx_found_file){path, path,
        {bytes, stamp, stamp + 1, (uint64_t)stamp + 2}, false, &dx_source_text};
}

/* Finds it; NULL if it is unchanged. */
static dx_file *find(const dx_found_file *found)
{
    dx_file *file;

    assert_int_equal(dx_files_find(&files, found, &file, NULL), DX_OK);
    return file;
}

/* Adds a block to a file that is being read; its number: that of the first one that
 * it had, or a new one. */
static uint32_t add_block(dx_file *file, uint64_t bytes)
{
    dx_block block = {.bytes = bytes, .records = 3, .hash = {bytes, 7}};

    if (file->blocks.count < file->old_count)
        block.number = file->old[file->blocks.count].number;
    else
        assert_int_equal(dx_files_number(&files, &block.number), DX_OK);
    assert_int_equal(dx_blocks_add(&file->blocks, &block), DX_OK);
    return block.number;
}

static uint32_t number_of(const char *path)
{
    char key[DX_STORE_KEY_MAX + 1];
    dx_file_record r;
    dx_str value;

    assert_int_equal(dx_snapshot_get(snapshot,
                         dx_file_key(dx_str_from(path), key), &value, NULL),
        DX_OK);
    assert_true(dx_file_record_read(value, &r));
    return dx_file_record_block(&r, 0).number;
}

/* Meets a file of one block; its number. */
static uint32_t meet(const char *path, uint64_t bytes, int64_t stamp,
    bool unchanged)
{
    dx_found_file found = found_at(path, bytes, stamp);
    dx_file *file = find(&found);

    assert_int_equal(file == NULL, unchanged);
    uint32_t number = file ? add_block(file, bytes) : number_of(path);
    if (file)
        assert_int_equal(dx_files_finish(&files, file), DX_OK);
    assert_int_equal(dx_files_state(&files, number),
        unchanged ? DX_FILE_KEPT : DX_FILE_READ);
    return number;
}

static void its_stamp_tells_a_change(void **state)
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

static void a_file_that_is_read_otherwise_is_read_again(void **state)
{
    (void)state;
    begin_run();
    uint32_t a = meet("/k/a.txt", 10, 1, false);
    uint32_t b = meet("/k/b.txt", 20, 2, false);
    end_run();
    reading = 5;
    begin_run();
    dx_found_file found = found_at("/k/a.txt", 10, 1);
    dx_file *file = find(&found);
    assert_non_null(file);
    assert_true(file->old->is_stale); /* its bytes being the same is not enough */
    assert_int_equal(add_block(file, 10), a);
    assert_int_equal(dx_files_finish(&files, file), DX_OK);
    end_run(); /* which did not meet the other one */
    begin_run();
    assert_int_equal(meet("/k/a.txt", 10, 1, true), a);
    assert_int_equal(meet("/k/b.txt", 20, 2, false), b);
    end_run();
    reading = 0;
}

/* Size and time may be those of before. */
static void each_part_of_the_stamp_tells(void **state)
{
    (void)state;
    begin_run();
    meet("/k/a.txt", 10, 1, false);
    end_run();
    for (int i = 0; i < 4; i++) {
        dx_found_file found = found_at("/k/a.txt", 10, 1);
        found.stamp.size_bytes += i == 0;
        found.stamp.mtime_ns += i == 1;
        found.stamp.ctime_ns += i == 2;
        found.stamp.inode += i == 3;
        begin_run();
        dx_file *file = find(&found);
        assert_non_null(file);
        assert_int_equal(file->has_grown, i == 0);
        dx_file_free(file);
        dx_files_free(&files);
        dx_snapshot_close(snapshot);
        snapshot = NULL;
    }
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

/* What is indexed of it stays, whether none or some of it could be read; and of a
 * new one that cannot be opened there is nothing to be kept. */
static void an_unreadable_file_is_tried_again(void **state)
{
    dx_found_file changed = found_at("/k/a.txt", 2, 2);
    dx_found_file new = found_at("/k/b.txt", 2, 2);
    dx_file *file;

    (void)state;
    begin_run();
    uint32_t a = meet("/k/a.txt", 1, 1, false);
    end_run();
    for (int blocks = 0; blocks < 2; blocks++) {
        begin_run();
        file = find(&changed);
        assert_int_equal(dx_files_state(&files, a), DX_FILE_READ);
        file->is_failed = true;
        if (blocks)
            assert_int_equal(add_block(file, 5), a);
        assert_int_equal(dx_files_finish(&files, file), DX_OK);
        assert_int_equal(dx_files_state(&files, a), DX_FILE_KEPT);
        file = find(&new);
        file->is_failed = true;
        assert_int_equal(dx_files_finish(&files, file), DX_OK);
        end_run();
        assert_int_equal(files.change_count, 0);
    }
    begin_run();
    assert_int_equal(meet("/k/a.txt", 2, 2, false), a);
    end_run();
}

static void a_stamp_in_doubt_is_none(void **state)
{
    dx_found_file found = found_at("/k/a.txt", 1, 1);

    (void)state;
    begin_run();
    dx_file *file = find(&found);
    add_block(file, 1);
    file->is_doubtful = true;
    assert_int_equal(dx_files_finish(&files, file), DX_OK);
    end_run();
    begin_run();
    meet("/k/a.txt", 1, 1, false);
    end_run();
    begin_run();
    meet("/k/a.txt", 1, 1, true);
    end_run();
}

static void articles_keep_the_name_that_was_first(void **state)
{
    static const char *const names[] = {"a.txt", "./a.txt", "../k/a.txt",
        "/k/a.txt"};

    (void)state;
    for (size_t first = 0; first < 4; first++)
        for (size_t i = 0; i < 4; i++) {
            char path[20];
            snprintf(path, sizeof path, "/k%zu/a.txt", first);
            dx_found_file found = found_at(path, i + 1, 1);
            found.path = names[i ? i : first];
            begin_run();
            dx_file *file = find(&found);
            add_block(file, i + 1);
            assert_true(dx_str_eq(file->record.name, dx_str_from(names[first])));
            assert_int_equal(dx_files_finish(&files, file), DX_OK);
            end_run();
        }
}

/* Where no articles are deleted, blocks that are gone are not forgotten. */
static void absent_blocks_are_kept_on_demand(void **state)
{
    dx_found_file found = found_at("/k/a.jsonl", 1, 1);

    (void)state;
    begin_run();
    dx_file *file = find(&found);
    uint32_t numbers[] = {add_block(file, 10), add_block(file, 20)};
    assert_int_equal(dx_files_finish(&files, file), DX_OK);
    end_run();
    for (int no_delete = 1; no_delete >= 0; no_delete--) {
        begin_run();
        files.no_delete = no_delete;
        found.stamp.size_bytes++;
        file = find(&found);
        assert_int_equal(file->old_count, 2);
        assert_int_equal(file->old[1].number, numbers[1]);
        assert_int_equal(dx_file_present(file), no_delete ? 2 : 1);
        assert_int_equal(add_block(file, 11), numbers[0]);
        assert_int_equal(dx_files_finish(&files, file), DX_OK);
        end_run();
    }
    begin_run();
    found.stamp.size_bytes++;
    file = find(&found);
    assert_int_equal(file->old_count, 1);
    dx_file_free(file);
    end_run();
}

typedef struct places {
    uint32_t numbers[8];
    uint64_t offsets[8];
    size_t count;
} places;

static dx_status note_place(void *ctx, const dx_block_place *place)
{
    places *p = ctx;

    p->numbers[p->count] = place->block.number;
    p->offsets[p->count++] = place->offset;
    return DX_OK;
}

static void blocks_are_found_by_their_numbers(void **state)
{
    dx_found_file a = found_at("/k/a.jsonl", 1, 1);
    dx_found_file b = found_at("/k/b.jsonl", 1, 1);
    places p = {.count = 0};

    (void)state;
    begin_run();
    dx_file *file = find(&a);
    uint32_t first = add_block(file, 10), second = add_block(file, 20);
    assert_int_equal(dx_files_finish(&files, file), DX_OK);
    file = find(&b);
    uint32_t third = add_block(file, 5), fourth = add_block(file, 6);
    assert_int_equal(dx_files_finish(&files, file), DX_OK);
    end_run();
    begin_run(); /* b changes; what this run says of it counts */
    b.stamp.size_bytes++;
    file = find(&b);
    add_block(file, 50);
    add_block(file, 6);
    assert_int_equal(dx_files_finish(&files, file), DX_OK);
    uint32_t wanted[] = {first, second, fourth, fourth + 1};
    assert_int_equal(
        dx_files_each_place(&files, wanted, 4, note_place, &p, NULL), DX_OK);
    assert_int_equal(p.count, 3);
    assert_int_equal(p.numbers[0], fourth);
    assert_int_equal(p.offsets[0], 50);
    assert_int_equal(p.numbers[2], second);
    assert_int_equal(p.offsets[2], 10);
    uint32_t again[] = {second, third};
    assert_int_equal(dx_files_read_again(&files, again, 2, NULL), DX_OK);
    end_run();
    begin_run();
    file = find(&a);
    assert_non_null(file);
    assert_false(file->old[0].is_stale);
    assert_true(file->old[1].is_stale);
    assert_int_equal(file->old[1].records, 3);
    dx_file_free(file);
    file = find(&b);
    assert_non_null(file);
    assert_true(file->old[0].is_stale);
    assert_false(file->old[1].is_stale);
    dx_file_free(file);
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
        TEST(its_stamp_tells_a_change),
        TEST(a_file_that_is_read_otherwise_is_read_again),
        TEST(each_part_of_the_stamp_tells),
        TEST(only_files_under_the_root_can_be_gone),
        TEST(an_unreadable_folder_keeps_its_files),
        TEST(an_unreadable_file_is_tried_again),
        TEST(a_stamp_in_doubt_is_none),
        TEST(articles_keep_the_name_that_was_first),
        TEST(absent_blocks_are_kept_on_demand),
        TEST(blocks_are_found_by_their_numbers),
        TEST(long_paths_are_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
