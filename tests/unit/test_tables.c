/* Tables that are text: rows, heads, and damaged rows; the cutter beside a naive
 * reader that has the whole table before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/base/buf.h"
#include "indexer/input/source.h"
#include "indexer/input/tables/cutting.h"

static char folder[] = "/tmp/dx-tables-XXXXXX";
static char path[128];
static dx_error err;

static void write_file(const void *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

/* ---- what was cut, as text ---- */

/* A row as "[7|một|hai]", its number in front; values of a damaged one are "!". */
static void put_row(dx_buf *out, uint64_t number, const dx_str *values,
    size_t count)
{
    dx_buf_printf(out, "[%llu", (unsigned long long)number);
    for (size_t i = 0; i < count; i++) {
        dx_buf_putc(out, '|');
        dx_buf_put_str(out, values[i]);
    }
    dx_buf_puts(out, "]");
}

static dx_status list_row(void *ctx, const dx_record *record)
{
    dx_buf *out = ctx;
    dx_table_head head = dx_table_head_read(record->head);
    dx_row_rest rest = dx_row_values(&head.dialect, record->bytes);
    dx_arena arena = DX_ARENA_INIT;
    dx_str values[64];
    size_t n = 0;

    if (record->fault) {
        values[n++] = DX_STR_LIT("!");
    } else if (record->number == 0) {
        values[n++] = DX_STR_LIT("figures");
    } else {
        for (dx_row_value v; dx_row_next(&rest, &v); n++)
            assert_int_equal(
                dx_row_text(&head.dialect, &v, &arena, &values[n], &err),
                DX_OK);
    }
    put_row(out, record->number, values, n);
    dx_arena_free(&arena);
    return DX_OK;
}

/* The file's rows; or why they cannot be cut. */
static void cut_file(const dx_source *source, dx_buf *out)
{
    dx_byte_stream *in;
    dx_error why = {0};

    assert_int_equal(dx_byte_stream_open(path, &in, &err), DX_OK);
    assert_int_equal(dx_byte_stream_decode(in, &err), DX_OK);
    dx_buf_clear(out);
    if (source->cut(in, &(dx_input_options){0}, list_row, out, &why) != DX_OK)
        dx_buf_puts(out, why.msg);
    dx_byte_stream_close(in);
}

static void check_of(const dx_source *source, const char *text,
    const char *wanted)
{
    dx_buf out;

    dx_buf_init(&out, SIZE_MAX);
    write_file(text, strlen(text));
    cut_file(source, &out);
    assert_string_equal(dx_buf_cstr(&out), wanted);
    dx_buf_free(&out);
}

static void check(const char *text, const char *wanted)
{
    check_of(&dx_source_csv, text, wanted);
}

/* ---- by hand ---- */

static void delimiters_are_found(void **state)
{
    (void)state;
    check("title,body\nMột,Hai\n", "[2|Một|Hai]");
    check("title;body\nMột, hai;Ba, bốn\n", "[2|Một, hai|Ba, bốn]");
    check("title\tbody\nMột, hai\tBa; bốn\n", "[2|Một, hai|Ba; bốn]");
    check("title|body\nMột|Hai\n", "[2|Một|Hai]");
    check("body\nMột, hai; ba\n", "[2|Một, hai; ba]");
    check("sep=;\ntitle;body\nMột;Hai\n", "[2|Một|Hai]");
    check("Tiêu đề;Nội dung, tóm tắt;Ngày\nA;B, c;1\n", "[2|A|B, c|1]");
    check("title,body\nMột;hai;ba,Bốn;năm;sáu\n", "[2|Một;hai;ba|Bốn;năm;sáu]");
}

static void quotes_hold_what_they_may(void **state)
{
    (void)state;
    check("title,body\n\"Một, \"\"hai\"\"\",\"Ba\n\nbốn\"\n",
        "[2|Một, \"hai\"|Ba\n\nbốn]");
    check("title,body\r\n\"Một\r\nhai\",\"\"\r\nBa,Bốn\r\n",
        "[2|Một\r\nhai|][3|Ba|Bốn]");
    check("title,body\n  \"Một\"  , \"hai, ba\" \n", "[2|Một|hai, ba]");
    check("title,body\nống 5\" dài,cao 6\"\n", "[2|ống 5\" dài|cao 6\"]");
    check("title,body\n\"Nói \"hay\" và\",Hai\n", "[2|Nói \"hay\" và|Hai]");
    check("\"title\",\"body\"\n\"Một\",\"Hai\"", "[2|Một|Hai]");
}

