/* The store: what is committed is seen, all of it or nothing, by readers that
 * hold on to what they see; one writer at a time; whatever length the file
 * has. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/index/store/snapshot.h"
#include "common/index/store/store.h"
#include "common/index/store/writer.h"
#include "tests/support/fixture.h"

#define KEYS 40
#define GENERATIONS 30
#define READERS 3

static char folder[64], dir[80], file[100];

static int set_up(void **state)
{
    (void)state;
    fixture_folder(folder);
    snprintf(dir, sizeof dir, "%s/i", folder);
    snprintf(file, sizeof file, "%s/index.mdb", dir);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_remove(folder);
    return 0;
}

static dx_writer *open_writer(void)
{
    dx_writer *w;
    dx_error err = {0};

    if (dx_writer_open(dir, &w, &err) != DX_OK)
        print_message("%s\n", err.msg);
    assert_non_null(w);
    return w;
}

static dx_snapshot *open_reader(void)
{
    dx_snapshot *s;
    dx_error err = {0};

    if (dx_snapshot_open(dir, &s, &err) != DX_OK)
        print_message("%s\n", err.msg);
    assert_non_null(s);
    return s;
}

static void put(dx_writer *w, const char *key, const char *value)
{
    assert_int_equal(
        dx_writer_put(w, dx_str_from(key), dx_str_from(value), NULL), DX_OK);
}

static void commit(dx_writer *w)
{
    assert_int_equal(dx_writer_commit(w, NULL), DX_OK);
}

static void expect(dx_snapshot *s, const char *key, const char *value)
{
    dx_str got;

    assert_int_equal(dx_snapshot_get(s, dx_str_from(key), &got, NULL), DX_OK);
    assert_true(dx_str_eq(got, dx_str_from(value)));
}

/* ---- one after the other ---- */

static void no_index_is_told_with_the_remedy(void **state)
{
    dx_error err = {0};
    dx_snapshot *s;

    (void)state;
    assert_int_equal(dx_snapshot_open(dir, &s, &err), DX_ERR_NOINDEX);
    assert_null(s);
    assert_non_null(strstr(err.msg, "dxindex --index"));
}

static void only_what_is_committed_is_seen(void **state)
{
    dx_writer *w = open_writer();

    (void)state;
    put(w, "a", "1");
    commit(w);
    put(w, "a", "2");
    put(w, "b", "2");
    dx_snapshot *before = open_reader();
    expect(before, "a", "1");
    expect(before, "b", "");
    assert_false(dx_snapshot_is_stale(before));
    commit(w);
    expect(before, "a", "1");
    assert_true(dx_snapshot_is_stale(before));
    dx_snapshot *after = open_reader();
    expect(after, "a", "2");
    put(w, "a", "3");
    dx_writer_close(w); /* drops it */
    dx_snapshot *last = open_reader();
    expect(last, "a", "2");
    dx_snapshot_close(last);
    dx_snapshot_close(after);
    dx_snapshot_close(before);
}

static dx_status note_key(void *ctx, dx_str key, dx_str value)
{
    char *all = ctx;

    (void)value;
    strncat(all, key.ptr, key.len);
    strcat(all, " ");
    return key.len == 3 ? DX_ERR_LIMIT : DX_OK;
}

static void keys_come_in_order_by_prefix(void **state)
{
    static const char *const keys[] = {"b", "ab", "a", "ac", "c", "aaa"};
    char seen[64] = "";
    dx_writer *w = open_writer();

    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        put(w, keys[i], "x");
    assert_int_equal(
        dx_writer_each(w, DX_STR_LIT("ab"), note_key, seen, NULL), DX_OK);
    assert_string_equal(seen, "ab ");
    assert_int_equal(dx_writer_delete(w, DX_STR_LIT("nothing"), NULL), DX_OK);
    assert_int_equal(dx_writer_delete(w, DX_STR_LIT("aaa"), NULL), DX_OK);
    commit(w);
    dx_writer_close(w);
    dx_snapshot *s = open_reader();
    *seen = '\0';
    assert_int_equal(
        dx_snapshot_each(s, DX_STR_LIT("a"), note_key, seen, NULL), DX_OK);
    assert_string_equal(seen, "a ab ac ");
    *seen = '\0';
    assert_int_equal(
        dx_snapshot_each(s, DX_STR_LIT(""), note_key, seen, NULL), DX_OK);
    assert_string_equal(seen, "a ab ac b c ");
    dx_snapshot_close(s);
}

