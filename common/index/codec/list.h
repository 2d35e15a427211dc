/* list.h -- posting lists: which documents a term is in, and how often.
 *
 * The documents of a segment are numbered from 0 and grouped in *windows* of
 * 4,096. A list has one of two shapes, which its length alone decides
 * (docs/FORMAT.md):
 *
 *   short     one Elias-Fano sequence over the whole segment
 *   windowed  a directory entry per window {count, bytes, bound}, then per
 *             window a 512-byte bitset when dense, else Elias-Fano over 4,096
 *
 * followed by the term frequencies (tfs.h).
 *
 *     df/window: 1 ......... 64 ............ 400 ........ 4096
 *     shape:     short (EF)  | windowed (EF) | windowed (bitset)
 *
 * To its readers (cursor.h, list_decode.h) the shape makes no difference.
 *
 * Elias-Fano: S. Vigna, Quasi-succinct indices, WSDM 2013; uniform partitions:
 * Ottaviano & Venturini, SIGIR 2014. */
#ifndef DX_INDEX_CODEC_LIST_H
#define DX_INDEX_CODEC_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/index/chunk/chunk.h"
#include "common/index/codec/tfs.h"

#define DX_TF_MAX 65535u /* weighted term frequencies saturate here */

/* ---- writing ---- */

/** Encodes `df` >= 1 postings: documents strictly ascending below
 *  `segment_docs`, term frequencies 1..DX_TF_MAX. `bounds[w]`, which only
 *  windowed lists use, is the largest impact in window w, rounded up to 1/255
 *  (bm25.h); NULL stores 255. `count_fast`: it may take more room to be counted
 *  faster, if all term frequencies are 1. A lack of memory latches in `out`. */
void dx_list_encode(dx_buf *out, const uint32_t *docs, const uint16_t *tfs,
    uint32_t df, uint32_t segment_docs, const uint8_t *bounds, bool count_fast);

/** Whether a list of `df` postings is windowed. */
bool dx_list_is_windowed(uint32_t df, uint32_t segment_docs);

/* ---- reading ---- */

typedef struct dx_list { /* by value; borrows the index's bytes */
    const uint8_t *data, *end; /* after the header; end of the readable bytes */
    uint32_t df;               /* 0: an empty list, data NULL */
    uint32_t segment_docs;
    bool all_once; /* every term frequency is 1 */
    dx_chunk *chunk; /* that it is in; NULL: in memory */
} dx_list;

/** Reads the header of the list at `p`; does not touch the postings. The list is in
 *  `chunk`, by which it is verified as it is read, or in memory when that is NULL. Fails
 *  with CORRUPT when it makes no sense. */
DX_NODISCARD dx_status dx_list_open(dx_chunk *chunk, const uint8_t *p,
    const uint8_t *end, uint32_t segment_docs, dx_list *out);

/** Whether `bytes` at `p`, which must be within the list, are sound. */
static inline bool dx_list_is_sound(const dx_list *list, const uint8_t *p,
    size_t bytes)
{
    return !list->chunk || dx_chunk_is_sound(list->chunk, p, bytes);
}

/** Decodes a short list: its documents to `docs`, room for df, and where the term
 *  frequencies lie, if not all are 1. False when damaged. */
bool dx_list_read_short(const dx_list *list, uint32_t *docs, dx_tfs *tfs);

/** The first byte after the list, or NULL when damaged. */
const uint8_t *dx_list_after(const dx_list *list);

#endif
