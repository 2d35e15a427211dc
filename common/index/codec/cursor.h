/* cursor.h -- walks a posting list window by window.
 *
 * Whatever the shape of the list, a window looks the same: a bitset, and a term
 * frequency for each set bit. Intersection, union and counting are then word
 * operations on 64 documents at a time. Where only a few documents of a sparse
 * window matter, it need not be expanded: call dx_cursor_seek() instead of
 * dx_cursor_load(), and dx_cursor_has() looks each of them up. */
#ifndef DX_INDEX_CODEC_CURSOR_H
#define DX_INDEX_CODEC_CURSOR_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/list.h"
#include "common/index/codec/tfs.h"
#include "common/index/codec/window.h"

/** About 1 KB; not thread-safe. */
typedef struct dx_cursor {
    uint64_t bits[DX_WINDOW_WORDS]; /* if loaded: document d of the window is
                                       bit d & 63 of word d >> 6 */
    uint16_t rank[DX_WINDOW_WORDS]; /* set bits before each word, if ranked */
    dx_list list;
    uint32_t window; /* where the cursor is, or UINT32_MAX */
    uint32_t count;  /* postings there */
    bool loaded, ranked, windowed;
    /* windowed: */
    const uint8_t *dir;  /* directory */
    uint32_t *offsets;   /* byte offset of each window, +1; arena */
    const uint8_t *body; /* data of window 0; NULL for a list in memory */
    const uint64_t *memory; /* the bits of such a list, in whole windows */
    const uint8_t *docs_at, *docs_end; /* sparse window's Elias-Fano code */
    uint32_t found, found_index;       /* the document looked up last */
    /* short: all of it, decoded at open, in the arena */
    uint32_t *docs;
    uint32_t at; /* index of the first posting of the window */
    /* term frequencies of the window (short: of the whole list) */
    dx_tfs tfs;
    uint32_t tf_base;  /* index of the window's first posting in them */
    uint32_t tf_count; /* how many there are */
    dx_status status; /* latched DX_ERR_CORRUPT; the list then looks empty */
} dx_cursor;

/** Prepares `c` on `list` (df 0 is fine). Memory comes from `arena`. Fails
 *  with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_cursor_open(dx_cursor *c, const dx_list *list,
    dx_arena *arena);

/** Prepares `c` on a set of documents in memory, as if it were a list whose
 *  term frequencies are all 1. `bits` has all windows of the segment, laid out
 *  as in dx_cursor; it must outlive the cursor and have no bit past the
 *  segment's end. Fails with NOMEM. */
DX_NODISCARD dx_status dx_cursor_open_bits(dx_cursor *c, const uint64_t *bits,
    uint32_t segment_docs, dx_arena *arena);

/** Goes to `window` (< dx_window_count) and returns the number of documents
 *  there; repeating the call costs nothing. c->loaded says whether c->bits are
 *  filled too, which they are except in sparse windows. */
uint32_t dx_cursor_seek(dx_cursor *c, uint32_t window);

/** The same, and always fills c->bits. */
uint32_t dx_cursor_load(dx_cursor *c, uint32_t window);

/** Prefetches the data of `window`: a process that has just started waits for
 *  each cache line of it. */
void dx_cursor_prefetch(const dx_cursor *c, uint32_t window);

/** The number of postings in `window` without going there: exact for windowed
 *  lists, an upper bound found by binary search for short ones. 0 means
 *  none. */
uint32_t dx_cursor_peek(dx_cursor *c, uint32_t window);

/** The largest impact in `window` in 1/255; 0 when it has no postings. For
 *  short lists it is 255 when there are any. */
uint8_t dx_cursor_bound(dx_cursor *c, uint32_t window);

/* The slow paths of the two functions below. */
bool dx_cursor_find(dx_cursor *c, uint32_t d);
void dx_cursor_rank(dx_cursor *c);

/** Whether document `d` (0..4095) of the window is in the list. Inline, like
 *  the next function: scoring does little else. */
static inline bool dx_cursor_has(dx_cursor *c, uint32_t d)
{
    return c->loaded ? c->bits[d >> 6] >> (d & 63) & 1 : dx_cursor_find(c, d);
}

/** Term frequency of document `d` of the window, which must be in the list.
 *  1..DX_TF_MAX whatever the bytes. */
static inline uint32_t dx_cursor_tf(dx_cursor *c, uint32_t d)
{
    uint32_t index;

    if (c->list.all_once)
        return 1;
    if (c->loaded) {
        if (!c->ranked)
            dx_cursor_rank(c);
        uint64_t below = c->bits[d >> 6] & (((uint64_t)1 << (d & 63)) - 1);
        index = c->tf_base + c->rank[d >> 6] + dx_popcount64(below);
    } else {
        if (c->found != d)
            (void)dx_cursor_find(c, d);
        index = c->found_index;
    }
    return index < c->tf_count ? dx_tfs_at(&c->tfs, index) : 1;
}

#endif
