/* Any bytes as a compressed file: it is unpacked to lines, or there is a reason, and it
 * never becomes far more than it is. */
#include "indexer/input/byte_stream.h"
#include "indexer/input/lines.h"
#include "indexer/input/packed/unpack.h"
#include "tests/fuzz/fuzz.h"

#define LINES_MAX 100000u
#define UNPACKED_MAX_BYTES ((size_t)1 << 25)

static void check_error(dx_status rc, const dx_error *err)
{
    FUZZ_CHECK(rc == DX_OK || (err->status == rc && err->msg[0] != '\0'));
}

static void read_lines(dx_str bytes)
{
    dx_byte_stream *in;
    dx_error err = {DX_OK, ""};
    dx_str line = {"", 0};
    dx_status rc = dx_byte_stream_open_bytes(NULL, DX_STR_LIT("kho.gz"), bytes, &in, &err);

    for (unsigned i = 0; i < LINES_MAX && rc == DX_OK && line.ptr; i++)
        rc = dx_byte_stream_line(in, &line, &err);
    check_error(rc, &err);
    FUZZ_CHECK(rc != DX_OK || line.ptr ||
               dx_byte_stream_consumed_bytes(in) <= bytes.len);
    dx_byte_stream_close(in);
}

static dx_status read_file(dx_unpack *u, size_t *done, dx_error *err)
{
    char block[4096];
    size_t got = 1;
    dx_status rc = DX_OK;

    while (rc == DX_OK && got > 0 && *done < UNPACKED_MAX_BYTES) {
        rc = dx_unpack_read(u, block, sizeof block, &got, err);
        FUZZ_CHECK(rc != DX_OK || got <= sizeof block);
        *done += rc == DX_OK ? got : 0;
    }
    return rc;
}

static void unpack(dx_unpack_form form, dx_str bytes)
{
    dx_unpack *u;
    dx_error err = {DX_OK, ""};
    dx_str name = {"", 0};
    size_t done = 0;
    dx_status rc = dx_unpack_open_memory(form, bytes, &u, &err);

    while (rc == DX_OK && name.ptr && done < UNPACKED_MAX_BYTES) {
        rc = dx_unpack_next(u, &name, &err);
        if (rc == DX_OK && name.ptr)
            rc = read_file(u, &done, &err);
    }
    check_error(rc, &err);
    dx_unpack_free(u);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dx_str bytes = {(const char *)data, size};

    read_lines(bytes);
    unpack(DX_UNPACK_STREAM, bytes);
    unpack(DX_UNPACK_FILES, bytes);
    return 0;
}
