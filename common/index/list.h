/* list.h -- posting lists: which documents a term is in, and how often.
 *
 * Documents of a segment are numbered from 0 and grouped in *windows* of 4,096
 * (the fixed universe of a slice). A list has one of two shapes, chosen by its
 * length alone (docs/FORMAT.md):
 *
 *   short     one Elias-Fano sequence over the whole segment
 *   windowed  a directory entry per window {count, bytes, bound}, then per
 *             window a 512-byte bitset when dense, else Elias-Fano over 4,096
 *
 * followed by the term frequencies, bit-packed with an escape for large ones.
 *
 *     df/window: 1 ......... 64 ............ 800 ........ 4096
 *     shape:     short (EF)  | windowed (EF) | windowed (bitset)
 *
 * A reader sees every shape alike: per window a bitset and, for any set bit,
 * the term frequency. Intersection, union and counting are then word operations
 * on 64 documents at a time.
 *
 * Elias-Fano: S. Vigna, Quasi-succinct indices, WSDM 2013; uniform partitions:
 * Ottaviano & Venturini, SIGIR 2014. */
#ifndef DX_INDEX_LIST_H
#define DX_INDEX_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/index/bits.h"

#define DX_WINDOW_BITS 12
#define DX_WINDOW_DOCS (1u << DX_WINDOW_BITS)
#define DX_WINDOW_WORDS (DX_WINDOW_DOCS / 64)
#define DX_TF_MAX 65535u /* weighted term frequencies saturate here */

static inline uint32_t dx_window_count(uint32_t docs)
{
    return (docs + DX_WINDOW_DOCS - 1) >> DX_WINDOW_BITS;
}

/* ---- writing ---- */

/** Encodes `df` >= 1 postings: documents strictly ascending below
 *  `segment_docs`, term frequencies 1..DX_TF_MAX. `bounds[w]`, used by windowed
 *  lists only, is the largest impact in window w, rounded up to 1/255 (see
 *  bm25.h); NULL stores 255. Memory failure latches in `out`. */
void dx_list_encode(dx_buf *out, const uint32_t *docs, const uint16_t *tfs,
    uint32_t df, uint32_t segment_docs, const uint8_t *bounds);

/** Whether a list of `df` postings is windowed. */
bool dx_list_is_windowed(uint32_t df, uint32_t segment_docs);

/* ---- reading ---- */

typedef struct dx_list { /* by value; borrows the index's bytes */
    const uint8_t *data, *end; /* after the header; end of what may be read */
    uint32_t df;               /* 0: an empty list, data NULL */
    uint32_t segment_docs;
    bool all_once; /* every term frequency is 1 */
} dx_list;

/** Reads the header of the list at `p`. DX_ERR_CORRUPT when it makes no sense.
 *  Does not touch the postings. */
DX_NODISCARD dx_status dx_list_open(const uint8_t *p, const uint8_t *end,
    uint32_t segment_docs, dx_list *out);

/** The first byte after the list, or NULL when damaged. */
const uint8_t *dx_list_after(const dx_list *list);

/** Walks a list window by window, in any order of windows but fastest upward.
 *  About 1.3 KB; not thread-safe. */
typedef struct dx_cursor {
    uint64_t bits[DX_WINDOW_WORDS]; /* of the loaded window: bit d & 63 of word
                                       d >> 6 is document d of the window */
    uint16_t rank[DX_WINDOW_WORDS]; /* set bits before each word; see ranked */
    dx_list list;
    uint32_t window;  /* loaded one, or UINT32_MAX */
    uint32_t count;   /* postings in it */
    bool ranked;      /* rank[] is filled (lazily, by dx_cursor_tf) */
    bool windowed;
    /* windowed: */
    const uint8_t *dir;  /* directory */
    uint32_t *offsets;   /* byte offset of each window, +1; arena */
    const uint8_t *body; /* first window's data */
    /* short: everything decoded at open, in the arena */
    uint32_t *docs;
    uint32_t at; /* index of the first posting of the loaded window */
    /* frequencies of the loaded window (short: of the whole list) */
    const uint8_t *tf_bits, *tf_escapes;
    uint32_t tf_base;  /* index of the window's first posting in them */
    uint32_t tf_count; /* values packed there */
    uint32_t tf_escape_count;
    uint8_t tf_width;
    dx_status status; /* latched DX_ERR_CORRUPT; the list then looks empty */
} dx_cursor;

/** Prepares `c` on `list` (df 0 is fine). Memory comes from `arena`. Fails
 *  with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_cursor_open(dx_cursor *c, const dx_list *list,
    dx_arena *arena);

/** Fills c->bits for `window` (< dx_window_count) and returns the number of
 *  documents set; a repeated call for the loaded window costs nothing. */
uint32_t dx_cursor_load(dx_cursor *c, uint32_t window);

/** Number of postings in `window` without loading it: exact for windowed
 *  lists, else an upper bound found by a binary search. 0 means none. */
uint32_t dx_cursor_peek(dx_cursor *c, uint32_t window);

/** Largest impact in `window` in 1/255, 0 when it has none; for short lists
 *  255 when it has any. */
uint8_t dx_cursor_bound(dx_cursor *c, uint32_t window);

/* Parts of dx_cursor_tf() that are rarely run. */
void dx_cursor_rank(dx_cursor *c);
uint32_t dx_cursor_escaped_tf(const dx_cursor *c, uint32_t index);

/** Term frequency of document `d` (0..4095) of the loaded window; its bit must
 *  be set. 1..DX_TF_MAX whatever the bytes. Inline, because scoring consists of
 *  it. */
static inline uint32_t dx_cursor_tf(dx_cursor *c, uint32_t d)
{
    if (c->list.all_once)
        return 1;
    if (!c->ranked)
        dx_cursor_rank(c);
    uint64_t below = c->bits[d >> 6] & (((uint64_t)1 << (d & 63)) - 1);
    uint32_t index = c->tf_base + c->rank[d >> 6] + dx_popcount64(below);
    if (index >= c->tf_count)
        return 1;
    uint32_t v =
        dx_bits_get(c->tf_bits, c->tf_escapes, index, c->tf_width);
    bool escaped = v == (1u << c->tf_width) - 1 && c->tf_escape_count;
    return escaped ? dx_cursor_escaped_tf(c, index) : v + 1;
}

/** Decodes a whole list into `docs` and `tfs` (room for list->df each). */
DX_NODISCARD dx_status dx_list_decode(const dx_list *list, uint32_t *docs,
    uint16_t *tfs, dx_arena *scratch);

#endif
