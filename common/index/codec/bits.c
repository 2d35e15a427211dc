/* Packed fields and Elias-Fano codes: writing, expanding and looking up. */
#include "common/index/codec/bits.h"

#include <string.h>

void dx_bits_put(dx_buf *out, const uint32_t *values, size_t count,
    unsigned width)
{
    uint8_t *p = dx_buf_extend(out, dx_bits_bytes(count, width));
    dx_field_packer packer = {.at = p};

    if (!p)
        return;
    for (size_t i = 0; i < count; i++)
        dx_field_put(&packer, values[i], width);
    dx_field_end(&packer);
}

/* Vigna's choice: floor(log2(u / n)) low bits are within half a bit of the
 * information bound whatever the distribution. */
static unsigned low_width(uint32_t n, uint32_t universe)
{
    uint32_t ratio = universe / n;
    return ratio > 1 ? 31u - (unsigned)__builtin_clz(ratio) : 0;
}

static size_t high_bits(uint32_t n, uint32_t universe, unsigned low)
{
    return (size_t)n + ((universe - 1) >> low);
}

size_t dx_ef_bytes(uint32_t n, uint32_t universe)
{
    unsigned low = low_width(n, universe);
    return dx_bits_bytes(n, low) + (high_bits(n, universe, low) + 7) / 8;
}

void dx_ef_encode(dx_buf *out, const uint32_t *values, uint32_t n,
    uint32_t universe)
{
    unsigned low = low_width(n, universe);
    size_t low_bytes = dx_bits_bytes(n, low);
    size_t bytes = dx_ef_bytes(n, universe);
    uint8_t *p = dx_buf_extend(out, bytes);

    if (!p)
        return;
    memset(p + low_bytes, 0, bytes - low_bytes);
    dx_field_packer packer = {.at = p};
    for (uint32_t i = 0; i < n && low; i++)
        dx_field_put(&packer, values[i] & ((1u << low) - 1), low);
    dx_field_end(&packer);
    for (uint32_t i = 0; i < n; i++) {
        size_t bit = (size_t)(values[i] >> low) + i;
        p[low_bytes + bit / 8] |= (uint8_t)(1u << (bit % 8));
    }
}

typedef struct found { /* what is done with values: … */
    uint32_t *values; /* … they are put here, if they ascend, … */
    int64_t previous;
    bool sound;
    uint64_t *bits;      /* … or added to these, … */
    const uint64_t *set; /* … or it is counted how many are in this one */
    uint32_t universe, count;
} found;

static inline void put_value(found *f, uint64_t v)
{
    f->sound &= (int64_t)v > f->previous;
    f->previous = (int64_t)v;
    *f->values++ = (uint32_t)v;
}

static inline void add_value(found *f, uint64_t v)
{
    v &= f->universe - 1;
    f->bits[v >> 6] |= (uint64_t)1 << (v & 63);
}

static inline void count_value(found *f, uint64_t v)
{
    v = v < f->universe ? v : 0;
    f->count += (uint32_t)(f->set[v >> 6] >> (v & 63) & 1);
}

/* Eight bytes can be read at each low field, except in lists at the end of a
 * chunk. So this is compiled twice: the test would make a seventh of the
 * instructions. */
static inline bool walk(const uint8_t *p, const uint8_t *end, uint32_t n,
    uint32_t universe, bool all_there, void (*take)(found *f, uint64_t v), found *f)
{
    unsigned low = low_width(n, universe);
    const uint8_t *high = p + dx_bits_bytes(n, low);
    size_t words = (high_bits(n, universe, low) + 63) / 64;
    const uint8_t *stop = p + dx_ef_bytes(n, universe);
    uint32_t i = 0, low_mask = (1u << low) - 1;
    size_t low_bit = 0;

    for (size_t w = 0; w < words; w++) {
        uint64_t word = dx_bits_peek(high, stop, w * 64);
        if (i + dx_popcount64(word) > n)
            return false;
        for (; word; word &= word - 1, i++, low_bit += low) {
            uint64_t top = w * 64 + dx_ctz64(word) - i;
            uint64_t rest = all_there
                                ? dx_load_u64(p + low_bit / 8) >> low_bit % 8
                                : dx_bits_peek(p, end, low_bit);
            take(f, top << low | (rest & low_mask));
        }
    }
    return i == n;
}

static inline bool each_value(const uint8_t *p, const uint8_t *end, uint32_t n,
    uint32_t universe, void (*take)(found *f, uint64_t v), found *f)
{
    if (n == 0 || n > universe || (size_t)(end - p) < dx_ef_bytes(n, universe))
        return false;
    size_t low_bytes = dx_bits_bytes(n, low_width(n, universe));
    return (size_t)(end - p) >= low_bytes + 8
               ? walk(p, end, n, universe, true, take, f)
               : walk(p, end, n, universe, false, take, f);
}

/* Tests order and range for all values at once: a branch for each would cost as
 * much as decoding it. */
DX_POPCNT_CLONES
bool dx_ef_decode(const uint8_t *p, const uint8_t *end, uint32_t n,
    uint32_t universe, uint32_t *values)
{
    found f = {.values = values, .previous = -1, .sound = true};

    return each_value(p, end, n, universe, put_value, &f) && f.sound &&
           f.previous < (int64_t)universe;
}

DX_POPCNT_CLONES
bool dx_ef_decode_bits(const uint8_t *p, const uint8_t *end, uint32_t n,
    uint32_t universe, uint64_t *bits)
{
    found f = {.bits = bits, .universe = universe};

    memset(bits, 0, universe / 8);
    return each_value(p, end, n, universe, add_value, &f);
}

DX_POPCNT_CLONES
bool dx_ef_count(const uint8_t *p, const uint8_t *end, uint32_t n,
    uint32_t universe, const uint64_t *set, uint32_t *count)
{
    found f = {.set = set, .universe = universe};
    bool sound = each_value(p, end, n, universe, count_value, &f);

    *count = f.count;
    return sound;
}

/* The position after zero number `zero` (from 0) of the high bits. */
static inline size_t after_zero(const uint8_t *high, const uint8_t *stop,
    uint32_t zero)
{
    size_t words = ((size_t)(stop - high) + 7) / 8;

    for (size_t w = 0; w < words; w++) {
        uint64_t zeros = ~dx_bits_peek(high, stop, w * 64);
        uint32_t count = dx_popcount64(zeros);
        if (zero < count) {
            for (; zero > 0; zero--)
                zeros &= zeros - 1;
            return w * 64 + dx_ctz64(zeros) + 1;
        }
        zero -= count;
    }
    return words * 64;
}

/* The values with one high part are the ones between two zeros; the number of
 * ones before them is the number of values before them. */
DX_POPCNT_CLONES
uint32_t dx_ef_find(const uint8_t *p, const uint8_t *end, uint32_t n,
    uint32_t universe, uint32_t value)
{
    unsigned low = low_width(n, universe);
    const uint8_t *high = p + dx_bits_bytes(n, low);
    const uint8_t *stop = p + dx_ef_bytes(n, universe);
    uint32_t top = value >> low, rest = value & ((1u << low) - 1);
    size_t at = top ? after_zero(high, stop, top - 1) : 0;

    for (size_t i = at - top; i < n && (dx_bits_peek(high, stop, at) & 1);
         i++, at++) {
        uint32_t have = dx_bits_get(p, end, i, low);
        if (have >= rest)
            return have == rest ? (uint32_t)i : UINT32_MAX;
    }
    return UINT32_MAX;
}
