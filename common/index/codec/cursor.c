/* Finds the data of a window, expands it, counts within it. */
#include "common/index/codec/cursor.h"

#include <string.h>

#include "common/base/bytes.h"
#include "common/index/codec/window.h"

#define CACHE_LINE_BYTES 64

/* From here on a damaged list looks empty, so a caller that overlooks the
 * status sees too few documents, never one that does not exist. */
static void mark_damaged(dx_cursor *c)
{
    memset(c->bits, 0, sizeof c->bits);
    c->count = c->tf_count = 0;
    c->loaded = true;
    c->status = DX_ERR_CORRUPT;
}

static dx_status open_windowed(dx_cursor *c, dx_arena *arena)
{
    uint32_t windows = dx_window_count(c->list.segment_docs);
    uint64_t postings = 0;

    c->windowed = true;
    c->dir = c->list.data;
    c->body = c->dir + (size_t)windows * DX_DIR_ENTRY_BYTES;
    c->offsets = dx_arena_alloc(arena, (windows + 1) * sizeof *c->offsets);
    if (!c->offsets)
        return DX_ERR_NOMEM;
    if (!dx_list_is_sound(&c->list, c->dir, (size_t)(c->body - c->dir)))
        return DX_ERR_CORRUPT;
    c->offsets[0] = 0;
    for (uint32_t w = 0; w < windows; w++) {
        const uint8_t *entry = c->dir + (size_t)w * DX_DIR_ENTRY_BYTES;
        c->offsets[w + 1] = c->offsets[w] + dx_load_u16(entry + 2);
        postings += dx_load_u16(entry);
        if (dx_load_u16(entry) > DX_WINDOW_DOCS)
            return DX_ERR_CORRUPT;
    }
    if (c->offsets[windows] > (size_t)(c->list.end - c->body) ||
        postings != c->list.df)
        return DX_ERR_CORRUPT;
    return DX_OK;
}

static dx_status open_short(dx_cursor *c, dx_arena *arena)
{
    c->docs = dx_arena_alloc(arena, c->list.df * sizeof *c->docs);
    if (!c->docs)
        return DX_ERR_NOMEM;
    if (!dx_list_read_short(&c->list, c->docs, &c->tfs))
        return DX_ERR_CORRUPT;
    c->tf_count = c->list.all_once ? 0 : c->list.df;
    return DX_OK;
}

dx_status dx_cursor_open(dx_cursor *c, const dx_list *list, dx_arena *arena)
{
    memset(c, 0, sizeof *c);
    c->window = UINT32_MAX;
    c->loaded = true;
    c->list = *list;
    if (list->df == 0)
        return DX_OK;
    dx_status rc = dx_list_is_windowed(list->df, list->segment_docs)
                       ? open_windowed(c, arena)
                       : open_short(c, arena);
    if (rc != DX_OK)
        c->list.df = 0;
    return rc;
}

/* Makes a directory as on disk, so that peek and bound work as for any list. */
DX_POPCNT_CLONES
dx_status dx_cursor_open_bits(dx_cursor *c, const uint64_t *bits,
    uint32_t segment_docs, dx_arena *arena)
{
    uint32_t windows = dx_window_count(segment_docs);
    uint8_t *dir = dx_arena_calloc(arena, windows, DX_DIR_ENTRY_BYTES);

    memset(c, 0, sizeof *c);
    c->window = UINT32_MAX;
    c->loaded = true;
    c->windowed = true;
    c->memory = bits;
    c->list = (dx_list){.segment_docs = segment_docs, .all_once = true};
    if (!dir)
        return DX_ERR_NOMEM;
    for (uint32_t w = 0; w < windows; w++) {
        uint32_t count = 0;
        for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
            count += dx_popcount64(bits[(size_t)w * DX_WINDOW_WORDS + k]);
        uint8_t *entry = dir + (size_t)w * DX_DIR_ENTRY_BYTES;
        dx_store_u16(entry, (uint16_t)count);
        entry[4] = count ? UINT8_MAX : 0;
        c->list.df += count;
    }
    c->dir = dir;
    return DX_OK;
}

