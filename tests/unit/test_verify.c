/* Which blocks of a file that has changed are as they were. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/run/files/verify.h"

#define BLOCKS 6
#define LINES "one\nline of block %zu\nand one\n"

static char path[] = "/tmp/dx-verify-XXXXXX";
static char before[BLOCKS][64]; /* the blocks' text, as recorded */
static dx_block recorded[BLOCKS];

static int set_up(void **state)
{
    int fd = mkstemp(path);

    (void)state;
    for (size_t i = 0; i < BLOCKS; i++) {
        size_t n = (size_t)sprintf(before[i], LINES, i * i * 1000);
        recorded[i] = (dx_block){.number = (uint32_t)i + 1, .records = 3,
            .bytes = n, .hash = dx_hash128_of(before[i], n)};
    }
    return fd < 0 ? -1 : close(fd);
}

static int tear_down(void **state)
{
    (void)state;
    return unlink(path);
}

/* What the file is now: blocks as before by their digits, "0" the first one; other
 * text as it stands. Its size. */
static uint64_t write_file(const char *now)
{
    FILE *f = fopen(path, "wb");

    assert_non_null(f);
    for (const char *p = now; *p; p++)
        if (*p >= '0' && *p < '0' + BLOCKS)
            fputs(before[*p - '0'], f);
        else
            putc(*p, f);
    uint64_t size = (uint64_t)ftell(f);
    assert_int_equal(fclose(f), 0);
    return size;
}

typedef struct wanted {
    size_t prefix, suffix;
    uint64_t between; /* bytes; UINT64_MAX: to the end of the file */
} wanted;

static uint64_t bytes_of(size_t blocks)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < blocks; i++)
        bytes += recorded[i].bytes;
    return bytes;
}

static void check(const char *now, bool is_open, wanted w)
{
    uint64_t size = write_file(now);
    dx_verified v;

    for (unsigned threads = 1; threads <= 3; threads++) {
        dx_file file = {.old = recorded, .old_count = BLOCKS,
            .has_grown = size > bytes_of(BLOCKS),
            .record = {.path = dx_str_from(path), .is_plain = true,
                .is_open = is_open, .stamp.size_bytes = size}};
        assert_int_equal(dx_file_verify(&file, threads, &v), DX_OK);
        if (v.prefix != w.prefix || v.suffix != w.suffix)
            fail_msg("%s: %zu at the beginning, %zu at the end", now, v.prefix,
                v.suffix);
        assert_int_equal(v.from, bytes_of(v.prefix));
        assert_int_equal(v.to == UINT64_MAX ? v.to : v.to - v.from, w.between);
    }
}

static void a_file_that_is_as_it_was(void **state)
{
    (void)state;
    check("012345", false, (wanted){6, 0, 0});
    check("012345", true, (wanted){6, 0, 0});
}

static void lines_are_appended(void **state)
{
    (void)state;
    check("012345new\n", false, (wanted){6, 0, UINT64_MAX});
    check("012345new\n", true, (wanted){5, 0, UINT64_MAX});
    check("0123450\n", false, (wanted){6, 0, UINT64_MAX});
}

static void lines_are_changed_inserted_and_removed(void **state)
{
    (void)state;
    check("01new\n345", false, (wanted){2, 3, 4});
    check("01new\n2345", false, (wanted){2, 4, 4});
    check("01345", false, (wanted){2, 3, 0});
    check("new\n012345", false, (wanted){0, 6, 4});
    check("01234new\n", false, (wanted){5, 0, UINT64_MAX});
    check("new\n12345new\n", true, (wanted){0, 0, UINT64_MAX});
    check("0new\n23new\n5", false, (wanted){1, 1, 8 + bytes_of(4) - bytes_of(2)});
}

static void a_file_is_cut_short(void **state)
{
    (void)state;
    check("0123", false, (wanted){4, 0, UINT64_MAX});
    check("0123new\n", true, (wanted){4, 0, UINT64_MAX});
    check("2345", false, (wanted){0, 4, 0});
    check("", false, (wanted){0, 0, UINT64_MAX});
}

/* Bytes as before within a line are no block. */
static void blocks_begin_at_lines(void **state)
{
    (void)state;
    check("01and 345", false, (wanted){2, 2, 4 + bytes_of(4) - bytes_of(3)});
    check("0121345", false, (wanted){3, 3, bytes_of(2) - bytes_of(1)});
}

/* No block is both at the beginning and at the end. */
static void a_file_is_doubled(void **state)
{
    (void)state;
    check("012345012345", false, (wanted){6, 0, UINT64_MAX});
    check("012012345", false, (wanted){3, 3, bytes_of(3)});
}

static void stale_blocks_and_missing_files_are_read(void **state)
{
    dx_verified v;
    dx_file file = {.old = recorded, .old_count = BLOCKS,
        .record = {.path = dx_str_from("/tmp/dx-verify-none"),
            .is_plain = true, .stamp.size_bytes = 5}};

    (void)state;
    recorded[2].is_stale = true;
    check("012345", false, (wanted){2, 3, bytes_of(3) - bytes_of(2)});
    recorded[2].is_stale = false;
    assert_int_equal(dx_file_verify(&file, 2, &v), DX_OK);
    assert_int_equal(v.prefix + v.suffix, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_that_is_as_it_was),
        cmocka_unit_test(lines_are_appended),
        cmocka_unit_test(lines_are_changed_inserted_and_removed),
        cmocka_unit_test(a_file_is_cut_short),
        cmocka_unit_test(blocks_begin_at_lines),
        cmocka_unit_test(a_file_is_doubled),
        cmocka_unit_test(stale_blocks_and_missing_files_are_read),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