static void what_each_returns_ends_the_walk(void **state)
{
    char seen[64] = "";
    dx_writer *w = open_writer();

    (void)state;
    put(w, "a", "x");
    put(w, "bbb", "x");
    put(w, "c", "x");
    assert_int_equal(
        dx_writer_each(w, DX_STR_LIT(""), note_key, seen, NULL), DX_ERR_LIMIT);
    assert_string_equal(seen, "a bbb ");
    dx_writer_close(w);
}

/* Values that lie within a page, and one of many pages. */
static void what_is_read_is_what_the_map_shows(void **state)
{
    static char large[100000];
    char copy[sizeof large];
    const char *const keys[] = {"read-large", "read-small", "read-tail"};

    (void)state;
    for (size_t i = 0; i < sizeof large - 1; i++)
        large[i] = (char)('a' + i * i % 23);
    dx_writer *w = open_writer();
    put(w, keys[0], large);
    put(w, keys[1], "small");
    put(w, keys[2], "a little more");
    commit(w);
    dx_writer_close(w);
    dx_snapshot *s = open_reader();
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        dx_str v;
        assert_int_equal(dx_snapshot_get(s, dx_str_from(keys[i]), &v, NULL),
            DX_OK);
        for (size_t from = 0; from < v.len; from = 2 * from + 1) {
            memset(copy, 0, sizeof copy);
            dx_snapshot_read(s, (dx_str){v.ptr + from, v.len - from}, copy);
            assert_memory_equal(copy, v.ptr + from, v.len - from);
            assert_int_equal(copy[v.len - from], 0);
        }
    }
    dx_snapshot_close(s);
}

static void a_key_may_be_as_long_as_the_limit(void **state)
{
    char key[DX_STORE_KEY_MAX + 1];
    dx_writer *w = open_writer();

    (void)state;
    memset(key, 'k', sizeof key);
    assert_int_equal(dx_writer_put(w, (dx_str){key, DX_STORE_KEY_MAX},
                         DX_STR_LIT("x"), NULL), DX_OK);
    assert_int_equal(dx_writer_put(w, (dx_str){key, DX_STORE_KEY_MAX + 1},
                         DX_STR_LIT("x"), NULL), DX_ERR_LIMIT);
    assert_int_equal(dx_writer_put(w, (dx_str){key, 0}, DX_STR_LIT("x"), NULL),
        DX_ERR_LIMIT);
    dx_writer_close(w);
}

static void a_second_writer_is_refused(void **state)
{
    dx_writer *w = open_writer(), *second;
    dx_error err = {0};

    (void)state;
    assert_int_equal(dx_writer_open(dir, &second, &err), DX_ERR_BUSY);
    assert_null(second);
    assert_non_null(strstr(err.msg, dir));
    dx_writer_close(w);
    w = open_writer();
    dx_writer_close(w);
}

/* ---- readers while a writer is at work ---- */

static void publish(dx_writer *w, unsigned generation)
{
    char key[16], value[3000];

    memset(value, 'x', sizeof value);
    snprintf(value, sizeof value, "%u", generation);
    for (unsigned i = 0; i < KEYS; i++) {
        snprintf(key, sizeof key, "k%02u", i);
        assert_int_equal(dx_writer_put(w, dx_str_from(key),
                             (dx_str){value, sizeof value}, NULL), DX_OK);
    }
    commit(w);
}

