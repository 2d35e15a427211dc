/* plain.h -- the words that nearly all text is made of, found without a branch.
 *
 * A word is *plain* if it has 1 to 15 bytes, all of ASCII letters or of letters
 * that Latin script has (Vietnamese ones among them), and a mark, a blank or a
 * control character of ASCII after it. Where words end no processor foresees;
 * so eight bytes are looked at together, in a number. What is not plain is
 * dx_lexer_next()'s, which gives the same words (analyzer.h). */
#ifndef DX_TEXT_PLAIN_H
#define DX_TEXT_PLAIN_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/bytes.h"

/* What must be readable from a word's start on. */
#define DX_PLAIN_WORD_ROOM 16u

typedef struct dx_plain_word {
    uint64_t head, tail; /* its bytes, little-endian, then zeros */
    size_t len;          /* 0: there is no plain word */
} dx_plain_word;

/* The top bit of each byte of `v` that is no letter. Of the leads from C0 on
 * these are taken for letters': C0, C1, C3..C7, E0, E1, E3..E7. */
static inline uint64_t dx_plain_stops(uint64_t v)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x80 * ones;
    uint64_t small = (v | 0x20 * ones) & ~tops;
    uint64_t letter = (small + (0x80 - 'a') * ones) &
                      ~(small + (0x80 - 'z' - 1) * ones) & ~v;
    uint64_t other_lead = v & v << 1 &
                          (v << 3 | v << 4 | (v << 6 & ~(v << 5) & ~(v << 7)));

    return ~(letter | (v & ~other_lead)) & tops;
}

/** The plain word at `p`, of which DX_PLAIN_WORD_ROOM bytes are readable. A word
 *  is assumed to begin there, if one does. */
static inline dx_plain_word dx_plain_word_at(const char *p)
{
    uint64_t head = dx_load_u64((const uint8_t *)p);
    uint64_t tail = dx_load_u64((const uint8_t *)p + 8);
    uint64_t in_head = dx_plain_stops(head), in_tail = dx_plain_stops(tail);
    uint64_t whole = (uint64_t)0 - (in_head == 0); /* is the head: all bits */
    uint64_t stops = in_head | (in_tail & whole);

    if (stops == 0)
        return (dx_plain_word){0, 0, 0};
    size_t len = (size_t)__builtin_ctzll(stops) / 8 + (whole & 8);
    unsigned char stop = (unsigned char)p[len];
    if (stop >= 0x80 || (stop >= '0' && stop <= '9'))
        return (dx_plain_word){0, 0, 0};
    uint64_t before = ((stops & -stops) >> 7) - 1;
    return (dx_plain_word){head & (before | whole), tail & before & whole, len};
}

#endif
