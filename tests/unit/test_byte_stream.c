/* Reading files: lines, whole files, gzip and zstd, and what is broken. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "indexer/input/byte_stream.h"
#include "indexer/input/lines.h"

static char folder[] = "/tmp/dx-stream-XXXXXX";
static char path[128];
static dx_error err;

static void write_file(const char *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

static dx_byte_stream *open_stream(void)
{
    dx_byte_stream *s;

    if (dx_byte_stream_open(path, &s, &err) != DX_OK)
        fail_msg("%s", err.msg);
    return s;
}

static void check_line(dx_byte_stream *s, const char *wanted)
{
    dx_str line;

    assert_int_equal(dx_byte_stream_line(s, &line, &err), DX_OK);
    if (!wanted) {
        assert_null(line.ptr);
        return;
    }
    assert_non_null(line.ptr);
    assert_int_equal(line.len, strlen(wanted));
    assert_memory_equal(line.ptr, wanted, line.len);
}

static void check_all(const char *wanted, size_t len)
{
    dx_byte_stream *s = open_stream();
    dx_str bytes;

    assert_int_equal(dx_byte_stream_all(s, &bytes, &err), DX_OK);
    assert_int_equal(bytes.len, len);
    if (len)
        assert_memory_equal(bytes.ptr, wanted, len);
    dx_byte_stream_close(s);
}

/* Runs `command` with the file's path as $1, its output replacing the file. */
static bool pack(const char *command)
{
    char line[700];

    snprintf(line, sizeof line, "%s <'%s' >'%s.out' && mv '%s.out' '%s'",
        command, path, path, path, path);
    return system(line) == 0;
}

/* ---- tests ---- */

static void lines_end_in_every_way(void **state)
{
    static const char text[] = "một\r\nhai\n\n\r\nba\rbốn\nnăm";

    (void)state;
    write_file(text, sizeof text - 1);
    dx_byte_stream *s = open_stream();
    check_line(s, "một");
    check_line(s, "hai");
    check_line(s, "");
    check_line(s, "");
    check_line(s, "ba\rbốn");
    check_line(s, "năm");
    check_line(s, NULL);
    check_line(s, NULL);
    assert_int_equal(dx_byte_stream_consumed_bytes(s), sizeof text - 1);
    dx_byte_stream_close(s);
}

static void an_empty_file_has_no_lines(void **state)
{
    (void)state;
    write_file("", 0);
    dx_byte_stream *s = open_stream();
    check_line(s, NULL);
    dx_byte_stream_close(s);
    check_all("", 0);
}

static void lines_of_every_length_come_whole(void **state)
{
    dx_buf text;

    (void)state;
    dx_buf_init(&text, SIZE_MAX);
    for (size_t n = 1; n < 2000000; n = n * 3 + 1) {
        for (size_t i = 0; i < n; i++)
            dx_buf_putc(&text, (char)('a' + i % 26));
        dx_buf_putc(&text, '\n');
    }
    write_file((const char *)text.data, text.len);
    dx_byte_stream *s = open_stream();
    for (size_t n = 1; n < 2000000; n = n * 3 + 1) {
        dx_str line;
        assert_int_equal(dx_byte_stream_line(s, &line, &err), DX_OK);
        assert_int_equal(line.len, n);
        assert_int_equal(line.ptr[n - 1], 'a' + (n - 1) % 26);
    }
    check_line(s, NULL);
    dx_byte_stream_close(s);
    check_all((const char *)text.data, text.len);
    dx_buf_free(&text);
}