static uint32_t lower_bound(const uint32_t *docs, uint32_t n, uint32_t value)
{
    uint32_t lo = 0;

    while (n > 0) {
        uint32_t half = n / 2;
        if (docs[lo + half] < value) {
            lo += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return lo;
}

/* Clears only the words that the last window set: most windows of a short list
 * set a handful of 4,096 bits. */
static uint32_t load_short(dx_cursor *c, uint32_t window)
{
    uint32_t df = c->list.df, first = window << DX_WINDOW_BITS;
    uint32_t i = c->at;

    for (uint32_t k = c->at; k < c->at + c->count; k++)
        c->bits[(c->docs[k] & (DX_WINDOW_DOCS - 1)) >> 6] = 0;
    if (i + c->count < df && window == c->window + 1)
        i += c->count;
    else
        i = lower_bound(c->docs, df, first);
    while (i < df && c->docs[i] < first)
        i++;
    c->at = i;
    while (i < df && c->docs[i] >> DX_WINDOW_BITS == window) {
        uint32_t d = c->docs[i++] & (DX_WINDOW_DOCS - 1);
        c->bits[d >> 6] |= (uint64_t)1 << (d & 63);
    }
    c->tf_base = c->at;
    return i - c->at;
}

/* Bits past the last document would become hits that do not exist. */
static bool within_segment(const dx_cursor *c)
{
    uint32_t left = c->list.segment_docs - (c->window << DX_WINDOW_BITS);

    if (left >= DX_WINDOW_DOCS)
        return true;
    for (uint32_t w = left >> 6; w < DX_WINDOW_WORDS; w++)
        if (c->bits[w] >> (w == left >> 6 ? left & 63 : 0))
            return false;
    return true;
}

static bool load_sparse_window(dx_cursor *c)
{
    return dx_ef_decode_bits(c->docs_at, c->docs_end, c->count, DX_WINDOW_DOCS,
               c->bits) &&
           within_segment(c);
}

static bool seek_windowed(dx_cursor *c)
{
    if (c->memory) {
        memcpy(c->bits, c->memory + (size_t)c->window * DX_WINDOW_WORDS,
            sizeof c->bits);
        c->loaded = true;
        return true;
    }
    const uint8_t *p = c->body + c->offsets[c->window];
    const uint8_t *end = c->body + c->offsets[c->window + 1];
    uint32_t n = c->count;
    bool dense = n >= DX_BITSET_MIN_COUNT ||
                 (c->list.all_once && end - p == (ptrdiff_t)DX_BITSET_BYTES);
    size_t doc_bytes = dense ? DX_BITSET_BYTES : dx_ef_bytes(n, DX_WINDOW_DOCS);

    if ((size_t)(end - p) < doc_bytes ||
        !dx_list_is_sound(&c->list, p, (size_t)(end - p)))
        return false;
    c->docs_at = p;
    c->docs_end = end;
    if (dense)
        dx_load_u64s(p, DX_WINDOW_WORDS, c->bits);
    c->loaded = dense;
    if (dense && !within_segment(c))
        return false;
    c->tf_base = 0;
    if (c->list.all_once)
        return true;
    if (!dx_tfs_open(p + doc_bytes, end, n, &c->tfs))
        return false;
    c->tf_count = n;
    return true;
}

uint32_t dx_cursor_seek(dx_cursor *c, uint32_t window)
{
    if (c->window == window)
        return c->count;
    if (c->list.df == 0 || c->status != DX_OK)
        return 0;
    c->ranked = false;
    if (!c->windowed) {
        c->count = load_short(c, window);
        c->loaded = true;
        c->window = window;
        return c->count;
    }
    c->window = window;
    c->found = UINT32_MAX;
    c->count = dx_load_u16(c->dir + (size_t)window * DX_DIR_ENTRY_BYTES);
    c->loaded = c->count == 0;
    if (c->count == 0)
        memset(c->bits, 0, sizeof c->bits);
    else if (!seek_windowed(c))
        mark_damaged(c);
    return c->count;
}

uint32_t dx_cursor_load(dx_cursor *c, uint32_t window)
{
    uint32_t count = dx_cursor_seek(c, window);

    if (count == 0 || c->loaded)
        return count;
    c->loaded = true;
    if (!load_sparse_window(c))
        mark_damaged(c);
    return c->count;
}

void dx_cursor_prefetch(const dx_cursor *c, uint32_t window)
{
    if (!c->windowed || c->memory || c->list.df == 0)
        return;
    const uint8_t *p = c->body + c->offsets[window];
    const uint8_t *end = c->body + c->offsets[window + 1];
    if (end - p > (ptrdiff_t)DX_BITSET_BYTES)
        end = p + DX_BITSET_BYTES; /* few of the term frequencies are read */
    for (; p < end; p += CACHE_LINE_BYTES)
        __builtin_prefetch(p);
}

/* No caller asks about a document past the segment's last. */
bool dx_cursor_find(dx_cursor *c, uint32_t d)
{
    if (c->count == 0)
        return false;
    c->found = d;
    c->found_index = dx_ef_find(c->docs_at, c->docs_end, c->count,
        DX_WINDOW_DOCS, d);
    return c->found_index != UINT32_MAX;
}

uint32_t dx_cursor_peek(dx_cursor *c, uint32_t window)
{
    if (c->list.df == 0 || c->status != DX_OK)
        return 0;
    if (c->windowed)
        return dx_load_u16(c->dir + (size_t)window * DX_DIR_ENTRY_BYTES);
    uint32_t first = window << DX_WINDOW_BITS;
    uint32_t i = lower_bound(c->docs, c->list.df, first);
    return i < c->list.df && c->docs[i] >> DX_WINDOW_BITS == window
               ? c->list.df - i
               : 0;
}

uint8_t dx_cursor_bound(dx_cursor *c, uint32_t window)
{
    if (c->windowed && c->list.df && c->status == DX_OK)
        return c->dir[(size_t)window * DX_DIR_ENTRY_BYTES + 4];
    return dx_cursor_peek(c, window) ? 255 : 0;
}

DX_POPCNT_CLONES
void dx_cursor_rank(dx_cursor *c)
{
    uint32_t seen = 0;

#pragma GCC unroll 8
    for (unsigned w = 0; w < DX_WINDOW_WORDS; w++) {
        c->rank[w] = (uint16_t)seen;
        seen += dx_popcount64(c->bits[w]);
    }
    c->ranked = true;
}
