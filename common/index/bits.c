#include "common/index/bits.h"

#include <string.h>

void dx_bits_put(dx_buf *out, const uint32_t *values, size_t count,
    unsigned width)
{
    uint8_t *p = dx_buf_extend(out, dx_bits_bytes(count, width));
    uint64_t acc = 0;
    unsigned filled = 0;

    if (!p || width == 0)
        return;
    for (size_t i = 0; i < count; i++) {
        acc |= (uint64_t)values[i] << filled;
        filled += width;
        while (filled >= 8) {
            *p++ = (uint8_t)acc;
            acc >>= 8;
            filled -= 8;
        }
    }
    if (filled)
        *p = (uint8_t)acc;
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
    memset(p, 0, bytes);
    uint64_t acc = 0;
    unsigned filled = 0;
    uint8_t *lp = p;
    for (uint32_t i = 0; i < n && low; i++) {
        acc |= (uint64_t)(values[i] & ((1u << low) - 1)) << filled;
        filled += low;
        while (filled >= 8) {
            *lp++ = (uint8_t)acc;
            acc >>= 8;
            filled -= 8;
        }
    }
    if (filled)
        *lp = (uint8_t)acc;
    for (uint32_t i = 0; i < n; i++) {
        size_t bit = (size_t)(values[i] >> low) + i;
        p[low_bytes + bit / 8] |= (uint8_t)(1u << (bit % 8));
    }
}

bool dx_ef_decode(const uint8_t *p, const uint8_t *end, uint32_t n,
    uint32_t universe, uint32_t *values)
{
    if (n == 0 || n > universe || (size_t)(end - p) < dx_ef_bytes(n, universe))
        return false;
    unsigned low = low_width(n, universe);
    const uint8_t *high = p + dx_bits_bytes(n, low);
    size_t words = (high_bits(n, universe, low) + 63) / 64;
    const uint8_t *stop = p + dx_ef_bytes(n, universe);
    uint32_t i = 0;
    uint64_t previous = 0;

    for (size_t w = 0; w < words; w++) {
        uint64_t word = dx_bits_peek(high, stop, w * 64);
        while (word) {
            if (i == n)
                return false;
            uint64_t top = w * 64 + dx_ctz64(word) - i;
            uint64_t v = top << low | dx_bits_get(p, high, i, low);
            if (v >= universe || (i > 0 && v <= previous))
                return false;
            values[i++] = (uint32_t)v;
            previous = v;
            word &= word - 1;
        }
    }
    return i == n;
}
