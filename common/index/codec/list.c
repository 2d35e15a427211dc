/* Writes posting lists, and finds where one begins and ends. */
#include "common/index/codec/list.h"

#include <assert.h>
#include <string.h>

#include "common/base/bytes.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/window.h"
#include "common/index/codec/tfs.h"

bool dx_list_is_windowed(uint32_t df, uint32_t segment_docs)
{
    return df >= DX_WINDOWED_MIN * dx_window_count(segment_docs);
}

/* ---- writing ---- */

static void put_window(dx_buf *out, const uint32_t *docs, const uint16_t *tfs,
    uint32_t n, uint32_t bitset_min, bool all_once)
{
    if (n >= bitset_min) {
        uint8_t *p = dx_buf_extend(out, DX_BITSET_BYTES);
        if (!p)
            return;
        memset(p, 0, DX_BITSET_BYTES);
        for (uint32_t i = 0; i < n; i++) {
            uint32_t d = docs[i] & (DX_WINDOW_DOCS - 1);
            p[d / 8] |= (uint8_t)(1u << (d % 8));
        }
    } else {
        uint32_t local[DX_BITSET_MIN_COUNT];
        for (uint32_t i = 0; i < n; i++)
            local[i] = docs[i] & (DX_WINDOW_DOCS - 1);
        dx_ef_encode(out, local, n, DX_WINDOW_DOCS);
    }
    if (!all_once)
        dx_tfs_put(out, tfs, n);
}

static void put_windows(dx_buf *out, const uint32_t *docs, const uint16_t *tfs,
    uint32_t df, uint32_t windows, const uint8_t *bounds, bool count_fast,
    bool all_once)
{
    uint32_t bitset_min = count_fast && all_once ? DX_BITSET_MIN_COUNT_FAST
                                                 : DX_BITSET_MIN_COUNT;
    size_t dir = out->len;
    uint32_t i = 0;

    if (!dx_buf_extend(out, (size_t)windows * DX_DIR_ENTRY_BYTES))
        return;
    for (uint32_t w = 0; w < windows; w++) {
        uint32_t first = i;
        size_t start = out->len;
        while (i < df && docs[i] >> DX_WINDOW_BITS == w)
            i++;
        if (i > first)
            put_window(out, docs + first, tfs + first, i - first, bitset_min,
                all_once);
        if (out->status != DX_OK)
            return;
        uint8_t *entry = out->data + dir + (size_t)w * DX_DIR_ENTRY_BYTES;
        dx_store_u16(entry, (uint16_t)(i - first));
        dx_store_u16(entry + 2, (uint16_t)(out->len - start));
        entry[4] = i == first ? 0 : bounds ? bounds[w] : 255;
    }
    assert(i == df);
}

void dx_list_encode(dx_buf *out, const uint32_t *docs, const uint16_t *tfs,
    uint32_t df, uint32_t segment_docs, const uint8_t *bounds, bool count_fast)
{
    bool all_once = true;

    assert(df >= 1 && df <= segment_docs);
    for (uint32_t i = 0; i < df && all_once; i++)
        all_once = tfs[i] == 1;
    dx_buf_put_varint(out, (uint64_t)df << 1 | all_once);
    if (dx_list_is_windowed(df, segment_docs)) {
        put_windows(out, docs, tfs, df, dx_window_count(segment_docs), bounds,
            count_fast, all_once);
        return;
    }
    dx_ef_encode(out, docs, df, segment_docs);
    if (!all_once)
        dx_tfs_put(out, tfs, df);
}

/* ---- reading ---- */

#define HEAD_MAX_BYTES 4u /* 2 df + 1 has at most 22 bits */

/* Whether the bytes at `p` are sound, as far as they lie before `end`. */
static inline bool is_sound_up_to(const dx_list *list, const uint8_t *p,
    const uint8_t *end, size_t bytes)
{
    size_t room = (size_t)(end - p);

    return dx_list_is_sound(list, p, bytes < room ? bytes : room);
}

static size_t directory_bytes(uint32_t segment_docs)
{
    return (size_t)dx_window_count(segment_docs) * DX_DIR_ENTRY_BYTES;
}

dx_status dx_list_open(dx_chunk *chunk, const uint8_t *p, const uint8_t *end,
    uint32_t segment_docs, dx_list *out)
{
    uint64_t head;

    *out = (dx_list){.chunk = chunk};
    if (!is_sound_up_to(out, p, end, HEAD_MAX_BYTES) ||
        !dx_varint_read(&p, end, &head) || head >> 1 == 0 ||
        head >> 1 > segment_docs)
        return DX_ERR_CORRUPT;
    uint32_t df = (uint32_t)(head >> 1);
    size_t need = dx_list_is_windowed(df, segment_docs)
                      ? directory_bytes(segment_docs)
                      : dx_ef_bytes(df, segment_docs);
    if ((size_t)(end - p) < need)
        return DX_ERR_CORRUPT;
    *out = (dx_list){p, end, df, segment_docs, (head & 1) != 0, chunk};
    return DX_OK;
}

/* The term frequencies of a short list, which are not all 1. */
static inline bool open_tfs(const dx_list *list, dx_tfs *tfs)
{
    const uint8_t *p = list->data + dx_ef_bytes(list->df, list->segment_docs);

    return is_sound_up_to(list, p, list->end, DX_TFS_HEAD_MAX_BYTES) &&
           dx_tfs_open(p, list->end, list->df, tfs);
}

const uint8_t *dx_list_after(const dx_list *list)
{
    const uint8_t *p = list->data;
    dx_tfs tfs;

    if (list->df == 0)
        return p;
    if (dx_list_is_windowed(list->df, list->segment_docs)) {
        size_t bytes = directory_bytes(list->segment_docs);
        if (!dx_list_is_sound(list, p, bytes))
            return NULL;
        for (size_t at = 0, end = bytes; at < end; at += DX_DIR_ENTRY_BYTES)
            bytes += dx_load_u16(p + at + 2);
        return bytes <= (size_t)(list->end - p) ? p + bytes : NULL;
    }
    if (list->all_once)
        return p + dx_ef_bytes(list->df, list->segment_docs);
    return open_tfs(list, &tfs) ? tfs.after : NULL;
}

bool dx_list_read_short(const dx_list *list, uint32_t *docs, dx_tfs *tfs)
{
    const uint8_t *p = list->data;

    *tfs = (dx_tfs){.after = p + dx_ef_bytes(list->df, list->segment_docs)};
    return (list->all_once || open_tfs(list, tfs)) &&
           dx_list_is_sound(list, p, (size_t)(tfs->after - p)) &&
           dx_ef_decode(p, list->end, list->df, list->segment_docs, docs);
}