static dx_status note_generation(void *ctx, dx_str key, dx_str value)
{
    unsigned *seen = ctx; /* smallest, largest, keys */
    unsigned generation = (unsigned)atoi(value.ptr);

    (void)key;
    seen[0] = seen[2] && seen[0] < generation ? seen[0] : generation;
    seen[1] = seen[1] > generation ? seen[1] : generation;
    seen[2]++;
    return DX_OK;
}

/* The one generation that a snapshot shows, or 0. */
static unsigned generation_of(dx_snapshot *s)
{
    unsigned seen[3] = {0, 0, 0};

    if (dx_snapshot_each(s, DX_STR_LIT("k"), note_generation, seen, NULL) !=
            DX_OK ||
        seen[2] != KEYS || seen[0] != seen[1])
        return 0;
    return seen[0];
}

typedef struct reader {
    pthread_t thread;
    _Atomic bool *done;
    unsigned reads, wrong; /* wrong: torn, or older than the one before */
} reader;

static void *read_on(void *arg)
{
    reader *r = arg;
    unsigned before = 1;

    do {
        dx_snapshot *s;
        if (dx_snapshot_open(dir, &s, NULL) != DX_OK) {
            r->wrong++;
            continue;
        }
        unsigned first = generation_of(s);
        unsigned again = generation_of(s); /* while more is published */
        r->wrong += first < before || again != first;
        before = first;
        r->reads++;
        dx_snapshot_close(s);
    } while (!atomic_load(r->done));
    return NULL;
}

static void readers_in_threads_see_whole_generations(void **state)
{
    _Atomic bool done = false;
    reader readers[READERS] = {0};
    dx_writer *w = open_writer();

    (void)state;
    publish(w, 1);
    for (int i = 0; i < READERS; i++) {
        readers[i].done = &done;
        assert_int_equal(
            pthread_create(&readers[i].thread, NULL, read_on, &readers[i]), 0);
    }
    for (unsigned g = 2; g <= GENERATIONS; g++) {
        publish(w, g);
        if (g % 3 == 0) { /* pages are reused by a writer that comes anew */
            dx_writer_close(w);
            w = open_writer();
        }
    }
    dx_writer_close(w);
    atomic_store(&done, true);
    for (int i = 0; i < READERS; i++) {
        assert_int_equal(pthread_join(readers[i].thread, NULL), 0);
        assert_int_equal(readers[i].wrong, 0);
        assert_true(readers[i].reads > 0);
    }
    dx_snapshot *s = open_reader();
    assert_int_equal(generation_of(s), GENERATIONS);
    dx_snapshot_close(s);
}

/* It outlasts the writer's patience, so the writer goes on in a new file. */
static void a_reader_keeps_its_generation_however_long(void **state)
{
    dx_writer *w = open_writer();

    (void)state;
    publish(w, 1);
    dx_snapshot *s = open_reader();
    publish(w, 2);
    dx_writer_close(w);
    for (unsigned g = 3; g < 9; g++) {
        w = open_writer();
        publish(w, g);
        publish(w, g);
        dx_writer_close(w);
        assert_int_equal(generation_of(s), 1);
        assert_true(dx_snapshot_is_stale(s));
    }
    dx_snapshot *now = open_reader();
    assert_int_equal(generation_of(now), 8);
    dx_snapshot_close(now);
    dx_snapshot_close(s);
}

/* ---- the file ---- */

static void space_is_reused_and_given_back(void **state)
{
    struct stat before, after;
    dx_store_info info;

    (void)state;
    for (unsigned g = 1; g <= 20; g++) {
        dx_writer *w = open_writer();
        publish(w, g);
        dx_writer_close(w);
        if (g == 5)
            assert_int_equal(stat(file, &before), 0);
    }
    assert_int_equal(stat(file, &after), 0);
    assert_true(after.st_size <= before.st_size);
    dx_writer *w = open_writer(), *fresh;
    assert_int_equal(dx_writer_begin_fresh(w, &fresh, NULL), DX_OK);
    publish(fresh, 20);
    assert_int_equal(dx_writer_end_fresh(w, fresh, NULL), DX_OK);
    dx_writer_close(fresh);
    dx_writer_close(w);
    assert_int_equal(stat(file, &after), 0);
    assert_true(after.st_size < before.st_size);
    dx_snapshot *s = open_reader();
    assert_int_equal(generation_of(s), 20);
    assert_int_equal(dx_snapshot_info(s, &info, NULL), DX_OK);
    assert_int_equal(info.file_bytes, after.st_size);
    assert_int_equal(info.pages_free, 0);
    dx_snapshot_close(s);
}

