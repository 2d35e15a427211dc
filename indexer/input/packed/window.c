/* Reads the headers of zstd and xz. */
#include "indexer/input/packed/window.h"

#include <string.h>

#include "common/base/bytes.h"

#define XZ_BLOCK_AT 12u
#define XZ_SIZES 0xC0u /* two numbers that may be there */
#define XZ_LZMA2 0x21u

typedef struct head {
    const unsigned char *at, *end;
} head;

static unsigned next(head *h) { return h->at < h->end ? *h->at++ : 0; }

static uint64_t little_endian(head *h, unsigned bytes)
{
    uint64_t n = 0;

    for (unsigned i = 0; i < bytes; i++)
        n |= (uint64_t)next(h) << (8 * i);
    return n;
}

/* A frame of one segment has a window of all its bytes. */
static uint64_t zstd_window(head *h)
{
    static const unsigned char id_bytes[] = {0, 1, 2, 4}, size_bytes[] = {1, 2, 4, 8};
    unsigned flags = next(h);

    if (flags & 0x20) {
        (void)little_endian(h, id_bytes[flags & 3]);
        return little_endian(h, size_bytes[flags >> 6]);
    }
    unsigned window = next(h);
    uint64_t base = UINT64_C(1) << (10 + (window >> 3));
    return base + base / 8 * (window & 7);
}

static uint64_t xz_number(head *h)
{
    uint64_t n;

    return dx_varint_read(&h->at, h->end, &n) ? n : 0;
}

static uint64_t xz_window(head *h)
{
    (void)next(h); /* bytes of this header */
    unsigned flags = next(h);

    for (unsigned sizes = flags & XZ_SIZES; sizes; sizes &= sizes - 1)
        (void)xz_number(h);
    for (unsigned filters = (flags & 3) + 1; filters; filters--) {
        uint64_t id = xz_number(h), bytes = xz_number(h);
        if (id == XZ_LZMA2) {
            unsigned bits = next(h) & 0x3F;
            return bits < 40 ? (uint64_t)(2 | (bits & 1)) << (bits / 2 + 11) : UINT32_MAX;
        }
        h->at += bytes < (size_t)(h->end - h->at) ? bytes : (size_t)(h->end - h->at);
    }
    return 0;
}

uint64_t dx_window_bytes(dx_str first)
{
    const unsigned char *bytes = (const unsigned char *)first.ptr;
    head h = {bytes, bytes + first.len};

    if (first.len > 4 && memcmp(bytes, "\x28\xB5\x2F\xFD", 4) == 0) {
        h.at += 4;
        return zstd_window(&h);
    }
    if (first.len > XZ_BLOCK_AT && memcmp(bytes, "\xFD" "7zXZ", 6) == 0) {
        h.at += XZ_BLOCK_AT;
        return xz_window(&h);
    }
    return 0;
}
