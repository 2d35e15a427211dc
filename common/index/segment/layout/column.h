/* column.h -- an array part of a segment, as entries of equal width. */
#ifndef DX_INDEX_SEGMENT_LAYOUT_COLUMN_H
#define DX_INDEX_SEGMENT_LAYOUT_COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/bytes.h"
#include "common/base/str.h"
#include "common/index/segment/layout/parts.h"

typedef struct dx_column {
    const uint8_t *data; /* in the map; lives as long as the snapshot */
    uint32_t count;
} dx_column;

/** Opens a part as entries of `width` bytes. False when it is damaged or does
 *  not consist of whole entries. */
static inline bool dx_column_open(const dx_parts *ps, dx_part part,
    unsigned width, dx_column *out)
{
    dx_str all = dx_parts_array(ps, part);

    out->data = (const uint8_t *)all.ptr;
    out->count = (uint32_t)(all.len / width);
    return all.len % width == 0 && all.len == ps->part[part].bytes;
}

/** Entry i (< count) of a column of 32-bit numbers. */
static inline uint32_t dx_column_u32(dx_column c, uint32_t i)
{
    return dx_load_u32(c.data + 4 * (size_t)i);
}

/** Where item i ends in a part whose items begin at `offsets`. The last ends
 *  with the part: UINT64_MAX. */
static inline uint64_t dx_column_end(dx_column offsets, uint32_t i)
{
    return i + 1 < offsets.count ? dx_column_u32(offsets, i + 1) : UINT64_MAX;
}

/** The number at byte `at` of entry i in a table with entries of `width` bytes;
 *  format.h names both. */
static inline uint32_t dx_table_u32(dx_column table, unsigned width, uint32_t i,
    unsigned at)
{
    return dx_load_u32(table.data + (size_t)width * i + at);
}

#endif
