/* fuzz_file.h -- any bytes as a file of a type: cut, and every record read. */
#ifndef DX_TESTS_FUZZ_FUZZ_FILE_H
#define DX_TESTS_FUZZ_FUZZ_FILE_H

#include "tests/fuzz/fuzz_article.h"

static inline dx_status fuzz_record(void *ctx, const dx_record *record)
{
    const dx_source *source = ctx;
    dx_arena arena = DX_ARENA_INIT;
    dx_error err = {DX_OK, ""};
    dx_article article;

    if (record->fault) {
        FUZZ_CHECK(record->fault[0] != '\0');
        return DX_OK;
    }
    dx_status rc = dx_source_read(source, record, &(dx_input_options){0},
        DX_STR_LIT("kho/tin"), &arena, &article, &err);
    if (rc != DX_OK)
        FUZZ_CHECK(err.status == rc && err.msg[0] != '\0');
    else if (article.left_out == DX_LEFT_NOT)
        fuzz_check_article(&article);
    dx_arena_free(&arena);
    return DX_OK;
}

static inline int fuzz_file(const uint8_t *data, size_t size,
    const dx_source *source)
{
    dx_error err = {DX_OK, ""};
    dx_byte_stream *in;
    dx_source constant = *source;
    dx_status rc = dx_byte_stream_open_bytes(NULL, DX_STR_LIT("kho"),
        (dx_str){(const char *)data, size}, &in, &err);

    if (rc == DX_OK)
        rc = source->cut(in, &(dx_input_options){0}, fuzz_record, &constant, &err);
    dx_byte_stream_close(in);
    if (rc != DX_OK)
        FUZZ_CHECK(err.status == rc && err.msg[0] != '\0');
    return 0;
}

#endif
