/* The manifest and a segment's deletion bitmap, with their checksums made right
 * so that what is behind them is reached. */
#include <string.h>

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/index/segment/layout/manifest.h"
#include "tests/fuzz/fuzz.h"

#define HEAD_BYTES 12u /* magic, version, analyzer: also made right */

static void check_manifest(dx_str record)
{
    dx_error err = {DX_OK, ""};
    dx_manifest m;
    dx_buf again;

    if (dx_manifest_read(record, &m, &err) != DX_OK) {
        FUZZ_CHECK(err.status != DX_OK && err.msg[0] != '\0');
        return;
    }
    FUZZ_CHECK(m.count <= DX_SEGMENTS_MAX);
    dx_buf_init(&again, 1u << 20);
    dx_manifest_write(&m, &again);
    if (record.len)
        FUZZ_CHECK(again.len == record.len &&
                   memcmp(again.data, record.ptr, record.len) == 0);
    dx_buf_free(&again);
    dx_manifest_free(&m);
}

static void make_right(uint8_t *p, size_t len)
{
    dx_manifest empty = {.count = 0};
    dx_buf b;

    if (len < HEAD_BYTES + 8)
        return;
    dx_buf_init(&b, 1000);
    dx_manifest_write(&empty, &b);
    memcpy(p, b.data, HEAD_BYTES);
    dx_store_u64(p + len - 8, dx_hash64(p, len - 8));
    dx_buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *copy = dx_malloc(size);
    uint64_t words[64];

    if (!copy || size == 0) {
        dx_free(copy);
        return 0;
    }
    memcpy(copy, data, size);
    dx_str record = {(const char *)copy, size};
    check_manifest(record);
    for (size_t count = 0; count <= 64; count += 8)
        if (dx_dead_read(record, words, count) == DX_OK)
            FUZZ_CHECK(size == (count + 1) * 8);
    make_right(copy, size);
    check_manifest(record);
    dx_free(copy);
    return 0;
}
