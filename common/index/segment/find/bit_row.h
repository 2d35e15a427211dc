/* bit_row.h -- rows of a bit for each form of a text, 64 in a number, as byte_set.h makes
 * them. */
#ifndef DX_INDEX_SEGMENT_FIND_BIT_ROW_H
#define DX_INDEX_SEGMENT_FIND_BIT_ROW_H

#include <stdint.h>

#include "common/index/codec/bits.h"

#define DX_BIT_ROW_BLOCK 64u
#define DX_BIT_ROW_AT_ONCE 4u

/** Puts down `first` plus the numbers of the bits of a row, ascending, always a few at a
 *  time, as how many there are in 64 is not foreseen: `out` has room for all and
 *  DX_BIT_ROW_AT_ONCE more. Returns how many there are. */
static inline uint32_t dx_bit_row_numbers(const uint64_t *row, uint32_t blocks,
    uint32_t first, uint32_t *out)
{
    uint32_t count = 0;

    for (uint32_t b = 0; b < blocks; b++, first += DX_BIT_ROW_BLOCK) {
        uint32_t *to = out + count;
        uint64_t bits = row[b];
        count += dx_popcount64(bits);
        do {
            for (unsigned i = 0; i < DX_BIT_ROW_AT_ONCE; i++) {
                *to++ = first + dx_ctz64(bits | (uint64_t)1 << 63);
                bits &= bits - 1;
            }
        } while (bits);
    }
    return count;
}

/** What a row says of 64 forms up to number `bit` of the block at `row`, that one in the
 *  upper bit; and of those from it on, that one in the lower. Blocks before and behind
 *  must be there. */
static inline uint64_t dx_bit_row_up_to(const uint64_t *row, unsigned bit)
{
    return row[0] << (DX_BIT_ROW_BLOCK - 1 - bit) | row[-1] >> 1 >> bit;
}

static inline uint64_t dx_bit_row_from(const uint64_t *row, unsigned bit)
{
    return row[0] >> bit | row[1] << 1 << (DX_BIT_ROW_BLOCK - 1 - bit);
}

#endif
