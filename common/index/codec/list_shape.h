/* list_shape.h -- the sizes that decide which shape a list has, and its windows. */
#ifndef DX_INDEX_CODEC_LIST_SHAPE_H
#define DX_INDEX_CODEC_LIST_SHAPE_H

#include "common/index/codec/list.h"

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
