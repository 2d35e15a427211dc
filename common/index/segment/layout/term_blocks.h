/* term_blocks.h -- the blocks that a dictionary consists of. All that a search
 * for a term reads -- its string, its places, its exact terms -- lies in one
 * block, so in one place of the file: a new process pays for each place that it
 * touches (docs/DECISIONS.md, "Read what is looked at once"). format.h has the
 * layout. */
#ifndef DX_INDEX_SEGMENT_LAYOUT_TERM_BLOCKS_H
#define DX_INDEX_SEGMENT_LAYOUT_TERM_BLOCKS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/bytes.h"
#include "common/base/status.h"
#include "common/index/segment/layout/column.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/layout/parts.h"

/* A query reads a handful of blocks; they are copied from the file (see
 * dx_snapshot_read()). Whoever reads more of them uses the others in place. */
#define DX_BLOCK_COPIES_MAX 64u

typedef struct dx_block_cache { /* shared by threads */
    atomic_bool knows_index; /* that all of it was verified */
    atomic_uint taken; /* of `copies`; may pass DX_BLOCK_COPIES_MAX */
    uint8_t *copies[DX_BLOCK_COPIES_MAX]; /* owned */
    _Atomic(const uint8_t *) at[]; /* each block, once it has been used */
} dx_block_cache;

typedef struct dx_term_blocks {
    const dx_parts *parts; /* borrowed */
    dx_column index;
    uint32_t folded_count, exact_count;
    dx_block_cache *cache; /* owned */
} dx_term_blocks;

/** Opens the dictionary of a segment. `b` must have the counts of its terms and
 *  zeros elsewhere; `parts` must outlive it. Fails with CORRUPT or NOMEM; close
 *  it even then. */
DX_NODISCARD dx_status dx_term_blocks_open(dx_term_blocks *b,
    const dx_parts *parts);
void dx_term_blocks_close(dx_term_blocks *b);

/** The slow path of dx_term_blocks_index(): verifies it. */
void dx_term_blocks_verify_index(const dx_term_blocks *b);

/** The entries of all blocks. They are verified all together when they are first asked
 *  for: a few searches for terms look at most of them, at one more each time. */
static inline const uint8_t *dx_term_blocks_index(const dx_term_blocks *b)
{
    if (!atomic_load_explicit(&b->cache->knows_index, memory_order_acquire))
        dx_term_blocks_verify_index(b);
    return b->index.data;
}

/** The number at byte `at` of a block's entry. */
static inline uint32_t dx_block_entry_u32(const uint8_t *index, uint32_t block,
    unsigned at)
{
    return dx_load_u32(index + (size_t)block * DX_BLOCK_ENTRY_BYTES + at);
}

/** The sample of a block's first term: DX_SAMPLE_BYTES, by dx_sample_of(). */
static inline const uint8_t *dx_block_entry_sample(const uint8_t *index,
    uint32_t block)
{
    return index + (size_t)block * DX_BLOCK_ENTRY_BYTES;
}

static inline uint32_t dx_term_block_u32(const dx_term_blocks *b, uint32_t block,
    unsigned at)
{
    return dx_block_entry_u32(dx_term_blocks_index(b), block, at);
}

/** The number of folded terms in a block. */
static inline uint32_t dx_term_block_terms(const dx_term_blocks *b,
    uint32_t block)
{
    uint32_t left = b->folded_count - block * DX_BLOCK_TERMS;

    return left < DX_BLOCK_TERMS ? left : DX_BLOCK_TERMS;
}

/** The size of a block in bytes, after dx_term_block_at() of it, if its places are
 *  sound. */
uint64_t dx_term_block_bytes(const dx_term_blocks *b, uint32_t block);

/** The slow path of dx_term_block_at(): reads the block. */
const uint8_t *dx_term_block_load(const dx_term_blocks *b, uint32_t block);

/** The bytes of a block, or NULL when damaged. The table of folded terms and
 *  the one of exact terms after it lie within it; what they say is checked when
 *  it is used. The bytes live as long as `b`. Thread-safe. */
static inline const uint8_t *dx_term_block_at(const dx_term_blocks *b,
    uint32_t block)
{
    const uint8_t *p = atomic_load_explicit(&b->cache->at[block],
        memory_order_acquire);

    return p ? p : dx_term_block_load(b, block);
}

/** The table of exact terms of the block at `p`. */
static inline const uint8_t *dx_term_block_exacts(const dx_term_blocks *b,
    uint32_t block, const uint8_t *p)
{
    return p + (dx_term_block_terms(b, block) + (size_t)1) * DX_FOLDED_BYTES;
}

/** The first exact id of a folded term. */
static inline uint32_t dx_first_exact(const uint8_t *folded_entry)
{
    return dx_load_u32(folded_entry + DX_FOLDED_FIRST_EXACT);
}

/** Whether a block is sound: its strings fill it, and each folded term has
 *  exact ones. */
bool dx_term_block_is_sound(const dx_term_blocks *b, uint32_t block);

#endif