static void rows_end_in_every_way(void **state)
{
    (void)state;
    check("title,body\rMột,Hai\rBa,\"Bốn\rnăm\"\r", "[2|Một|Hai][3|Ba|Bốn\rnăm]");
    check("\"title\",body\rMột,\"Hai\nba\"\rBốn,\r", "[2|Một|Hai\nba][3|Bốn|]");
    check("\"title\",\"body\n\"\"2\n\"\"\"\rMột,Hai\r", "[2|Một|Hai]");
    check("\xEF\xBB\xBFtitle,body\r\n\r\nMột,Hai\r\n,\r\nBa,Bốn",
        "[3|Một|Hai][5|Ba|Bốn]");
    check("title,body\n", "");
    check("title,body", "");
    check("", "");
    check("\n\n", "");
}

/* "Một, hai" of a database, of Excel, and with neither of their marks. */
static void tsv_is_as_its_writer_meant_it(void **state)
{
    const dx_source *tsv = &dx_source_tsv;

    (void)state;
    check_of(tsv, "id\tbody\n1\tMột\\nhai\\tba\\\\\n", "[2|1|Một\nhai\tba\\]");
    check_of(tsv, "id\tbody\n1\t\"Một\" là hai\n2\t\"Ba\n",
        "[2|1|\"Một\" là hai][3|2|\"Ba]");
    check_of(tsv, "id\tbody\n1\t\"Một\nhai \"\"ba\"\"\"\n",
        "[2|1|Một\nhai \"ba\"]");
    check_of(tsv, "id\tbody\n1\tC:\\thu\\mục\n", "[2|1|C:\\thu\\mục]");
    check_of(tsv, "id,body\n1,\"Một, hai\"\n", "[2|1|Một, hai]");
}

static void figures_are_no_articles(void **state)
{
    (void)state;
    check("STT,Cấp học,Số lượng\n1,Mầm non,\"2,870\"\n2,Tiểu học,35\n",
        "[0|figures]");
    check("STT;Nội dung;Kế hoạch;Thực hiện\n1;Tổng chi;12,5;13\n2;Chi khác;1;2\n",
        "[0|figures]");
    check("Tên xã,Dân số,Diện tích\nTân Mỹ,7000,12\n", "[0|figures]");
    check("Tên,Ghi chú\nTân Mỹ,Xã miền núi\n", "[0|figures]");
    check("Tiêu đề,Lượt xem\nCầu mới,7\n", "[2|Cầu mới|7]");
    check("Tiêu đề,Lượt xem,Lượt thích,Ngày đăng\nCầu,7,8,1/2/2024\n",
        "[2|Cầu|7|8|1/2/2024]");
    check("a,b\n1,Sáng nay cầu mới bắc qua sông đã thông xe trong niềm vui của bà "
          "con hai bên bờ\n",
        "[2|1|Sáng nay cầu mới bắc qua sông đã thông xe trong niềm vui của bà con "
        "hai bên bờ]");
}

static void damaged_rows_are_told_and_the_rest_goes_on(void **state)
{
    (void)state;
    /* the quote of row 3 is never closed */
    check("id,title,body\n1,A,\"Một\"\n2,B,\"Hai\n3,C,\"Ba\"\n4,D,\"Bốn\"\n",
        "[2|1|A|Một][3|!][4|3|C|Ba][5|4|D|Bốn]");
    check("id,title,body\n1,A,\"Một\n2,B,Hai\n3,C,\"Ba\"\n",
        "[2|!][3|2|B|Hai][4|3|C|Ba]");
    check("id,title,body\n1,A,\"Một\n2,B,Hai\n3,C,Ba\n",
        "[2|!][3|2|B|Hai][4|3|C|Ba]");
    /* the file was cut off within a value */
    check("id,title,body\n1,A,Một\n2,B,\"Hai\nđoạn sau, còn nữa, và nữa\nhết",
        "[2|1|A|Một][3|!]");
    /* no row looks like one: what is quoted badly stays one value */
    check("id,body\n1,\"Ông nói:\n\"Tôi đi\" rồi về\"\n2,B\n",
        "[2|1|Ông nói:\n\"Tôi đi\" rồi về][3|2|B]");
    check("\"a,b\nc,d\n", "the row of names at its head does not end within 64 "
                          "KiB, or names over 4096 columns; is a quote not closed?");
}