/* At the limit a line is taken, one byte over it is not, and reading goes on. */
static void a_line_over_the_limit_is_passed_over(void **state)
{
    size_t limit = DX_INPUT_LINE_MAX_BYTES;
    char *text = malloc(2 * limit + 100), *p = text;
    dx_str line;

    (void)state;
    assert_non_null(text);
    memcpy(p, "đầu\n", 7);
    p += 7;
    memset(p, 'a', limit);
    p[limit] = '\n';
    p += limit + 1;
    memset(p, 'b', limit + 1);
    p[limit + 1] = '\n';
    p += limit + 2;
    memcpy(p, "cuối\n", 7);
    p += 7;
    write_file(text, (size_t)(p - text));
    free(text);
    dx_byte_stream *s = open_stream();
    check_line(s, "đầu");
    assert_int_equal(dx_byte_stream_line(s, &line, &err), DX_OK);
    assert_int_equal(line.len, limit);
    assert_int_equal(dx_byte_stream_line(s, &line, &err), DX_ERR_LIMIT);
    assert_non_null(strstr(err.msg, "a line of more than 64 MiB"));
    check_line(s, "cuối");
    check_line(s, NULL);
    dx_byte_stream_close(s);
}

static void compressed_files_are_looked_through(void **state)
{
    static const char *const commands[] = {"gzip -c", "zstd -qc",
        "zstd -q -1 -c"};
    dx_buf text;

    (void)state;
    for (size_t c = 0; c < sizeof commands / sizeof *commands; c++) {
        dx_buf_init(&text, SIZE_MAX);
        for (int i = 0; i < 40000; i++)
            dx_buf_printf(&text, "dòng số %d\n", i);
        write_file((const char *)text.data, text.len);
        if (!pack(commands[c]))
            skip();
        check_all((const char *)text.data, text.len);
        dx_byte_stream *s = open_stream();
        for (int i = 0; i < 40000; i++) {
            char line[40];
            snprintf(line, sizeof line, "dòng số %d", i);
            check_line(s, line);
        }
        check_line(s, NULL);
        dx_byte_stream_close(s);
        dx_buf_free(&text);
    }
}

static void members_one_after_another_are_one_file(void **state)
{
    static const char *const commands[] = {"sh -c 'gzip -c; echo hai | gzip -c'",
        "sh -c 'zstd -qc; echo hai | zstd -qc'"};

    (void)state;
    for (size_t c = 0; c < sizeof commands / sizeof *commands; c++) {
        write_file("một\n", 6);
        if (!pack(commands[c]))
            skip();
        check_all("một\nhai\n", 10);
    }
}

static void compressed_nothing_is_an_empty_file(void **state)
{
    (void)state;
    write_file("", 0);
    if (!pack("gzip -c"))
        skip();
    check_all("", 0);
    write_file("", 0);
    if (!pack("zstd -qc"))
        skip();
    check_all("", 0);
}

static dx_status read_to_the_end(void)
{
    dx_byte_stream *s;
    dx_str line;
    dx_status rc = dx_byte_stream_open(path, &s, &err);

    if (rc != DX_OK)
        return rc;
    do
        rc = dx_byte_stream_line(s, &line, &err);
    while (rc == DX_OK && line.ptr);
    dx_byte_stream_close(s);
    return rc;
}

static void a_cut_file_is_an_error_with_a_reason(void **state)
{
    static const char *const commands[] = {"sh -c 'gzip -c | head -c 3000'",
        "sh -c 'zstd -qc | head -c 3000'"};

    (void)state;
    for (size_t c = 0; c < sizeof commands / sizeof *commands; c++) {
        dx_buf text;
        uint32_t seed = 1;
        dx_buf_init(&text, SIZE_MAX);
        for (int i = 0; i < 20000; i++) {
            seed = seed * 1664525u + 1013904223u;
            dx_buf_printf(&text, "%u\n", seed);
        }
        write_file((const char *)text.data, text.len);
        dx_buf_free(&text);
        if (!pack(commands[c]))
            skip();
        assert_int_equal(read_to_the_end(), DX_ERR_FORMAT);
        assert_non_null(strstr(err.msg, path));
        assert_non_null(strstr(err.msg, "cannot decompress"));
    }
}

