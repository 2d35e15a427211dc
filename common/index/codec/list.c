#include "common/index/codec/list.h"

#include <assert.h>
#include <string.h>

#include "common/base/bytes.h"
#include "common/base/mem.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/cursor.h"
#include "common/index/codec/list_internal.h"

#define TF_WIDTH_MAX 15u
#define TF_HAS_ESCAPES 0x10u
#define TF_ESCAPE_BYTES 4u

bool dx_list_is_windowed(uint32_t df, uint32_t segment_docs)
{
    return df >= WINDOWED_MIN_PER_WINDOW * dx_window_count(segment_docs);
}

/* ---- term frequencies: width-w fields of tf - 1; all ones means "look in the
 * escape table", so one large value does not widen its neighbours ---- */

static bool tf_escapes(uint32_t tf, unsigned width)
{
    return tf - 1 >= (1u << width) - 1 && !(width == 0 && tf == 1);
}

static unsigned best_tf_width(const uint16_t *tfs, uint32_t n,
    uint32_t *escapes)
{
    uint32_t at_least[TF_WIDTH_MAX + 1] = {0}; /* values that escape */
    unsigned best = 0;
    size_t best_bytes = SIZE_MAX;

    /* tf_escapes() for all at once: those of w bits and more, and at width 0
     * as at 1. Few widths have any. */
    for (unsigned w = 1; w <= TF_WIDTH_MAX; w++) {
        for (uint32_t i = 0; i < n; i++)
            at_least[w] += tfs[i] >> w != 0;
        if (at_least[w] == 0)
            break;
    }
    at_least[0] = at_least[1];
    for (unsigned w = 0; w <= TF_WIDTH_MAX; w++) {
        size_t bytes = dx_bits_bytes(n, w) +
                       (size_t)at_least[w] * TF_ESCAPE_BYTES +
                       (at_least[w] ? 2 : 0);
        if (bytes < best_bytes) {
            best_bytes = bytes;
            best = w;
        }
    }
    *escapes = at_least[best];
    return best;
}

static void put_tfs(dx_buf *out, const uint16_t *tfs, uint32_t n)
{
    uint32_t escapes;
    unsigned width = best_tf_width(tfs, n, &escapes);
    uint32_t full = (1u << width) - 1;

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
    dx_tf_view *v)
{
    if (p >= end)
        return false;
    unsigned head = *p++;
    *v = (dx_tf_view){.width = head & 0x0F};
    if (head > (TF_HAS_ESCAPES | TF_WIDTH_MAX))
        return false;
    if (head & TF_HAS_ESCAPES) {
        if (end - p < 2)
            return false;
        v->escape_count = dx_load_u16(p);
        p += 2;
    }
    size_t packed = dx_bits_bytes(n, v->width);
    size_t need = packed + (size_t)v->escape_count * TF_ESCAPE_BYTES;
    if ((size_t)(end - p) < need)
        return false;
    v->bits = p;
    v->escapes = p + packed;
    v->after = p + need;
    return true;
}

uint32_t dx_tf_escaped(const uint8_t *escapes, uint32_t count,
    uint32_t index)
{
    uint32_t lo = 0, hi = count;

    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (dx_load_u16(escapes + mid * TF_ESCAPE_BYTES) < index)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == count || dx_load_u16(escapes + lo * TF_ESCAPE_BYTES) != index)
        return 1;
    uint32_t tf = dx_load_u16(escapes + lo * TF_ESCAPE_BYTES + 2);
    return tf ? tf : 1;
}

static uint32_t get_tf(const uint8_t *bits, unsigned width,
    const uint8_t *escapes, uint32_t escape_count, uint32_t index)
{
    uint32_t full = (1u << width) - 1;
    uint32_t v = dx_bits_get(bits, escapes, index, width);

    if (v != full || escape_count == 0)
        return v + 1;
    return dx_tf_escaped(escapes, escape_count, index);
}

/* ---- writing ---- */

static void put_window(dx_buf *out, const uint32_t *docs, const uint16_t *tfs,
    uint32_t n, bool all_once)
{
    if (n >= BITSET_MIN_COUNT) {
        uint8_t *p = dx_buf_extend(out, BITSET_BYTES);
        if (!p)
            return;
        memset(p, 0, BITSET_BYTES);
        for (uint32_t i = 0; i < n; i++) {
            uint32_t d = docs[i] & (DX_WINDOW_DOCS - 1);
            p[d / 8] |= (uint8_t)(1u << (d % 8));
        }
    } else {
        uint32_t local[BITSET_MIN_COUNT];
        for (uint32_t i = 0; i < n; i++)
            local[i] = docs[i] & (DX_WINDOW_DOCS - 1);
        dx_ef_encode(out, local, n, DX_WINDOW_DOCS);
    }
    if (!all_once)
        put_tfs(out, tfs, n);
}

