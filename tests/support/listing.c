/* Cuts and reads bytes as a file, and lists the articles. */
#include "tests/support/listing.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/base/buf.h"
#include "common/base/civil.h"

typedef struct listing {
    const dx_source *source;
    const char *file_name;
    dx_buf *out;
    dx_arena arena;
} listing;

static void put_article(dx_buf *out, const dx_article *a)
{
    char day[DX_CIVIL_BYTES];

    for (size_t f = 0; f < DX_FIELDS; f++) {
        if (f == DX_FIELD_PATH || f == DX_FIELD_DATE || a->at[f].len == 0)
            continue;
        dx_buf_printf(out, "%s: ", dx_fields[f].name);
        dx_buf_put_str(out, a->at[f]);
        dx_buf_putc(out, '\n');
    }
    if (a->date != DX_DATE_UNKNOWN)
        dx_buf_printf(out, "date: %.*s\n", (int)dx_civil_put(a->date, day), day);
}

static dx_status put_record(void *ctx, const dx_record *record)
{
    listing *l = ctx;
    dx_error err = {0};
    dx_article a;

    dx_buf_putc(l->out, '[');
    dx_record_put_path(record, l->file_name, l->out);
    dx_buf_putc(l->out, ']');
    dx_arena_reset(&l->arena);
    dx_status rc = DX_OK;
    if (record->fault) {
        dx_buf_printf(l->out, " fault: %s\n", record->fault);
    } else {
        rc = dx_source_read(l->source, record, &(dx_input_options){0},
            dx_str_from(l->file_name), &l->arena, &a, &err);
        if (rc != DX_OK)
            dx_buf_printf(l->out, " fault: %s\n", err.msg);
        else if (a.left_out != DX_LEFT_NOT)
            dx_buf_printf(l->out, " left out: %s\n",
                dx_left_out_key(a.left_out));
        else
            dx_buf_putc(l->out, '\n');
        if (rc == DX_OK && a.left_out == DX_LEFT_NOT)
            put_article(l->out, &a);
    }
    return rc == DX_ERR_NOMEM ? rc : DX_OK;
}

static dx_status list(listing *l, const char *path)
{
    dx_error err = {0};
    dx_byte_stream *in;
    dx_status rc = dx_byte_stream_open(path, &in, &err);

    if (rc == DX_OK)
        rc = l->source->cut(in, &(dx_input_options){0}, put_record, l, &err);
    dx_byte_stream_close(in);
    if (rc != DX_OK && rc != DX_ERR_NOMEM)
        dx_buf_printf(l->out, "failed: %s\n", err.msg);
    return rc;
}

static bool write_file(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);
        if (n <= 0)
            return false;
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

const char *listing_of(const dx_source *source, const char *file_name,
    const void *bytes, size_t len)
{
    static dx_buf out;
    char path[] = "/tmp/dx-listing-XXXXXX";
    listing l = {.source = source, .file_name = file_name, .out = &out,
        .arena = DX_ARENA_INIT};
    dx_status rc = DX_ERR_IO;

    dx_buf_free(&out);
    dx_buf_init(&out, SIZE_MAX);
    int fd = mkstemp(path);
    if (fd >= 0 && write_file(fd, bytes, len))
        rc = list(&l, path);
    if (fd >= 0) {
        close(fd);
        unlink(path);
    }
    dx_arena_free(&l.arena);
    const char *listed = dx_buf_cstr(&out);
    return rc == DX_ERR_NOMEM || out.status != DX_OK ? NULL : listed;
}
