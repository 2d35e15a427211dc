/* bytes.h -- numbers in bytes: little-endian fixed width and LEB128, always
 * bounds-checked on reading, because the bytes may come from a damaged file.
 * Byte order is spelled out, so an index moves between machines; compilers
 * turn these into single loads and stores on little-endian ones. */
#ifndef DX_BASE_BYTES_H
#define DX_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint16_t dx_load_u16(const uint8_t *p)
{
    return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t dx_load_u32(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
           (uint32_t)p[3] << 24;
}

static inline uint64_t dx_load_u64(const uint8_t *p)
{
    return (uint64_t)dx_load_u32(p) | (uint64_t)dx_load_u32(p + 4) << 32;
}

/** The `count` numbers of 64 bits at `p`. */
static inline void dx_load_u64s(const uint8_t *p, size_t count, uint64_t *out)
{
    memcpy(out, p, count * sizeof *out);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    for (size_t i = 0; i < count; i++)
        out[i] = __builtin_bswap64(out[i]);
#endif
}

static inline void dx_store_u16(uint8_t *p, uint16_t v)
{
    p[0] = (uint8_t)v;
    p[1] = (uint8_t)(v >> 8);
}

static inline void dx_store_u32(uint8_t *p, uint32_t v)
{
    dx_store_u16(p, (uint16_t)v);
    dx_store_u16(p + 2, (uint16_t)(v >> 16));
}

static inline void dx_store_u64(uint8_t *p, uint64_t v)
{
    dx_store_u32(p, (uint32_t)v);
    dx_store_u32(p + 4, (uint32_t)(v >> 32));
}

#define DX_VARINT_MAX 10 /* bytes of the longest LEB128 of a uint64_t */

static inline size_t dx_varint_write(uint8_t *p, uint64_t v)
{
    size_t n = 0;

    while (v >= 0x80) {
        p[n++] = (uint8_t)(v | 0x80);
        v >>= 7;
    }
    p[n++] = (uint8_t)v;
    return n;
}

/** Reads one LEB128 at `*p`, not past `end`; advances `*p`. False, with `*p`
 *  unspecified, when truncated or longer than 64 bits. */
static inline bool dx_varint_read(const uint8_t **p, const uint8_t *end,
    uint64_t *v)
{
    uint64_t out = 0;

    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (*p >= end)
            return false;
        uint8_t byte = *(*p)++;
        if (shift == 63 && byte > 1)
            return false;
        out |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            *v = out;
            return true;
        }
    }
    return false;
}

/** dx_varint_read() for values that must fit 32 bits. */
static inline bool dx_varint_read_u32(const uint8_t **p, const uint8_t *end,
    uint32_t *v)
{
    uint64_t wide;

    if (!dx_varint_read(p, end, &wide) || wide > UINT32_MAX)
        return false;
    *v = (uint32_t)wide;
    return true;
}

#endif
