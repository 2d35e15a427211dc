/* byte_set.h -- which of many bytes are in some sets, and what they add up to, by
 * as many at a time as the processor can.
 *
 * Coded texts are searched so (text_code.h): which first bytes can be of a form
 * that is wanted, and how many bits stand before each. */
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

#define DX_BYTE_GROUP 8u

typedef struct dx_byte_sums { /* of what a table has for bytes */
    uint64_t sum;     /* so far */
    uint64_t *groups; /* where the next ones go: up to each eight bytes, … */
    uint8_t *within;  /* … and from there to each byte */
} dx_byte_sums;

/** Adds up table[byte >> 3] over `blocks` blocks of 64 bytes from `p` on. The sum of
 *  those before byte i is groups[i / 8] + within[i]. The table has values of up to 31.
 *  Bytes from `limit` on count as 0. Moves `out` on. */
void dx_byte_sums_add(const uint8_t table[32], const uint8_t *p,
    const uint8_t *limit, uint32_t blocks, dx_byte_sums *out);

/** The same two without special instructions, for machines that lack them. */
void dx_byte_masks_plainly(const dx_byte_sets *sets, uint32_t set_count,
    const uint8_t *p, const uint8_t *limit, uint32_t blocks, uint64_t *masks,
    size_t stride);
void dx_byte_sums_plainly(const uint8_t table[32], const uint8_t *p,
    const uint8_t *limit, uint32_t blocks, dx_byte_sums *out);

#endif
