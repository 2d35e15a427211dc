/* plain.h -- finds the words that nearly all text consists of, without
 * branches.
 *
 * A *run* is 1 to 15 bytes from 0x40 on, followed by a byte below that which is
 * no digit: a blank, a mark or a control character of ASCII. If its bytes make
 * only letters of Latin script (Vietnamese ones included), it is a *plain*
 * word, and dx_lexer_next() (lexer.h) would give the same one. No processor
 * predicts where words end, so this looks at eight bytes at a time. */
#ifndef DX_TEXT_PLAIN_H
#define DX_TEXT_PLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/bytes.h"

/* How many bytes must be readable from the start of a run. */
#define DX_PLAIN_ROOM 16u
#define DX_PLAIN_TOPS 0x8080808080808080u

typedef struct dx_plain_run {
    uint64_t head, tail; /* its bytes, little-endian, then zeros */
    size_t len;          /* 0: there is none */
} dx_plain_run;

/** The run at `p`, where DX_PLAIN_ROOM bytes must be readable. */
static inline dx_plain_run dx_plain_run_at(const char *p)
{
    uint64_t head = dx_load_u64((const uint8_t *)p);
    uint64_t tail = dx_load_u64((const uint8_t *)p + 8);
    uint64_t in_head = ~(head | head << 1) & DX_PLAIN_TOPS; /* bytes < 0x40 */
    uint64_t in_tail = ~(tail | tail << 1) & DX_PLAIN_TOPS;
    uint64_t whole = (uint64_t)0 - (in_head == 0); /* is the head: all bits */
    uint64_t stops = in_head | (in_tail & whole);

    if (stops == 0)
        return (dx_plain_run){0, 0, 0};
    size_t len = (size_t)__builtin_ctzll(stops) / 8 + (whole & 8);
    if (p[len] >= '0' && p[len] <= '9')
        return (dx_plain_run){0, 0, 0};
    uint64_t before = ((stops & -stops) >> 7) - 1;
    return (dx_plain_run){head & (before | whole), tail & before & whole, len};
}

/* The top bit of each byte of `v`, from 0x40 on, that is no letter. Of the lead
 * bytes, C0, C1, C3..C7, E0, E1, E3..E7 count as beginning a letter. */
static inline uint64_t dx_plain_others(uint64_t v)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t small = (v | 0x20 * ones) & ~DX_PLAIN_TOPS;
    uint64_t letter = (small + (0x80 - 'a') * ones) &
                      ~(small + (0x80 - 'z' - 1) * ones) & ~v;
    uint64_t other_lead = v & v << 1 &
                          (v << 3 | v << 4 | (v << 6 & ~(v << 5) & ~(v << 7)));

    return (v | v << 1) & ~(letter | (v & ~other_lead)) & DX_PLAIN_TOPS;
}

/** Whether a run is a plain word. */
static inline bool dx_plain_is_word(dx_plain_run run)
{
    return run.len &&
           (dx_plain_others(run.head) | dx_plain_others(run.tail)) == 0;
}

#endif
