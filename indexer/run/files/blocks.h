/* blocks.h -- the parts of a file, each with a number that its articles carry.
 *
 *     file     block 7 │ block 8     │ block 9 │ block 12
 *     articles 7 7 7 7   8 8 8 8 8 8   9 9 9 9   12 12
 *
 * A file of a type that is no stream is one block. A stream is cut where its records
 * say (dx_blocks_end_here()), into blocks of about 300 KiB: so if it changes, most
 * blocks are the same as before, wherever they stand now, and their articles stay
 * without being read. */
#ifndef DX_INDEXER_RUN_FILES_BLOCKS_H
#define DX_INDEXER_RUN_FILES_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/hash.h"
#include "common/base/status.h"
#include "common/base/str.h"

typedef struct dx_block {
    uint32_t number;
    uint32_t records; /* of a stream: how far it takes their numbers */
    uint64_t bytes;   /* after decompression; 0: it is not in the file any more, but
                         its articles are to stay for now */
    dx_hash128 hash;  /* of these bytes */
    bool is_stale;    /* to be read again all the same: the index does not have all
                         that is in it */
} dx_block;

typedef struct dx_blocks {
    dx_block *items; /* owned */
    size_t count, cap;
} dx_blocks;

void dx_blocks_free(dx_blocks *b); /* empty and reusable afterwards */
/** Fails with NOMEM. */
DX_NODISCARD dx_status dx_blocks_add(dx_blocks *b, const dx_block *block);

/** Whether a block that has `bytes` with this record ends with it. That depends on
 *  what the record says, so that blocks end at the same records after records were
 *  inserted or removed before them; the chance is as large as the record. */
bool dx_blocks_end_here(dx_str record, uint64_t bytes);

#endif
