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
#include "indexer/input/input.h"

static char folder[] = "/tmp/dx-reader-XXXXXX";
static char path[128];
static dx_error err;

static void write_file(const char *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

static dx_byte_stream *open_reader(void)
{
    dx_byte_stream *r;

    if (dx_byte_stream_open(path, &r, &err) != DX_OK)
        fail_msg("%s", err.msg);
    return r;
}

static void check_line(dx_byte_stream *r, const char *wanted)
{
    dx_str line;

    assert_int_equal(dx_byte_stream_line(r, &line, &err), DX_OK);
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
    dx_byte_stream *r = open_reader();
    dx_str bytes;

    assert_int_equal(dx_byte_stream_all(r, &bytes, &err), DX_OK);
    assert_int_equal(bytes.len, len);
    if (len)
        assert_memory_equal(bytes.ptr, wanted, len);
    dx_byte_stream_close(r);
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
    dx_byte_stream *r = open_reader();
    check_line(r, "một");
    check_line(r, "hai");
    check_line(r, "");
    check_line(r, "");
    check_line(r, "ba\rbốn");
    check_line(r, "năm");
    check_line(r, NULL);
    check_line(r, NULL);
    assert_int_equal(dx_byte_stream_consumed_bytes(r), sizeof text - 1);
    dx_byte_stream_close(r);
}

static void an_empty_file_has_no_lines(void **state)
{
    (void)state;
    write_file("", 0);
    dx_byte_stream *r = open_reader();
    check_line(r, NULL);
    dx_byte_stream_close(r);
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
    dx_byte_stream *r = open_reader();
    for (size_t n = 1; n < 2000000; n = n * 3 + 1) {
        dx_str line;
        assert_int_equal(dx_byte_stream_line(r, &line, &err), DX_OK);
        assert_int_equal(line.len, n);
        assert_int_equal(line.ptr[n - 1], 'a' + (n - 1) % 26);
    }
    check_line(r, NULL);
    dx_byte_stream_close(r);
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
    dx_byte_stream *r = open_reader();
    check_line(r, "đầu");
    assert_int_equal(dx_byte_stream_line(r, &line, &err), DX_OK);
    assert_int_equal(line.len, limit);
    assert_int_equal(dx_byte_stream_line(r, &line, &err), DX_ERR_LIMIT);
    assert_non_null(strstr(err.msg, path));
    assert_non_null(strstr(err.msg, "64 MiB"));
    check_line(r, "cuối");
    check_line(r, NULL);
    dx_byte_stream_close(r);
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
        dx_byte_stream *r = open_reader();
        for (int i = 0; i < 40000; i++) {
            char line[40];
            snprintf(line, sizeof line, "dòng số %d", i);
            check_line(r, line);
        }
        check_line(r, NULL);
        dx_byte_stream_close(r);
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
    dx_byte_stream *r;
    dx_str line;
    dx_status rc = dx_byte_stream_open(path, &r, &err);

    if (rc != DX_OK)
        return rc;
    do
        rc = dx_byte_stream_line(r, &line, &err);
    while (rc == DX_OK && line.ptr);
    dx_byte_stream_close(r);
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
    dx_byte_stream *r;
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
        if (dx_byte_stream_open(path, &r, &err) == DX_OK) {
            if (dx_byte_stream_all(r, &bytes, &err) == DX_OK)
                assert_true(n < 4 || bytes.len <= 40);
            dx_byte_stream_close(r);
        }
    }
}

static void missing_files_and_folders_are_errors(void **state)
{
    dx_byte_stream *r;

    (void)state;
    assert_int_equal(dx_byte_stream_open("/nowhere/at/all", &r, &err), DX_ERR_IO);
    assert_null(r);
    assert_string_equal(err.msg,
        "/nowhere/at/all: cannot open: No such file or directory");
    assert_int_equal(dx_byte_stream_open(folder, &r, &err), DX_ERR_IO);
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
    dx_byte_stream *r = open_reader();
    assert_int_equal(truncate(path, (off_t)(text.len / 2)), 0);
    assert_int_equal(dx_byte_stream_all(r, &bytes, &err), DX_OK);
    assert_int_equal(bytes.len, text.len / 2);
    dx_byte_stream_close(r);
    write_file("một\n", 6);
    r = open_reader();
    int fd = open(path, O_WRONLY | O_APPEND);
    assert_int_equal(write(fd, "hai\n", 4), 4);
    close(fd);
    assert_int_equal(dx_byte_stream_all(r, &bytes, &err), DX_OK);
    assert_true(bytes.len == 6 || bytes.len == 10);
    dx_byte_stream_close(r);
    dx_buf_free(&text);
}

static void types_follow_the_name(void **state)
{
    static const struct { const char *name; dx_input_type type; bool packed; }
        cases[] = {
            {"a.txt", DX_INPUT_TEXT, false}, {"A.TXT", DX_INPUT_TEXT, false},
            {"a.html", DX_INPUT_HTML, false}, {"a.htm", DX_INPUT_HTML, false},
            {"a.b.json", DX_INPUT_JSON, false},
            {"a.jsonl", DX_INPUT_JSONL, false},
            {"a.ndjson", DX_INPUT_JSONL, false},
            {"a.jsonl.zst", DX_INPUT_JSONL, true},
            {"a.txt.gz", DX_INPUT_TEXT, true},
            {"A.HTML.GZ", DX_INPUT_HTML, true},
            {"-", DX_INPUT_JSONL, false}, {"a.pdf", DX_INPUT_UNKNOWN, false},
            {"a.gz", DX_INPUT_UNKNOWN, true}, {".gz", DX_INPUT_UNKNOWN, false},
            {".txt", DX_INPUT_UNKNOWN, false}, {"txt", DX_INPUT_UNKNOWN, false},
            {"", DX_INPUT_UNKNOWN, false}, {"a.txt.bak", DX_INPUT_UNKNOWN, false},
        };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool packed;
        dx_input_type type = dx_input_type_of(dx_str_from(cases[i].name),
            &packed);
        if (type != cases[i].type || packed != cases[i].packed)
            fail_msg("%s", cases[i].name);
    }
}

static void a_failed_allocation_is_reported(void **state)
{
    dx_byte_stream *r;
    dx_str bytes;
    bool done = false;

    (void)state;
    write_file("chuyển đổi số\n", 20);
    if (!pack("gzip -c"))
        skip();
    for (int64_t n = 0; !done; n++) {
        dx_mem_fail_after(n);
        dx_status rc = dx_byte_stream_open(path, &r, &err);
        if (rc == DX_OK) {
            rc = dx_byte_stream_all(r, &bytes, &err);
            dx_byte_stream_close(r);
        }
        dx_mem_fail_after(-1);
        done = rc == DX_OK;
        if (!done)
            assert_int_equal(rc, DX_ERR_NOMEM);
        assert_true(n < 100);
    }
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
        cmocka_unit_test(types_follow_the_name),
        cmocka_unit_test(a_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