static void rubbish_behind_a_gzip_head_is_refused(void **state)
{
    (void)state;
    write_file("\x1F\x8B\x08\0\0\0\0\0\0\3rubbish rubbish", 25);
    assert_int_not_equal(read_to_the_end(), DX_OK);
    write_file("\x28\xB5\x2F\xFDrubbish", 11);
    assert_int_not_equal(read_to_the_end(), DX_OK);
}

static void any_cut_of_a_small_archive_is_safe(void **state)
{
    dx_byte_stream *s;
    dx_str bytes;
    char packed[400];

    (void)state;
    write_file("chuyển đổi số ở tỉnh Bắc Giang\n", 40);
    if (!pack("gzip -c"))
        skip();
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    size_t len = fread(packed, 1, sizeof packed, f);
    fclose(f);
    for (size_t n = 0; n < len; n++) {
        write_file(packed, n);
        if (dx_byte_stream_open(path, &s, &err) == DX_OK) {
            if (dx_byte_stream_all(s, &bytes, &err) == DX_OK)
                assert_true(n < 4 || bytes.len <= 40);
            dx_byte_stream_close(s);
        }
    }
}

static void missing_files_and_folders_are_errors(void **state)
{
    dx_byte_stream *s;

    (void)state;
    assert_int_equal(dx_byte_stream_open("/nowhere/at/all", &s, &err), DX_ERR_IO);
    assert_null(s);
    assert_string_equal(err.msg,
        "/nowhere/at/all: cannot open: No such file or directory");
    assert_int_equal(dx_byte_stream_open(folder, &s, &err), DX_ERR_IO);
    assert_non_null(strstr(err.msg, "is a folder"));
}

static void a_file_that_shrinks_or_grows_is_read_as_it_is(void **state)
{
    dx_str bytes;
    dx_buf text;

    (void)state;
    dx_buf_init(&text, SIZE_MAX);
    for (int i = 0; i < 100000; i++)
        dx_buf_puts(&text, "một dòng\n");
    write_file((const char *)text.data, text.len);
    dx_byte_stream *s = open_stream();
    assert_int_equal(truncate(path, (off_t)(text.len / 2)), 0);
    assert_int_equal(dx_byte_stream_all(s, &bytes, &err), DX_OK);
    assert_int_equal(bytes.len, text.len / 2);
    dx_byte_stream_close(s);
    write_file("một\n", 6);
    s = open_stream();
    int fd = open(path, O_WRONLY | O_APPEND);
    assert_int_equal(write(fd, "hai\n", 4), 4);
    close(fd);
    assert_int_equal(dx_byte_stream_all(s, &bytes, &err), DX_OK);
    assert_true(bytes.len == 6 || bytes.len == 10);
    dx_byte_stream_close(s);
    dx_buf_free(&text);
}

static void a_failed_allocation_is_reported(void **state)
{
    dx_byte_stream *s;
    dx_str bytes;
    bool done = false;

    (void)state;
    write_file("chuyển đổi số\n", 20);
    if (!pack("gzip -c"))
        skip();
    for (int64_t n = 0; !done; n++) {
        dx_mem_fail_after(n);
        dx_status rc = dx_byte_stream_open(path, &s, &err);
        if (rc == DX_OK) {
            rc = dx_byte_stream_all(s, &bytes, &err);
            dx_byte_stream_close(s);
        }
        dx_mem_fail_after(-1);
        done = rc == DX_OK;
        if (!done)
            assert_int_equal(rc, DX_ERR_NOMEM);
        assert_true(n < 100);
    }
}

/* ---- parts, and hashes of what is read ---- */

#define PART_LINES 60000 /* 600 KB: over several reads */
#define PART_LINE_BYTES 10

