/* Pages of LMDB, changed here and there: the input is a list of changes, of four bytes
 * each: where (two bytes), how and with what. */
#include "tests/fuzz/page_file.h"

#define CHANGES_MAX 64u

static void change(uint8_t *bytes, size_t len, const uint8_t *how)
{
    size_t at = (how[0] | (size_t)how[1] << 8) % len;

    switch (how[2] % 5) {
    case 0: bytes[at] = how[3]; break;
    case 1: bytes[at] ^= (uint8_t)(1u << how[3] % 8); break;
    case 2: bytes[at] = (uint8_t)(bytes[at] + how[3]); break;
    case 3: { /* a page of another */
        size_t page = at / PAGE_FILE_PAGE * PAGE_FILE_PAGE;
        size_t from = how[3] * (size_t)PAGE_FILE_PAGE % len;
        if (how[2] & 0x80)
            memmove(bytes + page, bytes + from, PAGE_FILE_PAGE);
        else
            memmove(bytes + page + 8, bytes + from + 8, PAGE_FILE_PAGE - 8);
        break;
    }
    default:
        at = at / 8 * 8;
        memset(bytes + at, how[3] & 1 ? 0xFF : 0, len - at < 8 ? len - at : 8);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static page_file f;
    static uint8_t bytes[PAGE_FILE_MAX];

    if (f.len == 0)
        page_file_make(&f);
    memcpy(bytes, f.bytes, f.len);
    for (size_t i = 0; i + 4 <= size && i < 4 * CHANGES_MAX; i += 4)
        change(bytes, f.len, data + i);
    FUZZ_CHECK(page_file_try(&f, bytes, f.len) || size >= 4);
    return 0;
}
