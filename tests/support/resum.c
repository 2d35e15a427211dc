/* Checksums made right again. */
#include "tests/support/resum.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/index/chunk/chunk.h"
#include "common/index/segment/layout/format.h"

#define CHUNK_KEY_BYTES 17u /* s0000001f.09.0000 */
#define HEAD_KEY_BYTES 14u /* s0000001f.head */
#define NAME_AT 10u
#define CHUNK_RECORD 16u /* in a head: start, bytes, checksum */

bool resum_is_chunk(dx_str key) { return key.len == CHUNK_KEY_BYTES; }

static bool is_of_segment(dx_str key, const char *name)
{
    return key.len == HEAD_KEY_BYTES && memcmp(key.ptr + NAME_AT, name, 4) == 0;
}

bool resum_is_head(dx_str key) { return is_of_segment(key, "head"); }

bool resum_has_own(dx_str key)
{
    return is_of_segment(key, "head") || is_of_segment(key, "dead") || *key.ptr == 'f' ||
           dx_str_eq(key, DX_STR_LIT("manifest")) || dx_str_eq(key, DX_STR_LIT("namesakes"));
}

void resum_record(uint8_t *bytes, size_t len)
{
    if (len >= 8)
        dx_store_u64(bytes + len - 8, dx_hash64(bytes, len - 8));
}

size_t resum_data_bytes(size_t len)
{
    size_t data = 1;

    while (data + 1 + dx_chunk_sums_bytes(data + 1) <= len)
        data++;
    return data;
}

void resum_head(uint8_t *head, size_t len, dx_str key, size_t data_bytes,
    uint64_t checksum)
{
    uint8_t *p = head + DX_SEGMENT_HEAD_BYTES + 4; /* after their number */
    int part = (key.ptr[NAME_AT] - '0') * 10 + key.ptr[NAME_AT + 1] - '0';

    for (int i = 0; i < part; i++)
        p += 4 + CHUNK_RECORD * dx_load_u32(p);
    if (dx_load_u32(p) != 1)
        abort();
    dx_store_u32(p + 4 + 4, (uint32_t)data_bytes);
    dx_store_u64(p + 4 + 8, checksum);
    resum_record(head, len);
}
