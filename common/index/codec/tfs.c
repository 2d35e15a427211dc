/* Packs term frequencies, and finds them in bytes. */
#include "common/index/codec/tfs.h"

#include <assert.h>

#include "common/base/bytes.h"

#define TF_WIDTH_MAX 15u
#define TF_HAS_ESCAPES 0x10u

static bool tf_escapes(uint32_t tf, unsigned width)
{
    return tf - 1 >= (1u << width) - 1 && !(width == 0 && tf == 1);
}

/* How many values escape at a width: those of as many bits and more. */
static uint32_t count_escapes(const uint16_t *tfs, uint32_t n, unsigned width)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < n; i++)
        count += tfs[i] >> width != 0;
    return count;
}

/* Few widths have any that escape: the first that has none is the last that may be
 * the best. At width 0 as many escape as at 1. */
static unsigned best_tf_width(const uint16_t *tfs, uint32_t n,
    uint32_t *escapes)
{
    uint32_t here = count_escapes(tfs, n, 1);
    unsigned best = 0;
    size_t best_bytes = (size_t)here * DX_TF_ESCAPE_BYTES + (here ? 2 : 0);

    *escapes = here;
    for (unsigned w = 1; w <= TF_WIDTH_MAX && here > 0; w++) {
        here = w > 1 ? count_escapes(tfs, n, w) : here;
        size_t bytes = dx_bits_bytes(n, w) +
                       (size_t)here * DX_TF_ESCAPE_BYTES + (here ? 2 : 0);
        if (bytes < best_bytes) {
            best_bytes = bytes;
            best = w;
            *escapes = here;
        }
    }
    return best;
}

void dx_tfs_put(dx_buf *out, const uint16_t *tfs, uint32_t n)
{
    uint32_t escapes;
    unsigned width = best_tf_width(tfs, n, &escapes);
    uint32_t full = (1u << width) - 1;

    assert(width <= TF_WIDTH_MAX);
    dx_buf_put_u8(out, width | (escapes ? TF_HAS_ESCAPES : 0));
    if (escapes)
        dx_buf_put_u16(out, escapes);
    uint8_t *p = dx_buf_extend(out, dx_bits_bytes(n, width));
    if (!p)
        return;
    dx_field_packer packer = {.at = p};
    for (uint32_t i = 0; i < n && width; i++)
        dx_field_put(&packer, tfs[i] - 1u < full ? tfs[i] - 1u : full, width);
    dx_field_end(&packer);
    for (uint32_t i = 0; i < n && escapes; i++) {
        if (tf_escapes(tfs[i], width)) {
            dx_buf_put_u16(out, i);
            dx_buf_put_u16(out, tfs[i]);
        }
    }
}

bool dx_tfs_open(const uint8_t *p, const uint8_t *end, uint32_t n,
    dx_tfs *out)
{
    if (p >= end)
        return false;
    unsigned head = *p++;
    *out = (dx_tfs){.width = head & 0x0F};
    if (head > (TF_HAS_ESCAPES | TF_WIDTH_MAX))
        return false;
    if (head & TF_HAS_ESCAPES) {
        if (end - p < 2)
            return false;
        out->escape_count = dx_load_u16(p);
        p += 2;
    }
    size_t packed = dx_bits_bytes(n, out->width);
    size_t need = packed + (size_t)out->escape_count * DX_TF_ESCAPE_BYTES;
    if ((size_t)(end - p) < need)
        return false;
    out->bits = p;
    out->escapes = p + packed;
    out->after = p + need;
    return true;
}

uint32_t dx_tfs_escaped(const dx_tfs *t, uint32_t index)
{
    const uint8_t *escapes = t->escapes;
    uint32_t lo = 0, hi = t->escape_count;

    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (dx_load_u16(escapes + mid * DX_TF_ESCAPE_BYTES) < index)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == t->escape_count ||
        dx_load_u16(escapes + lo * DX_TF_ESCAPE_BYTES) != index)
        return 1;
    uint32_t tf = dx_load_u16(escapes + lo * DX_TF_ESCAPE_BYTES + 2);
    return tf ? tf : 1;
}