static void a_row_too_long_is_one_fault(void **state)
{
    size_t len = (size_t)100 << 20;
    char *text = malloc(len + 100);
    dx_buf out;

    (void)state;
    assert_non_null(text);
    dx_buf_init(&out, SIZE_MAX);
    for (int quoted = 0; quoted < 2; quoted++) {
        const char *head = quoted ? "title,body\nA,\"" : "title,body\nA,";
        const char *tail = quoted ? "\n,\"\n\"B\",Hai\n" : "\nB,Hai\n";
        size_t n = strlen(head);
        memcpy(text, head, n);
        memset(text + n, 'x', len);
        for (size_t at = n + 1000; quoted && at < n + len; at += 1000)
            text[at] = '\n';
        memcpy(text + n + len, tail, strlen(tail));
        write_file(text, n + len + strlen(tail));
        cut_file(&dx_source_csv, &out);
        assert_string_equal(dx_buf_cstr(&out), "[2|!][3|B|Hai]");
    }
    dx_buf_free(&out);
    free(text);
}

static void utf16_is_read_as_it_comes(void **state)
{
    static const char text[] = "\xFF\xFEt\0,\0b\0o\0d\0y\0\n\0M\0\xD9\x1Et\0,\0"
                               "\x3D\xD8\x42\xDC\n";
    dx_buf out;

    (void)state;
    dx_buf_init(&out, SIZE_MAX);
    write_file(text, sizeof text);
    cut_file(&dx_source_csv, &out);
    assert_string_equal(dx_buf_cstr(&out), "[2|Một|\xF0\x9F\x91\x82]");
    dx_buf_free(&out);
}

/* ---- beside a naive writer ---- */

static uint32_t seed = 1;

