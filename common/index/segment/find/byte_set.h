/* byte_set.h -- which of many bytes are in some sets, and what they add up to, by
 * as many at a time as the processor can.
 *
 * Coded texts are searched so (text_code.h): which first bytes can be of a form
 * that is wanted, and how many bits stand between two of them. */
#ifndef DX_INDEX_SEGMENT_FIND_BYTE_SET_H
#define DX_INDEX_SEGMENT_FIND_BYTE_SET_H

#include <stddef.h>
#include <stdint.h>

#define DX_BYTE_SETS_MAX 5u

typedef struct dx_byte_sets { /* zeroed, all are empty */
    uint8_t of[256]; /* of each byte: a bit for each set */
    uint8_t rows[DX_BYTE_SETS_MAX][2][16]; /* the same: byte b is bit b >> 4 & 7 of
                                              [set][b >> 7][b & 15] */
} dx_byte_sets;

static inline void dx_byte_sets_add(dx_byte_sets *sets, uint32_t set, uint8_t b)
{
    sets->of[b] |= (uint8_t)(1u << set);
    sets->rows[set][b >> 7][b & 15] |= (uint8_t)(1u << (b >> 4 & 7));
}

/** Bit i of masks[s * stride + b], for each of the first `set_count` (2 to
 *  DX_BYTE_SETS_MAX) sets and of `blocks` blocks of 64 bytes from `p` on: whether
 *  set s has byte i of block b. Bytes from `limit` on count as 0. */
void dx_byte_masks(const dx_byte_sets *sets, uint32_t set_count,
    const uint8_t *p, const uint8_t *limit, uint32_t blocks, uint64_t *masks,
    size_t stride);

/** The sum over bytes [p, end) of table[byte >> 3]. What may be read ends at
 *  `limit`. */
size_t dx_byte_sum(const uint8_t table[32], const uint8_t *p, const uint8_t *end,
    const uint8_t *limit);

/** The same two without special instructions, for machines that lack them. */
void dx_byte_masks_plainly(const dx_byte_sets *sets, uint32_t set_count,
    const uint8_t *p, const uint8_t *limit, uint32_t blocks, uint64_t *masks,
    size_t stride);
size_t dx_byte_sum_plainly(const uint8_t table[32], const uint8_t *p,
    const uint8_t *end);

#endif
