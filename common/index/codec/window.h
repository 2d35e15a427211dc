/* window.h -- the windows that group a segment's documents, and the sizes that
 * decide the shape of a list and of each window (list.h). */
#ifndef DX_INDEX_CODEC_WINDOW_H
#define DX_INDEX_CODEC_WINDOW_H

#include <stdint.h>

#define DX_WINDOW_BITS 12
#define DX_WINDOW_DOCS (1u << DX_WINDOW_BITS)
#define DX_WINDOW_WORDS (DX_WINDOW_DOCS / 64)

static inline uint32_t dx_window_count(uint32_t docs)
{
    return (docs + DX_WINDOW_DOCS - 1) >> DX_WINDOW_BITS;
}

/* To be able to skip, a windowed list spends DX_DIR_ENTRY_BYTES a window. Below
 * an average of 64 postings a window that costs more than it saves. */
#define DX_WINDOWED_MIN 64u
#define DX_DIR_ENTRY_BYTES 5u
/* Up to 1,024 of 4,096 documents Elias-Fano is smaller than a bitset, but
 * slower to expand and to search. With bitsets from 400 on, an index is 1.3 %
 * larger than with bitsets from 800 on, and a query takes a sixth to a fifth
 * fewer instructions; from 300 on, it would be 2.5 % larger for a fifth to a
 * quarter fewer. */
#define DX_BITSET_MIN_COUNT 400u
#define DX_BITSET_BYTES (DX_WINDOW_DOCS / 8)
/* Of attributes' lists, which facets count, already from here on: counting 64
 * documents takes one instruction. Such a list has no term frequencies, so its size
 * tells: the Elias-Fano code of fewer than DX_BITSET_MIN_COUNT is shorter than
 * DX_BITSET_BYTES. */
#define DX_BITSET_MIN_COUNT_FAST 64u

#endif
