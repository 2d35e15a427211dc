/* Types of input: which one a file is, how streams are cut into records, and how
 * these travel in pieces. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "indexer/input/piece.h"
#include "indexer/input/source.h"

#define MANY_BYTES ((size_t)300 << 20)
#define MANY_MAX_BYTES ((size_t)32 << 20) /* of memory, to cut MANY_BYTES */
#define BUFFER_BYTES ((size_t)256 << 10)  /* what a stream reads at once */

static char folder[] = "/tmp/dx-source-XXXXXX";
static char path[128];
static dx_error err;

static void write_file(const void *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

/* Cuts the file at `path`. */
static dx_status cut(const dx_source *source, dx_record_each each, void *ctx)
{
    dx_byte_stream *in;

    DX_TRY(dx_byte_stream_open(path, &in, &err));
    dx_status rc = source->cut(in, &(dx_input_options){0}, each, ctx, &err);
    dx_byte_stream_close(in);
    return rc;
}

/* ---- what was cut, and what should have been ---- */

typedef struct listing { /* records in a form that can be compared */
    dx_buf bytes;
    unsigned stop_after; /* 0: never */
} listing;

static void put_record(dx_buf *out, uint64_t number, dx_str bytes)
{
    dx_buf_put_varint(out, number);
    dx_buf_put_varint(out, bytes.len);
    dx_buf_put_str(out, bytes);
}

static dx_status list(void *ctx, const dx_record *record)
{
    listing *l = ctx;

    if (record->fault)
        dx_buf_printf(&l->bytes, "fault %llu: %s",
            (unsigned long long)record->number, record->fault);
    else
        put_record(&l->bytes, record->number, record->bytes);
    return l->stop_after && --l->stop_after == 0 ? DX_ERR_BUSY : DX_OK;
}

static void list_naively(listing *l, dx_str text)
{
    uint64_t number = 0;

    for (size_t at = 0; at < text.len; at++) {
        size_t start = at;
        bool blank = true;
        while (at < text.len && text.ptr[at] != '\n') {
            blank &= text.ptr[at] == ' ' || text.ptr[at] == '\t' ||
                     text.ptr[at] == '\r';
            at++;
        }
        number++;
        size_t n = at - start;
        if (n > 0 && text.ptr[at - 1] == '\r')
            n--;
        if (!blank)
            put_record(&l->bytes, number, (dx_str){text.ptr + start, n});
    }
}

static void check_equal(const dx_buf *a, const dx_buf *b)
{
    assert_int_equal(a->status, DX_OK);
    assert_int_equal(a->len, b->len);
    if (a->len)
        assert_memory_equal(a->data, b->data, a->len);
}

/* Cuts the text and compares with the naive list. */
static void check_lines(dx_str text)
{
    listing cut_up = {.stop_after = 0}, naive = {.stop_after = 0};

    dx_buf_init(&cut_up.bytes, SIZE_MAX);
    dx_buf_init(&naive.bytes, SIZE_MAX);
    write_file(text.ptr, text.len);
    assert_int_equal(cut(&dx_source_jsonl, list, &cut_up), DX_OK);
    list_naively(&naive, text);
    check_equal(&cut_up.bytes, &naive.bytes);
    dx_buf_free(&cut_up.bytes);
    dx_buf_free(&naive.bytes);
}

/* ---- types ---- */

static void types_follow_the_name(void **state)
{
    static const struct { const char *name; const dx_source *source; }
        cases[] = {
            {"a.txt", &dx_source_text}, {"A.TXT", &dx_source_text},
            {"a.html", &dx_source_html}, {"a.htm", &dx_source_html},
            {"a.xhtml", &dx_source_html}, {"a.b.json", &dx_source_json},
            {"a.jsonl", &dx_source_jsonl}, {"a.ndjson", &dx_source_jsonl},
            {"a.jsonl.zst", &dx_source_jsonl}, {"a.txt.gz", &dx_source_text},
            {"A.HTML.GZ", &dx_source_html}, {"-", &dx_source_jsonl},
            {"a.PDF", &dx_source_pdf}, {"a.doc", &dx_source_doc},
            {"a.rtf", &dx_source_rtf}, {"a.exe", NULL},
            {"a.gz", NULL}, {".gz", NULL}, {".txt", NULL},
            {"txt", NULL}, {"", NULL}, {"a.txt.bak", NULL},
        };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (dx_source_of_name(dx_str_from(cases[i].name)) != cases[i].source)
            fail_msg("%s", cases[i].name);
}

static void types_follow_the_first_bytes(void **state)
{
    static const struct { const char *first; const dx_source *source; }
        cases[] = {
            {"<!doctype html>", &dx_source_html},
            {"\xEF\xBB\xBF \r\n\t<html>", &dx_source_html},
            {"[{\"a\": 1}]", &dx_source_json}, {"{\n\"a\": 1}", &dx_source_json},
            {"{\"a\": 1", &dx_source_json}, {"{", &dx_source_json},
            {"{\"a\": 1}", &dx_source_jsonl},
            {"%PDF-1.4\n", &dx_source_pdf}, {"{\\rtf1 ", &dx_source_rtf},
            {"\n\n{\"a\": 1} \t\r\nrubbish", &dx_source_jsonl},
            {"Bắc Giang {}", &dx_source_text}, {" \n\xEF\xBB\xBF", &dx_source_text},
            {"", &dx_source_text},
        };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (dx_source_of_bytes(dx_str_from(cases[i].first)) != cases[i].source)
            fail_msg("%s", cases[i].first);
    assert_ptr_equal(dx_source_of_bytes((dx_str){NULL, 0}), &dx_source_text);
    assert_ptr_equal(dx_source_of_bytes(DX_STR_LIT("\0<html>")),
        &dx_source_text);
}

static void types_are_asked_for_what_they_all_have(void **state)
{
    (void)state;
#define CHECK(type)                                                            \
    assert_string_equal(dx_source_##type.name, #type);                         \
    assert_non_null(dx_source_##type.extensions[0]);                           \
    assert_non_null(dx_source_##type.cut);                                     \
    assert_non_null(dx_source_##type.read);
    DX_SOURCES(CHECK)
#undef CHECK
}

/* ---- cutting ---- */

static void lines_are_cut_wherever_they_end(void **state)
{
    static const char text[] =
        "{\"a\":1}\r\n\n \t \r\n{}\r\r\nmột\0hai\n\r\nkhông có dấu xuống dòng";

    (void)state;
    for (size_t n = 0; n < sizeof text; n++)
        check_lines((dx_str){text, n});
}

/* Line ends, CR LF among them, around the places where a buffer ends. */
static void lines_are_cut_across_buffers(void **state)
{
    char *text = malloc(3 * BUFFER_BYTES);

    (void)state;
    assert_non_null(text);
    for (size_t buffers = 1; buffers <= 2; buffers++) {
        for (size_t shift = 0; shift < 4; shift++) {
            size_t at = buffers * BUFFER_BYTES - shift;
            memset(text, 'a', 3 * BUFFER_BYTES);
            memcpy(text + at, "\r\n", 2);
            check_lines((dx_str){text, at + 2});
            check_lines((dx_str){text, at + 3});
            check_lines((dx_str){text, 3 * BUFFER_BYTES});
        }
    }
    free(text);
}

static void any_lines_are_cut_as_naively(void **state)
{
    static const char *const pieces[] = {"a", "\n", "\r", "\r\n", " ", "ệ",
        "{\"id\": 1}\n", "\n\n"};
    uint32_t seed = 1;
    dx_buf text;

    (void)state;
    dx_buf_init(&text, SIZE_MAX);
    for (int round = 0; round < 60; round++) {
        dx_buf_clear(&text);
        for (int i = 0; i < 4000; i++) {
            seed = seed * 1664525u + 1013904223u;
            dx_buf_puts(&text, pieces[seed >> 29]);
            if ((seed >> 8) % 997 == 0)
                dx_buf_put(&text, "\0\0", 2);
            for (size_t n = (seed >> 8) % 499 ? 0 : seed >> 13; n > 0; n--)
                dx_buf_putc(&text, 'x');
        }
        check_lines((dx_str){(const char *)text.data, text.len});
    }
    dx_buf_free(&text);
}

static void a_line_too_long_is_one_fault(void **state)
{
    size_t len = DX_INPUT_LINE_MAX_BYTES + 1;
    char *text = malloc(len + 100);
    listing l = {.stop_after = 0};

    (void)state;
    assert_non_null(text);
    memcpy(text, "{}\n", 3);
    memset(text + 3, 'b', len);
    memcpy(text + 3 + len, "\n[]\n", 4);
    write_file(text, 3 + len + 4);
    free(text);
    dx_buf_init(&l.bytes, SIZE_MAX);
    assert_int_equal(cut(&dx_source_jsonl, list, &l), DX_OK);
    assert_string_equal(dx_buf_cstr(&l.bytes),
        "\1\2{}fault 2: a line of more than 64 MiB\3\2[]");
    dx_buf_free(&l.bytes);
}

static void files_are_one_record_or_their_objects(void **state)
{
    const dx_source *const whole[] = {&dx_source_text, &dx_source_html};
    listing l = {.stop_after = 0};

    (void)state;
    dx_buf_init(&l.bytes, SIZE_MAX);
    for (size_t i = 0; i < 2; i++) {
        write_file("a\nb", 3);
        dx_buf_clear(&l.bytes);
        assert_int_equal(cut(whole[i], list, &l), DX_OK);
        assert_int_equal(l.bytes.len, 5);
        assert_memory_equal(l.bytes.data, "\0\3a\nb", 5);
    }
    write_file("[{},\n{ }]", 9);
    dx_buf_clear(&l.bytes);
    assert_int_equal(cut(&dx_source_json, list, &l), DX_OK);
    assert_string_equal(dx_buf_cstr(&l.bytes), "\1\2{}\2\3{ }");
    dx_buf_free(&l.bytes);
}

static void cutting_stops_when_asked(void **state)
{
    const dx_source *const sources[] = {&dx_source_jsonl, &dx_source_json};

    (void)state;
    write_file("{}\n{}\n{}\n", 9);
    for (size_t i = 0; i < 2; i++) {
        listing l = {.stop_after = 2};
        dx_buf_init(&l.bytes, SIZE_MAX);
        assert_int_equal(cut(sources[i], list, &l), DX_ERR_BUSY);
        assert_string_equal(dx_buf_cstr(&l.bytes), "\1\2{}\2\2{}");
        dx_buf_free(&l.bytes);
    }
}

/* ---- pieces ---- */

static dx_status check_head(void *ctx, const dx_record *record)
{
    assert_true(dx_str_eq(record->head, *(const dx_str *)ctx));
    return DX_OK;
}

static void records_leave_a_piece_as_they_came(void **state)
{
    dx_str head = DX_STR_LIT("id,title\n");
    const dx_record records[] = {{.head = head, .number = 2,
                                     .bytes = DX_STR_LIT("1,một\n")},
        {.head = head, .number = 3}, {.head = head, .number = 5, .fault = "!"},
        {.head = head, .number = 1000000, .bytes = DX_STR_LIT("\0\n")}};
    size_t count = sizeof records / sizeof *records;
    listing in = {.stop_after = 0}, out = {.stop_after = 0};
    dx_piece piece;

    (void)state;
    dx_buf_init(&in.bytes, SIZE_MAX);
    dx_buf_init(&out.bytes, SIZE_MAX);
    dx_piece_init(&piece);
    assert_int_equal(dx_piece_each(&piece, list, &out), DX_OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(dx_piece_add(&piece, &records[i]), DX_OK);
        assert_int_equal(list(&in, &records[i]), DX_OK);
    }
    assert_int_equal(dx_piece_each(&piece, list, &out), DX_OK);
    check_equal(&out.bytes, &in.bytes);
    assert_int_equal(dx_piece_each(&piece, check_head, &head), DX_OK);
    out.stop_after = 2;
    assert_int_equal(dx_piece_each(&piece, list, &out), DX_ERR_BUSY);
    dx_piece_free(&piece);
    assert_int_equal(dx_piece_add(&piece, &records[0]), DX_OK); /* anew */
    assert_int_equal(piece.count, 1);
    dx_piece_free(&piece);
    dx_buf_free(&in.bytes);
    dx_buf_free(&out.bytes);
}

/* Of each record its head, with a comma behind. */
static dx_status list_head(void *ctx, const dx_record *record)
{
    dx_buf_put_str(ctx, record->head);
    dx_buf_putc(ctx, ',');
    return DX_OK;
}

static void heads_may_differ_within_a_piece(void **state)
{
    const dx_record records[] = {{.number = 1}, {.head = DX_STR_LIT("a")},
        {.head = DX_STR_LIT("a")}, {.head = DX_STR_LIT("bc")}, {.number = 2},
        {.head = DX_STR_LIT("a"), .bytes = DX_STR_LIT("x")}};
    dx_buf out;
    dx_piece piece;

    (void)state;
    dx_buf_init(&out, SIZE_MAX);
    dx_piece_init(&piece);
    for (size_t i = 0; i < sizeof records / sizeof *records; i++)
        assert_int_equal(dx_piece_add(&piece, &records[i]), DX_OK);
    assert_int_equal(dx_piece_each(&piece, list_head, &out), DX_OK);
    assert_string_equal(dx_buf_cstr(&out), ",a,a,bc,,a,");
    dx_piece_free(&piece);
    dx_buf_free(&out);
}

typedef struct pieces { /* a stream on its way through pieces */
    dx_piece piece;
    size_t count, max_bytes;
    uint64_t records, bytes;
} pieces;

static dx_status add(void *ctx, const dx_record *record)
{
    pieces *p = ctx;

    p->records++;
    p->bytes += record->bytes.len;
    DX_TRY(dx_piece_add(&p->piece, record));
    if (p->piece.bytes.cap > p->max_bytes)
        p->max_bytes = p->piece.bytes.cap;
    if (dx_piece_is_full(&p->piece)) {
        dx_piece_free(&p->piece);
        p->count++;
    }
    return DX_OK;
}

static void *write_many_lines(void *unused)
{
    static char text[1000 * 64];
    FILE *f = fopen(path, "wb");

    memset(text, 'a', sizeof text);
    for (size_t i = 999; i < sizeof text; i += 1000)
        text[i] = '\n';
    for (size_t n = 0; f && n < MANY_BYTES; n += sizeof text)
        fwrite(text, 1, sizeof text, f);
    if (f)
        fclose(f);
    return unused;
}

static size_t peak_memory_bytes(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return (size_t)usage.ru_maxrss << 10;
}

static void a_stream_of_any_size_takes_bounded_memory(void **state)
{
    pieces p = {.count = 0};
    pthread_t writer;

    (void)state;
    dx_piece_init(&p.piece);
    unlink(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    size_t before = peak_memory_bytes();
    assert_int_equal(pthread_create(&writer, NULL, write_many_lines, NULL), 0);
    assert_int_equal(cut(&dx_source_jsonl, add, &p), DX_OK);
    pthread_join(writer, NULL);
    dx_piece_free(&p.piece);
    unlink(path);
    assert_true(p.records * 1000 >= MANY_BYTES);
    assert_int_equal(p.bytes, p.records * 999);
    assert_true(p.count > 250 && p.max_bytes <= 4 * DX_PIECE_BYTES);
#ifndef __SANITIZE_ADDRESS__ /* which keeps what was freed for a while */
    assert_true(peak_memory_bytes() - before <= MANY_MAX_BYTES);
#endif
    (void)before;
}

static void tiny_records_fill_a_piece_too(void **state)
{
    pieces p = {.count = 0};
    dx_record record = {.bytes = DX_STR_LIT("0"), .number = 1};

    (void)state;
    dx_piece_init(&p.piece);
    while (p.count == 0)
        assert_int_equal(add(&p, &record), DX_OK);
    assert_true(p.records < DX_PIECE_BYTES / 8);
    dx_piece_free(&p.piece);
}

static void a_failed_allocation_is_reported(void **state)
{
    dx_status rc = DX_ERR_NOMEM;

    (void)state;
    write_file("{}\n{}\n", 6);
    for (int64_t n = 0; rc != DX_OK; n++) {
        pieces p = {.count = 0};
        dx_piece_init(&p.piece);
        dx_mem_fail_after(n);
        rc = cut(&dx_source_jsonl, add, &p);
        dx_mem_fail_after(-1);
        dx_piece_free(&p.piece);
        assert_true(rc == DX_OK || rc == DX_ERR_NOMEM);
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
        cmocka_unit_test(a_stream_of_any_size_takes_bounded_memory), /* first */
        cmocka_unit_test(types_follow_the_name),
        cmocka_unit_test(types_follow_the_first_bytes),
        cmocka_unit_test(types_are_asked_for_what_they_all_have),
        cmocka_unit_test(lines_are_cut_wherever_they_end),
        cmocka_unit_test(lines_are_cut_across_buffers),
        cmocka_unit_test(any_lines_are_cut_as_naively),
        cmocka_unit_test(a_line_too_long_is_one_fault),
        cmocka_unit_test(files_are_one_record_or_their_objects),
        cmocka_unit_test(cutting_stops_when_asked),
        cmocka_unit_test(records_leave_a_piece_as_they_came),
        cmocka_unit_test(heads_may_differ_within_a_piece),
        cmocka_unit_test(tiny_records_fill_a_piece_too),
        cmocka_unit_test(a_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
