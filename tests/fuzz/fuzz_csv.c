/* Any bytes as a CSV and as a TSV file: rows that cover it in order, the same rows
 * from any of them on, and articles that keep article.h's promises, or a reason. */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/fuzz/fuzz_article.h"

#define ROWS_MAX 512u

typedef struct rows { /* of one cutting */
    const dx_source *source;
    dx_byte_stream *in;
    uint64_t offset;
    struct { uint64_t end; dx_hash128 bytes; bool is_fault; } at[ROWS_MAX];
    size_t count;
} rows;

static void read_row(const rows *r, const dx_record *record)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_error err = {DX_OK, ""};
    dx_article article;
    dx_status rc = dx_source_read(r->source, record, &(dx_input_options){0},
        DX_STR_LIT("tin/bai.csv"), &arena, &article, &err);

    if (rc == DX_OK && article.left_out == DX_LEFT_NOT)
        fuzz_check_article(&article);
    FUZZ_CHECK(rc == DX_OK || (err.status == rc && err.msg[0] != '\0'));
    dx_arena_free(&arena);
}

static dx_status take_row(void *ctx, const dx_record *record)
{
    rows *r = ctx;
    uint64_t bytes;
    dx_hash128 hash;

    dx_byte_stream_take_digest(r->in, &bytes, &hash);
    r->offset += bytes;
    if (!record->fault)
        read_row(r, record);
    if (r->count < ROWS_MAX) {
        r->at[r->count].end = r->offset;
        r->at[r->count].is_fault = record->fault != NULL;
        r->at[r->count++].bytes =
            dx_hash128_of(record->bytes.ptr, record->bytes.len);
    }
    return DX_OK;
}

static void cut(rows *r, const char *path, uint64_t from, dx_str head)
{
    dx_error err = {DX_OK, ""};

    r->count = 0;
    r->offset = from;
    if (dx_byte_stream_open_part(path, true, from, UINT64_MAX, &r->in, &err) != DX_OK)
        abort();
    if (from > 0)
        dx_byte_stream_set_head(r->in, head);
    FUZZ_CHECK(dx_byte_stream_digest(r->in, &err) == DX_OK);
    dx_status rc =
        r->source->cut(r->in, &(dx_input_options){0}, take_row, r, &err);
    FUZZ_CHECK(rc == DX_OK || (err.status == rc && err.msg[0] != '\0'));
    dx_byte_stream_close(r->in);
}

/* From behind one of its rows on, the rest comes as it did. */
static void check_rest(const rows *whole, size_t i, const char *path, dx_str head)
{
    static rows rest;

    rest.source = whole->source;
    cut(&rest, path, whole->at[i].end, head);
    FUZZ_CHECK(rest.count == whole->count - i - 1 || whole->count == ROWS_MAX);
    for (size_t k = 0; k < rest.count && i + 1 + k < whole->count; k++)
        FUZZ_CHECK(rest.at[k].end == whole->at[i + 1 + k].end &&
                   rest.at[k].is_fault == whole->at[i + 1 + k].is_fault &&
                   dx_hash128_eq(rest.at[k].bytes, whole->at[i + 1 + k].bytes));
}

static void check_file(const dx_source *source, const char *path)
{
    static rows whole;
    dx_arena arena = DX_ARENA_INIT;
    dx_error err = {DX_OK, ""};
    dx_byte_stream *in;
    dx_str head;

    if (dx_byte_stream_open_part(path, true, 0, UINT64_MAX, &in, &err) != DX_OK)
        abort();
    FUZZ_CHECK(source->head(in, &(dx_input_options){0}, &arena, &head, &err) == DX_OK);
    dx_byte_stream_close(in);
    whole.source = source;
    cut(&whole, path, 0, head);
    for (size_t i = 0; i < whole.count; i += 1 + whole.count / 8)
        check_rest(&whole, i, path, head);
    dx_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int fd = -1;
    static char path[64];

    if (fd < 0) {
        fd = memfd_create("table", 0);
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    }
    if (fd < 0 || ftruncate(fd, 0) != 0 ||
        pwrite(fd, data, size, 0) != (ssize_t)size)
        abort();
    check_file(&dx_source_csv, path);
    check_file(&dx_source_tsv, path);
    return 0;
}
