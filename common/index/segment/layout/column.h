/* column.h -- an array part of a segment, as entries of equal width. What is read of
 * it is verified before (chunk.h); of what is damaged, any value may come. */
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
    const _Atomic(uint32_t) *sound; /* the chunk's */
    dx_chunk *chunk; /* NULL when there is none */
    uint32_t count;
} dx_column;

/** Opens a part as entries of `width` bytes. False when it is damaged or does
 *  not consist of whole entries. */
static inline bool dx_column_open(const dx_parts *ps, dx_part part,
    unsigned width, dx_column *out)
{
    dx_str all = dx_parts_array(ps, part, &out->chunk);

    out->data = (const uint8_t *)all.ptr;
    out->sound = out->chunk ? out->chunk->sound : NULL;
    out->count = (uint32_t)(all.len / width);
    return all.len % width == 0 && all.len == ps->part[part].bytes;
}

/** Verifies `bytes` of it, which must be within it, from byte `at` on. */
static inline bool dx_column_is_sound(dx_column c, size_t at, size_t bytes)
{
    return bytes == 0 || dx_chunk_is_sound(c.chunk, c.data + at, bytes);
}

/** Likewise, of what lies within one page; it is noted if that is damaged. */
static inline void dx_column_touch(dx_column c, size_t at)
{
    size_t page = at / DX_PAGE_BYTES;

    if (__builtin_expect(!dx_page_was_sound(c.sound, page), 0))
        (void)dx_chunk_verify_pages(c.chunk, page, page);
}

/** The number at byte `at` of entry i in a table with entries of `width` bytes, both
 *  multiples of 4; format.h names them. */
static inline uint32_t dx_table_u32(dx_column table, unsigned width, uint32_t i,
    unsigned at)
{
    size_t place = (size_t)width * i + at;

    dx_column_touch(table, place);
    return dx_load_u32(table.data + place);
}

/** Entry i (< count) of a column of 32-bit numbers. */
static inline uint32_t dx_column_u32(dx_column c, uint32_t i)
{
    return dx_table_u32(c, 4, i, 0);
}

/** Where item i ends in a part whose items begin at `offsets`. The last ends
 *  with the part: UINT64_MAX. */
static inline uint64_t dx_column_end(dx_column offsets, uint32_t i)
{
    return i + 1 < offsets.count ? dx_column_u32(offsets, i + 1) : UINT64_MAX;
}

#endif