/* Pages of deleted values, as many generations as there may be in one run. */
static off_t size_after_generations(bool unpin)
{
    struct stat now;
    dx_writer *w = open_writer();

    for (unsigned g = 1; g <= 20; g++) {
        publish(w, g);
        if (unpin)
            dx_writer_unpin(w);
    }
    dx_writer_close(w);
    assert_int_equal(stat(file, &now), 0);
    return now.st_size;
}

static void a_writer_uses_room_again_once_it_lets_go(void **state)
{
    off_t unpinned = size_after_generations(true);

    (void)state;
    assert_int_equal(unlink(file), 0);
    assert_true(unpinned * 2 < size_after_generations(false));
}

static void room_that_is_read_is_not_used_again(void **state)
{
    dx_writer *w = open_writer();

    (void)state;
    publish(w, 1);
    dx_snapshot *s = open_reader();
    for (unsigned g = 2; g <= 20; g++) {
        publish(w, g);
        dx_writer_unpin(w);
        assert_int_equal(generation_of(s), 1);
    }
    dx_snapshot_close(s);
    dx_writer_close(w);
}

static void a_fresh_file_that_does_not_end_leaves_no_trace(void **state)
{
    char fresh_path[120];
    struct stat info;
    dx_writer *fresh, *w = open_writer();

    (void)state;
    publish(w, 1);
    snprintf(fresh_path, sizeof fresh_path, "%s.new", file);
    assert_int_equal(dx_writer_begin_fresh(w, &fresh, NULL), DX_OK);
    publish(fresh, 2);
    assert_int_equal(stat(fresh_path, &info), 0);
    dx_writer_close(fresh);
    assert_int_equal(stat(fresh_path, &info), -1);
    dx_writer_close(w);
    FILE *left = fopen(fresh_path, "w"); /* by one that was killed */
    assert_non_null(left);
    fclose(left);
    dx_writer_close(open_writer());
    assert_int_equal(stat(fresh_path, &info), -1);
    dx_snapshot *s = open_reader();
    assert_int_equal(generation_of(s), 1);
    dx_snapshot_close(s);
}

static void a_reader_keeps_the_file_that_a_fresh_one_replaces(void **state)
{
    dx_writer *fresh, *w = open_writer();

    (void)state;
    publish(w, 1);
    dx_snapshot *s = open_reader();
    assert_int_equal(dx_writer_begin_fresh(w, &fresh, NULL), DX_OK);
    publish(fresh, 2);
    assert_int_equal(dx_writer_end_fresh(w, fresh, NULL), DX_OK);
    dx_writer_close(fresh);
    assert_int_equal(generation_of(s), 1);
    assert_true(dx_snapshot_is_stale(s));
    publish(w, 3); /* the writer goes on in it */
    dx_snapshot *now = open_reader();
    assert_int_equal(generation_of(now), 3);
    assert_int_equal(generation_of(s), 1);
    dx_snapshot_close(now);
    dx_snapshot_close(s);
    dx_writer_close(w);
}

