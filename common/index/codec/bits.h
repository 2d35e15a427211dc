/* bits.h -- fixed-width bit fields and Elias-Fano sequences in bytes.
 *
 * Bits are numbered from the least significant bit of the first byte. Readers
 * never touch a byte at or past `end`, so damaged lengths cannot fault. */
#ifndef DX_INDEX_CODEC_BITS_H
#define DX_INDEX_CODEC_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/bytes.h"

#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) &&           \
    !defined(__SANITIZE_THREAD__)
/* One build runs on every x86-64: the loader picks the version for the machine.
 * Not with Clang 14, which gives the resolver a name that no other file can
 * call, nor with ThreadSanitizer, whose runtime is not ready when the resolver
 * runs. */
#define DX_POPCNT_CLONES __attribute__((target_clones("popcnt", "default")))
#else
#define DX_POPCNT_CLONES
#endif

static inline unsigned dx_popcount64(uint64_t v)
{
    return (unsigned)__builtin_popcountll(v);
}

static inline unsigned dx_ctz64(uint64_t v) /* v != 0 */
{
    return (unsigned)__builtin_ctzll(v);
}

/** Bytes that `count` fields of `width` bits take. */
static inline size_t dx_bits_bytes(size_t count, unsigned width)
{
    return (count * width + 7) / 8;
}

typedef struct dx_field_packer { /* {.at = where the fields go} */
    uint8_t *at;
    uint64_t acc;
    unsigned filled; /* below 32 between calls */
} dx_field_packer;

/** Appends a field of `width` (0..32) bits, which `value` must fit. Writes no
 *  byte that dx_bits_bytes() does not count. */
static inline void dx_field_put(dx_field_packer *f, uint32_t value,
    unsigned width)
{
    f->acc |= (uint64_t)value << f->filled;
    f->filled += width;
    if (f->filled >= 32) {
        dx_store_u32(f->at, (uint32_t)f->acc);
        f->at += 4;
        f->acc >>= 32;
        f->filled -= 32;
    }
}

/** Writes the bits that are still held back. */
static inline void dx_field_end(dx_field_packer *f)
{
    for (unsigned bits = 0; bits < f->filled; bits += 8)
        *f->at++ = (uint8_t)(f->acc >> bits);
    f->filled = 0;
}

/** The place of set bit number `i`, from 0, of `v`, which has more. By the counts of
 *  its bytes, added up in one multiplication (Vigna, Broadword implementation of
 *  rank/select queries, WEA 2008). */
static inline unsigned dx_select64(uint64_t v, unsigned i)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t counts = v - (v >> 1 & 0x55 * ones);

    counts = (counts & 0x33 * ones) + (counts >> 2 & 0x33 * ones);
    counts = ((counts + (counts >> 4)) & 0x0F * ones) * ones;
    /* The high bit of each byte whose sum is not above `i`. */
    uint64_t below = ((i | 0x80) * ones - counts) & 0x80 * ones;
    unsigned byte = (unsigned)((below >> 7) * ones >> 56) * 8;
    unsigned left = i - (unsigned)((counts << 8) >> byte & 0xFF);
    uint64_t bits = v >> byte;

    for (; left > 0; left--)
        bits &= bits - 1;
    return byte + dx_ctz64(bits);
}

#define DX_BITS_PEEKED 57u

/** At least DX_BITS_PEEKED bits from bit `bit` on (zeros past `end`). */
static inline uint64_t dx_bits_peek(const uint8_t *base, const uint8_t *end,
    size_t bit)
{
    const uint8_t *p = base + bit / 8;
    uint64_t v = 0;

    if (end - p >= 8)
        v = dx_load_u64(p);
    else
        for (unsigned i = 0; i < 8 && p + i < end; i++)
            v |= (uint64_t)p[i] << (8 * i);
    return v >> (bit % 8);
}

/** Field `index` of `width` (0..32) bits. */
static inline uint32_t dx_bits_get(const uint8_t *base, const uint8_t *end,
    size_t index, unsigned width)
{
    uint64_t mask = ((uint64_t)1 << width) - 1;

    return (uint32_t)(dx_bits_peek(base, end, index * width) & mask);
}

/** Packs `count` values below 2^width. */
void dx_bits_put(dx_buf *out, const uint32_t *values, size_t count,
    unsigned width);

/** Appends the Elias-Fano code of `n` >= 1 strictly ascending values below
 *  `universe`. Its size depends on n and universe alone. */
size_t dx_ef_bytes(uint32_t n, uint32_t universe);
void dx_ef_encode(dx_buf *out, const uint32_t *values, uint32_t n,
    uint32_t universe);
/** Decodes to `values` (room for n). False when the bytes are not such a
 *  sequence. Reads dx_ef_bytes() bytes, which must lie before `end`. */
bool dx_ef_decode(const uint8_t *p, const uint8_t *end, uint32_t n,
    uint32_t universe, uint32_t *values);

/** Decodes to a bitset of `universe` bits, a power of two of at least 64. False
 *  when there are not n values. Damaged bytes may give other values than were
 *  encoded, but none outside the universe. */
bool dx_ef_decode_bits(const uint8_t *p, const uint8_t *end, uint32_t n,
    uint32_t universe, uint64_t *bits);

/** How many of the values are in `set`, of which bit v & 63 of word v >> 6 is value
 *  v: as many bits as there are values below `universe`. False when there are not n
 *  values. */
bool dx_ef_count(const uint8_t *p, const uint8_t *end, uint32_t n,
    uint32_t universe, const uint64_t *set, uint32_t *count);

/** The index of `value` (< universe) in a sequence, or UINT32_MAX. Its
 *  dx_ef_bytes() bytes must lie before `end`. Decodes next to nothing. */
uint32_t dx_ef_find(const uint8_t *p, const uint8_t *end, uint32_t n,
    uint32_t universe, uint32_t value);

#endif