static uint32_t draw(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

/* A value as a careful writer puts it; what it is goes to `plain`. */
static void write_value(dx_buf *text, dx_buf *plain, char delimiter)
{
    static const char *const parts[] = {"Cầu", " mới ", "\"", "\"\"", ",", ";",
        "\n", "\r\n", "|", "a", "ệ", "\t"};
    dx_buf value;
    bool quote = draw(4) == 0;

    dx_buf_init(&value, SIZE_MAX);
    for (uint32_t n = draw(8); n > 0; n--)
        dx_buf_puts(&value, parts[draw(sizeof parts / sizeof *parts)]);
    if (draw(60) == 0)
        for (uint32_t n = draw(90000); n > 0; n--)
            dx_buf_puts(&value, draw(50) ? "xy" : "\"\n");
    dx_buf_put(plain, value.data, value.len);
    for (size_t i = 0; i < value.len; i++)
        quote |= strchr("\"\r\n", value.data[i]) != NULL ||
                 value.data[i] == (uint8_t)delimiter;
    quote |= value.len && (value.data[0] == ' ');
    if (quote)
        dx_buf_putc(text, '"');
    for (size_t i = 0; i < value.len; i++) {
        if (value.data[i] == '"')
            dx_buf_putc(text, '"');
        dx_buf_putc(text, (char)value.data[i]);
    }
    if (quote)
        dx_buf_putc(text, '"');
    dx_buf_free(&value);
}

#define COLUMNS 4u

static void write_table(dx_buf *text, dx_buf *wanted, char delimiter,
    const char *line_end, unsigned rows)
{
    dx_buf_clear(text);
    dx_buf_clear(wanted);
    dx_buf_printf(text, "id%ctitle%cbody%cviews%s", delimiter, delimiter,
        delimiter, line_end);
    for (unsigned row = 0; row < rows; row++) {
        dx_buf_printf(wanted, "[%u|%u", row + 2, row);
        dx_buf_printf(text, "%u", row);
        for (unsigned i = 1; i < COLUMNS; i++) {
            dx_buf_putc(text, delimiter);
            dx_buf_putc(wanted, '|');
            write_value(text, wanted, delimiter);
        }
        dx_buf_puts(text, line_end);
        dx_buf_puts(wanted, "]");
    }
}

static void tables_come_back_as_they_were_written(void **state)
{
    static const char delimiters[] = {',', ';', '\t', '|'};
    dx_buf text, wanted, got;

    (void)state;
    dx_buf_init(&text, SIZE_MAX);
    dx_buf_init(&wanted, SIZE_MAX);
    dx_buf_init(&got, SIZE_MAX);
    for (unsigned round = 0; round < 200; round++) {
        write_table(&text, &wanted, delimiters[draw(4)],
            draw(2) ? "\n" : "\r\n", 1 + draw(round < 150 ? 30 : 3000));
        write_file(text.data, text.len);
        cut_file(&dx_source_csv, &got);
        if (got.len != wanted.len ||
            memcmp(got.data, wanted.data, got.len) != 0)
            fail_msg("round %u", round);
    }
    dx_buf_free(&text);
    dx_buf_free(&wanted);
    dx_buf_free(&got);
}

/* From behind any row on, with the head, the rest is cut as it was. */
typedef struct border {
    uint64_t offset; /* behind this row */
    size_t listed;   /* so much had been listed then */
} border;

typedef struct borders {
    dx_byte_stream *in;
    dx_buf out;
    border items[200];
    size_t count;
    uint64_t offset;
} borders;

static dx_status list_border(void *ctx, const dx_record *record)
{
    borders *b = ctx;
    uint64_t bytes;
    dx_hash128 hash;

    dx_byte_stream_take_digest(b->in, &bytes, &hash);
    b->offset += bytes;
    DX_TRY(list_row(&b->out, record));
    b->items[b->count++] = (border){b->offset, b->out.len};
    return DX_OK;
}

/* "[7|…" as "[…": numbers begin anew in each part. */
static void drop_numbers(dx_buf *b)
{
    size_t n = 0;

    for (size_t i = 0; i < b->len; i++) {
        b->data[n++] = b->data[i];
        if (b->data[i] == '[')
            while (i + 1 < b->len && b->data[i + 1] >= '0' &&
                   b->data[i + 1] <= '9')
                i++;
    }
    b->len = n;
}

static void check_from(const borders *whole, size_t i, dx_str head)
{
    dx_byte_stream *in;
    dx_buf got, wanted;
    const border *b = &whole->items[i];

    dx_buf_init(&got, SIZE_MAX);
    dx_buf_init(&wanted, SIZE_MAX);
    assert_int_equal(dx_byte_stream_open_part(path, true, b->offset, UINT64_MAX,
                         &in, &err),
        DX_OK);
    dx_byte_stream_set_head(in, head);
    assert_int_equal(dx_source_csv.cut(in, &(dx_input_options){0}, list_row,
                         &got, &err),
        DX_OK);
    dx_byte_stream_close(in);
    dx_buf_put(&wanted, whole->out.data + b->listed, whole->out.len - b->listed);
    drop_numbers(&wanted);
    drop_numbers(&got);
    assert_int_equal(got.len, wanted.len);
    if (got.len)
        assert_memory_equal(got.data, wanted.data, got.len);
    dx_buf_free(&got);
    dx_buf_free(&wanted);
}

static void the_rest_is_cut_the_same_from_any_row(void **state)
{
    dx_buf text, wanted;
    dx_input_options options = {0};

    (void)state;
    dx_buf_init(&text, SIZE_MAX);
    dx_buf_init(&wanted, SIZE_MAX);
    for (unsigned round = 0; round < 20; round++) {
        borders whole = {.count = 0};
        dx_arena arena = DX_ARENA_INIT;
        dx_str head;
        write_table(&text, &wanted, ',', "\n", 1 + draw(150));
        write_file(text.data, text.len);
        dx_buf_init(&whole.out, SIZE_MAX);
        assert_int_equal(dx_byte_stream_open(path, &whole.in, &err), DX_OK);
        assert_int_equal(
            dx_source_csv.head(whole.in, &options, &arena, &head, &err), DX_OK);
        assert_int_equal(dx_byte_stream_digest(whole.in, &err), DX_OK);
        assert_int_equal(dx_source_csv.cut(whole.in, &options, list_border,
                             &whole, &err),
            DX_OK);
        dx_byte_stream_close(whole.in);
        for (size_t i = 0; i < whole.count; i++)
            check_from(&whole, i, head);
        dx_buf_free(&whole.out);
        dx_arena_free(&arena);
    }
    dx_buf_free(&text);
    dx_buf_free(&wanted);
}

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/table", folder);
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
        cmocka_unit_test(delimiters_are_found),
        cmocka_unit_test(quotes_hold_what_they_may),
        cmocka_unit_test(rows_end_in_every_way),
        cmocka_unit_test(tsv_is_as_its_writer_meant_it),
        cmocka_unit_test(figures_are_no_articles),
        cmocka_unit_test(damaged_rows_are_told_and_the_rest_goes_on),
        cmocka_unit_test(a_row_too_long_is_one_fault),
        cmocka_unit_test(utf16_is_read_as_it_comes),
        cmocka_unit_test(tables_come_back_as_they_were_written),
        cmocka_unit_test(the_rest_is_cut_the_same_from_any_row),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