static void a_copy_is_whole_and_replaces_nothing(void **state)
{
    char copy[100];
    dx_error err = {0};
    dx_writer *w = open_writer();

    (void)state;
    publish(w, 1);
    dx_snapshot *s = open_reader();
    publish(w, 2); /* uncommitted and later work does not disturb it */
    put(w, "k00", "no");
    snprintf(copy, sizeof copy, "%s/copy", folder);
    assert_int_equal(dx_snapshot_copy(s, copy, NULL), DX_OK);
    assert_int_equal(dx_snapshot_copy(s, copy, &err), DX_ERR_INVALID);
    assert_non_null(strstr(err.msg, "another directory"));
    dx_snapshot_close(s);
    dx_writer_close(w);
    assert_int_equal(dx_snapshot_open(copy, &s, NULL), DX_OK);
    assert_true(generation_of(s) == 1 || generation_of(s) == 2);
    dx_snapshot_close(s);
}

/* Generation 4 in a file whose end is not in use: a big value was there. */
static void make_file_with_a_free_end(void)
{
    static char big[2000000];
    dx_writer *w = open_writer();

    memset(big, 'b', sizeof big);
    publish(w, 1);
    assert_int_equal(dx_writer_put(w, DX_STR_LIT("big"),
                         (dx_str){big, sizeof big}, NULL), DX_OK);
    commit(w);
    assert_int_equal(dx_writer_delete(w, DX_STR_LIT("big"), NULL), DX_OK);
    commit(w);
    dx_writer_close(w);
    for (unsigned g = 2; g <= 4; g++) {
        w = open_writer();
        publish(w, g);
        dx_writer_close(w);
    }
}

static off_t size_of(const char *path)
{
    struct stat st;

    assert_int_equal(stat(path, &st), 0);
    return st.st_size;
}

/* LMDB may leave out pages at the end that are not in use, so a file without
 * them is whole; a file without one that is in use is not. */
static void a_file_without_its_free_end_is_whole(void **state)
{
    char copy[100];
    off_t page = sysconf(_SC_PAGESIZE), shortest = 0;
    unsigned whole = 0, cut = 0;
    dx_snapshot *s;

    (void)state;
    make_file_with_a_free_end();
    snprintf(copy, sizeof copy, "%s/copy", folder);
    fixture_copy_file(file, copy);
    for (off_t size = size_of(file) - page; size >= 2 * page; size -= page) {
        assert_int_equal(truncate(file, size), 0);
        dx_status rc = dx_snapshot_open(dir, &s, NULL);
        if (rc == DX_OK) {
            assert_int_equal(cut, 0); /* shorter than one that was cut */
            assert_int_equal(generation_of(s), 4);
            shortest = size;
            whole++;
        } else {
            assert_int_equal(rc, DX_ERR_CORRUPT);
            cut++;
        }
        dx_snapshot_close(s);
    }
    assert_true(whole > 100 && cut > 0);

    /* A writer goes on in it, and makes it as long as it should be. */
    off_t full = size_of(copy);
    fixture_copy_file(copy, file);
    assert_int_equal(truncate(file, shortest), 0);
    dx_writer *w = open_writer();
    publish(w, 5);
    dx_writer_close(w);
    assert_true(size_of(file) >= full);
    s = open_reader();
    assert_int_equal(generation_of(s), 5);
    dx_snapshot_close(s);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(no_index_is_told_with_the_remedy),
        TEST(only_what_is_committed_is_seen),
        TEST(keys_come_in_order_by_prefix),
        TEST(what_each_returns_ends_the_walk),
        TEST(what_is_read_is_what_the_map_shows),
        TEST(a_key_may_be_as_long_as_the_limit),
        TEST(a_second_writer_is_refused),
        TEST(readers_in_threads_see_whole_generations),
        TEST(a_reader_keeps_its_generation_however_long),
        TEST(space_is_reused_and_given_back),
        TEST(a_writer_uses_room_again_once_it_lets_go),
        TEST(room_that_is_read_is_not_used_again),
        TEST(a_fresh_file_that_does_not_end_leaves_no_trace),
        TEST(a_reader_keeps_the_file_that_a_fresh_one_replaces),
        TEST(a_copy_is_whole_and_replaces_nothing),
        TEST(a_file_without_its_free_end_is_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
