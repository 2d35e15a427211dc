/* Records of input files, and of what their blocks borrow, with their checksums made
 * right so that what is behind them is reached. */
#include <string.h>

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/base/mem.h"
#include "indexer/run/files/borrowed.h"
#include "indexer/run/files/file_record.h"
#include "tests/fuzz/fuzz.h"

#define NEXT 1000u
#define BORROWED_NUMBER 0x1Fu

/* What can be read is written again as it was, and lies in the record. */
static void check_file(dx_str value)
{
    char key[DX_STORE_KEY_MAX + 1];
    dx_blocks blocks = {0};
    dx_file_record r;
    dx_buf again;

    if (!dx_file_record_read(value, &r))
        return;
    FUZZ_CHECK(r.block_count > 0 && r.path.len > 0);
    FUZZ_CHECK(dx_str_end(r.path) <= dx_str_end(value) &&
               dx_str_end(r.name) <= dx_str_end(value));
    FUZZ_CHECK(dx_file_key(r.path, key).len <= DX_STORE_KEY_MAX);
    for (uint32_t i = 0; i < r.block_count; i++) {
        dx_block b = dx_file_record_block(&r, i);
        FUZZ_CHECK(dx_blocks_add(&blocks, &b) == DX_OK);
    }
    dx_buf_init(&again, UINT32_MAX);
    dx_file_record_write(&r, blocks.items, blocks.count, &again);
    dx_str written = {(const char *)again.data, again.len};
    dx_file_record same;
    FUZZ_CHECK(dx_file_record_read(written, &same));
    FUZZ_CHECK(dx_str_eq(same.path, r.path) && dx_str_eq(same.name, r.name) &&
               same.block_count == r.block_count &&
               memcmp(same.blocks, r.blocks, (size_t)r.block_count * 32) == 0);
    dx_buf_free(&again);
    dx_blocks_free(&blocks);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char borrowed_key[] = "b0000001f";
    dx_str key = {borrowed_key, sizeof borrowed_key - 1};
    uint8_t *copy = dx_malloc(size + 8);

    if (!copy)
        return 0;
    memcpy(copy, data, size);
    dx_str value = {(const char *)copy, size};
    check_file(value);
    (void)dx_borrowed_fault(key, value, NEXT);
    value.len = size + 8;
    dx_store_u64(copy + size, dx_hash64(copy, size));
    check_file(value);
    dx_store_u64(copy + size, dx_hash64(copy, size) + BORROWED_NUMBER);
    const char *fault = dx_borrowed_fault(key, value, NEXT);
    FUZZ_CHECK(fault || (size > 0 && size % 8 == 0));
    FUZZ_CHECK(dx_borrowed_fault(key, value, BORROWED_NUMBER)); /* never was given */
    dx_free(copy);
    return 0;
}
