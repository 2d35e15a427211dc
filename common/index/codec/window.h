/* window.h -- the windows that a segment's documents are grouped in, and the sizes
 * that decide which shape a list has, and each of its windows (list.h). */
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

/* A windowed list pays DX_DIR_ENTRY_BYTES per window for being able to skip; below
 * an average of 64 postings per window that costs more than it saves. */
#define DX_WINDOWED_MIN 64u
#define DX_DIR_ENTRY_BYTES 5u
/* Elias-Fano is smaller than the bitset up to 1,024 of 4,096, but slower to expand
 * and to look a document up in: bitsets from 400 on make an index 1.3 % larger
 * than those from 800 on, and save a sixth to a fifth of a query's instructions;
 * from 300 on it were 2.5 % and a fifth to a quarter. */
#define DX_BITSET_MIN_COUNT 400u
#define DX_BITSET_BYTES (DX_WINDOW_DOCS / 8)

#endif
