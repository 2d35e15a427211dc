/* list_internal.h -- the shape of lists, shared by list.c (writing, decoding
 * whole) and cursor.c (reading windows). */
#ifndef DX_INDEX_CODEC_LIST_INTERNAL_H
#define DX_INDEX_CODEC_LIST_INTERNAL_H

#include "common/index/codec/list.h"

/* A windowed list pays DIR_ENTRY_BYTES per window for being able to skip; below
 * an average of 64 postings per window that costs more than it saves. */
#define WINDOWED_MIN_PER_WINDOW 64u
#define DIR_ENTRY_BYTES 5u
/* Elias-Fano is smaller than the bitset up to 1,024 of 4,096, but slower to expand
 * and to look a document up in: bitsets from 400 on make an index 1.3 % larger
 * than those from 800 on, and save a sixth to a fifth of a query's instructions;
 * from 300 on it were 2.5 % and a fifth to a quarter. */
#define BITSET_MIN_COUNT 400u
#define BITSET_BYTES (DX_WINDOW_DOCS / 8)

/* The term frequencies of a window or a short list. */
typedef struct dx_tf_view {
    const uint8_t *bits, *escapes, *after;
    uint32_t escape_count;
    uint8_t width;
} dx_tf_view;

/** Finds `n` term frequencies at `p`; false when damaged. */
bool dx_tfs_open(const uint8_t *p, const uint8_t *end, uint32_t n,
    dx_tf_view *v);

/** The term frequency of posting `index`, whose field says "escaped"; 1 when
 *  there is none. */
uint32_t dx_tf_escaped(const uint8_t *escapes, uint32_t count, uint32_t index);

#endif
