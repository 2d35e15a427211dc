/* Writes what is known of each gathered document, one column at a time. */
#include "indexer/gather/gathered_columns.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/bytes.h"
#include "common/index/segment/layout/format.h"
#include "indexer/gather/gathered.h"

static void put_id(uint8_t *entry, dx_hash128 id, uint32_t doc)
{
    dx_store_u64(entry, id.hi);
    dx_store_u64(entry + 8, id.lo);
    dx_store_u32(entry + 16, doc);
}

/* Writes the entry of a document, and returns where the next one goes. */
static uint8_t *put(uint8_t *out, dx_part part, const dx_doc_columns *c,
    uint32_t doc)
{
    switch ((int)part) {
    case DX_PART_DATES:
        dx_store_u32(out, (uint32_t)c->date);
        return out + 4;
    case DX_PART_FILES:
        dx_store_u32(out, c->file);
        return out + 4;
    case DX_PART_CONTENTS:
        dx_store_u64(out, c->content);
        return out + 8;
    default:
        put_id(out, c->id, doc);
        return out + DX_ID_ENTRY_BYTES;
    }
}

static int compare_ids(const void *a, const void *b)
{
    const uint8_t *x = a, *y = b;

    for (unsigned at = 0; at < 16; at += 8) {
        uint64_t of_x = dx_load_u64(x + at), of_y = dx_load_u64(y + at);
        if (of_x != of_y)
            return of_x < of_y ? -1 : 1;
    }
    uint32_t of_x = dx_load_u32(x + 16), of_y = dx_load_u32(y + 16);
    return (of_x > of_y) - (of_x < of_y);
}

dx_status dx_gathered_column(void *ctx, dx_part part, uint8_t *out)
{
    const dx_gathered *g = ctx;
    uint8_t *at = out;
    uint32_t doc = 0;

    for (size_t i = 0; i < g->batch_count; i++)
        for (size_t d = 0; d < g->batches[i].doc_count; d++)
            at = put(at, part, &g->batches[i].docs[d].columns, doc++);
    if (part == DX_PART_IDS)
        qsort(out, g->docs, DX_ID_ENTRY_BYTES, compare_ids);
    return DX_OK;
}