static void check_part(bool is_plain, const char *text, size_t from, size_t to)
{
    size_t end = to < PART_LINES ? to : PART_LINES;
    uint64_t bytes;
    dx_byte_stream *s;
    dx_hash128 hash;
    dx_str line;

    assert_int_equal(dx_byte_stream_open_part(path, is_plain,
                         from * PART_LINE_BYTES, to * PART_LINE_BYTES, &s, &err),
        DX_OK);
    assert_int_equal(dx_byte_stream_digest(s, &err), DX_OK);
    for (size_t i = from; i < end; i++) {
        assert_int_equal(dx_byte_stream_line(s, &line, &err), DX_OK);
        assert_memory_equal(line.ptr, text + i * PART_LINE_BYTES, line.len);
        assert_true(dx_byte_stream_line_has_ended(s));
        if (i != from + (end - from) / 2)
            continue;
        dx_byte_stream_take_digest(s, &bytes, &hash); /* the first half's */
        assert_int_equal(bytes, (i + 1 - from) * PART_LINE_BYTES);
        assert_true(dx_hash128_eq(hash,
            dx_hash128_of(text + from * PART_LINE_BYTES, bytes)));
        from = i + 1;
    }
    assert_int_equal(dx_byte_stream_line(s, &line, &err), DX_OK);
    assert_null(line.ptr);
    dx_byte_stream_take_digest(s, &bytes, &hash);
    assert_int_equal(bytes, (end - from) * PART_LINE_BYTES);
    assert_true(dx_hash128_eq(hash,
        dx_hash128_of(text + from * PART_LINE_BYTES, bytes)));
    dx_byte_stream_close(s);
}

static void check_parts(bool is_plain, const char *text)
{
    check_part(is_plain, text, 0, PART_LINES);
    check_part(is_plain, text, 0, 7);
    check_part(is_plain, text, 1, PART_LINES + 5);
    check_part(is_plain, text, 31234, 45678);
    check_part(is_plain, text, PART_LINES - 1, PART_LINES);
    check_part(is_plain, text, PART_LINES, PART_LINES);
}

static void a_part_is_read_and_hashed_alone(void **state)
{
    char *text = dx_malloc(PART_LINES * PART_LINE_BYTES + 1);

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < PART_LINES; i++)
        sprintf(text + i * PART_LINE_BYTES, "%09zu\n", i * 7919 % 100003);
    write_file(text, PART_LINES * PART_LINE_BYTES);
    check_parts(true, text);
    check_parts(false, text); /* not known to be plain, but it is */
    if (pack("gzip"))
        check_parts(false, text);
    dx_free(text);
}

static void an_unended_line_is_told(void **state)
{
    dx_byte_stream *s;
    dx_str line;

    (void)state;
    write_file("a\nb", 3);
    s = open_stream();
    assert_int_equal(dx_byte_stream_line(s, &line, &err), DX_OK);
    assert_true(dx_byte_stream_line_has_ended(s));
    assert_int_equal(dx_byte_stream_line(s, &line, &err), DX_OK);
    assert_false(dx_byte_stream_line_has_ended(s));
    dx_byte_stream_close(s);
}

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/a", folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_in_every_way),
        cmocka_unit_test(an_empty_file_has_no_lines),
        cmocka_unit_test(lines_of_every_length_come_whole),
        cmocka_unit_test(a_line_over_the_limit_is_passed_over),
        cmocka_unit_test(compressed_files_are_looked_through),
        cmocka_unit_test(members_one_after_another_are_one_file),
        cmocka_unit_test(compressed_nothing_is_an_empty_file),
        cmocka_unit_test(a_cut_file_is_an_error_with_a_reason),
        cmocka_unit_test(rubbish_behind_a_gzip_head_is_refused),
        cmocka_unit_test(any_cut_of_a_small_archive_is_safe),
        cmocka_unit_test(missing_files_and_folders_are_errors),
        cmocka_unit_test(a_file_that_shrinks_or_grows_is_read_as_it_is),
        cmocka_unit_test(a_part_is_read_and_hashed_alone),
        cmocka_unit_test(an_unended_line_is_told),
        cmocka_unit_test(a_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