static void put_windows(dx_buf *out, const uint32_t *docs, const uint16_t *tfs,
    uint32_t df, uint32_t windows, const uint8_t *bounds, bool all_once)
{
    size_t dir = out->len;
    uint32_t i = 0;

    if (!dx_buf_extend(out, (size_t)windows * DIR_ENTRY_BYTES))
        return;
    for (uint32_t w = 0; w < windows; w++) {
        uint32_t first = i;
        size_t start = out->len;
        while (i < df && docs[i] >> DX_WINDOW_BITS == w)
            i++;
        if (i > first)
            put_window(out, docs + first, tfs + first, i - first, all_once);
        if (out->status != DX_OK)
            return;
        uint8_t *entry = out->data + dir + (size_t)w * DIR_ENTRY_BYTES;
        dx_store_u16(entry, (uint16_t)(i - first));
        dx_store_u16(entry + 2, (uint16_t)(out->len - start));
        entry[4] = i == first ? 0 : bounds ? bounds[w] : 255;
    }
    assert(i == df);
}

void dx_list_encode(dx_buf *out, const uint32_t *docs, const uint16_t *tfs,
    uint32_t df, uint32_t segment_docs, const uint8_t *bounds)
{
    bool all_once = true;

    assert(df >= 1 && df <= segment_docs);
    for (uint32_t i = 0; i < df && all_once; i++)
        all_once = tfs[i] == 1;
    dx_buf_put_varint(out, (uint64_t)df << 1 | all_once);
    if (dx_list_is_windowed(df, segment_docs)) {
        put_windows(out, docs, tfs, df, dx_window_count(segment_docs), bounds,
            all_once);
        return;
    }
    dx_ef_encode(out, docs, df, segment_docs);
    if (!all_once)
        put_tfs(out, tfs, df);
}

/* ---- reading ---- */

dx_status dx_list_open(const uint8_t *p, const uint8_t *end,
    uint32_t segment_docs, dx_list *out)
{
    uint64_t head;

    *out = (dx_list){0};
    if (!dx_varint_read(&p, end, &head) || head >> 1 == 0 ||
        head >> 1 > segment_docs)
        return DX_ERR_CORRUPT;
    uint32_t df = (uint32_t)(head >> 1);
    size_t need = dx_list_is_windowed(df, segment_docs)
                      ? (size_t)dx_window_count(segment_docs) * DIR_ENTRY_BYTES
                      : dx_ef_bytes(df, segment_docs);
    if ((size_t)(end - p) < need)
        return DX_ERR_CORRUPT;
    *out = (dx_list){p, end, df, segment_docs, (head & 1) != 0};
    return DX_OK;
}

const uint8_t *dx_list_after(const dx_list *list)
{
    const uint8_t *p = list->data;

    if (list->df == 0)
        return p;
    if (dx_list_is_windowed(list->df, list->segment_docs)) {
        uint32_t windows = dx_window_count(list->segment_docs);
        size_t bytes = (size_t)windows * DIR_ENTRY_BYTES;
        for (uint32_t w = 0; w < windows; w++)
            bytes += dx_load_u16(p + (size_t)w * DIR_ENTRY_BYTES + 2);
        return bytes <= (size_t)(list->end - p) ? p + bytes : NULL;
    }
    p += dx_ef_bytes(list->df, list->segment_docs);
    if (list->all_once)
        return p;
    dx_tf_view tfs;
    return dx_tfs_open(p, list->end, list->df, &tfs) ? tfs.after : NULL;
}

static dx_status decode_windowed(dx_cursor *c, uint32_t *docs, uint16_t *tfs)
{
    uint32_t n = 0, windows = dx_window_count(c->list.segment_docs);

    for (uint32_t w = 0; w < windows; w++) {
        uint32_t first = n;
        if (n + dx_cursor_load(c, w) > c->list.df)
            return DX_ERR_CORRUPT;
        for (uint32_t k = 0; k < DX_WINDOW_WORDS && c->count; k++) {
            for (uint64_t bits = c->bits[k]; bits; bits &= bits - 1) {
                if (n == first + c->count) /* more bits than it says */
                    return DX_ERR_CORRUPT;
                docs[n++] = w << DX_WINDOW_BITS | k << 6 | dx_ctz64(bits);
            }
        }
        if (n != first + c->count)
            return DX_ERR_CORRUPT;
        for (uint32_t i = first; i < n; i++)
            tfs[i] = c->list.all_once
                         ? 1
                         : (uint16_t)get_tf(c->tf_bits, c->tf_width,
                               c->tf_escapes, c->tf_escape_count, i - first);
    }
    return c->status == DX_OK && n == c->list.df ? DX_OK : DX_ERR_CORRUPT;
}

dx_status dx_list_decode(const dx_list *list, uint32_t *docs, uint16_t *tfs,
    dx_arena *scratch)
{
    dx_cursor c;

    if (list->df == 0)
        return DX_OK;
    if (dx_list_is_windowed(list->df, list->segment_docs)) {
        dx_status rc = dx_cursor_open(&c, list, scratch);
        return rc == DX_OK ? decode_windowed(&c, docs, tfs) : rc;
    }
    dx_tf_view v = {0};
    const uint8_t *p = list->data;
    if (!dx_ef_decode(p, list->end, list->df, list->segment_docs, docs))
        return DX_ERR_CORRUPT;
    if (!list->all_once &&
        !dx_tfs_open(p + dx_ef_bytes(list->df, list->segment_docs), list->end,
            list->df, &v))
        return DX_ERR_CORRUPT;
    for (uint32_t i = 0; i < list->df; i++)
        tfs[i] = list->all_once ? 1
                                : (uint16_t)get_tf(v.bits, v.width, v.escapes,
                                      v.escape_count, i);
    return DX_OK;
}
