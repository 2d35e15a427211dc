/* Lists of blocks, and where they end. */
#include "indexer/run/files/blocks.h"

#include "common/base/mem.h"

#define MIN_BYTES (64u << 10)
#define MEAN_BYTES (256u << 10) /* beyond these, on average */

void dx_blocks_free(dx_blocks *b)
{
    dx_free(b->items);
    *b = (dx_blocks){0};
}

dx_status dx_blocks_add(dx_blocks *b, const dx_block *block)
{
    void *p = b->items;

    if (dx_grow(&p, &b->cap, b->count + 1, sizeof *b->items) != 0)
        return DX_ERR_NOMEM;
    b->items = p;
    b->items[b->count++] = *block;
    return DX_OK;
}

bool dx_blocks_end_here(dx_str record, uint64_t bytes)
{
    uint64_t draw = dx_hash64(record.ptr, record.len) >> 32;

    return bytes >= MIN_BYTES &&
           draw * MEAN_BYTES < (uint64_t)record.len << 32;
}
