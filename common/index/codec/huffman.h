/* huffman.h -- canonical, length-limited Huffman codes over word forms.
 *
 * The stored text of a document is a sequence of symbols, one per word or
 * unusual gap ("spaceless words": Moura, Navarro, Ziviani & Baeza-Yates, Fast
 * and flexible word searching on compressed text, TOIS 2000). Symbols are
 * numbered by falling frequency, so the number of symbols of each length
 * defines the code. */
#ifndef DX_INDEX_CODEC_HUFFMAN_H
#define DX_INDEX_CODEC_HUFFMAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/bytes.h"
#include "common/base/status.h"

#define DX_HUFFMAN_MAX_BITS 24u
#define DX_HUFFMAN_MAX_SYMBOLS (1u << 23)
#define DX_HUFFMAN_HINT_BITS 11u

typedef struct dx_huffman {
    uint32_t symbols;
    uint32_t first_code[DX_HUFFMAN_MAX_BITS + 2];   /* of each length */
    uint32_t first_symbol[DX_HUFFMAN_MAX_BITS + 2]; /* likewise */
    uint32_t base[DX_HUFFMAN_MAX_BITS + 2]; /* symbol - code; modulo 2^32 */
    uint64_t limit[DX_HUFFMAN_MAX_BITS + 2]; /* codes of length <= l, left-
                    aligned to 32 bits, are below it; the last is above all */
    uint8_t hint[1u << DX_HUFFMAN_HINT_BITS]; /* the shortest length possible */
} dx_huffman;

/** Counts how many symbols get each length (1..MAX_BITS), for `n` >= 1
 *  frequencies in falling order, each >= 1. Fails with NOMEM, or LIMIT for too
 *  many. */
DX_NODISCARD dx_status dx_huffman_plan(const uint64_t *frequencies, uint32_t n,
    uint32_t counts[DX_HUFFMAN_MAX_BITS + 1]);

/** Makes the tables from the counts. False when those give no prefix code. */
bool dx_huffman_init(dx_huffman *h,
    const uint32_t counts[DX_HUFFMAN_MAX_BITS + 1]);

/** The code of `symbol` (< h->symbols), right-aligned, and its length in
 *  bits. */
uint32_t dx_huffman_code(const dx_huffman *h, uint32_t symbol, unsigned *bits);

/* ---- bit streams, most significant bit first ---- */

typedef struct dx_bit_writer {
    dx_buf *out;
    uint64_t acc;
    unsigned filled;
} dx_bit_writer;

static inline void dx_bit_writer_put(dx_bit_writer *w, uint32_t code,
    unsigned bits)
{
    w->acc = w->acc << bits | code;
    w->filled += bits;
    if (w->filled < 32)
        return;
    w->filled -= 32;
    uint8_t *at = dx_buf_extend(w->out, 4);
    if (at)
        dx_store_u32(at, __builtin_bswap32((uint32_t)(w->acc >> w->filled)));
}

/** Writes the bits still held back, padded to a whole byte. */
static inline void dx_bit_writer_end(dx_bit_writer *w)
{
    unsigned bytes = (w->filled + 7) / 8;

    w->acc <<= 8 * bytes - w->filled;
    while (bytes-- > 0)
        dx_buf_putc(w->out, (char)(w->acc >> 8 * bytes & 0xFF));
    w->filled = 0;
}

typedef struct dx_bit_reader {
    const uint8_t *at, *end;
    uint64_t acc;    /* next bits, left-aligned; zeros past the end */
    unsigned filled; /* how many of them were read: 0 to 64 */
} dx_bit_reader;

static inline dx_bit_reader dx_bit_reader_new(const uint8_t *p,
    const uint8_t *end)
{
    return (dx_bit_reader){p, end, 0, 0};
}

/** Refills to at least 56 bits if that many are left. Loads eight bytes at a
 *  time while there are eight, and keeps as many whole bytes as fit. */
static inline void dx_bit_reader_fill(dx_bit_reader *r)
{
    if (r->end - r->at >= 8) {
        unsigned bytes = (63 - r->filled) / 8;
        r->acc |= __builtin_bswap64(dx_load_u64(r->at)) >> r->filled;
        r->at += bytes;
        r->filled += bytes * 8;
        return;
    }
    while (r->filled <= 56 && r->at < r->end) {
        r->acc |= (uint64_t)*r->at++ << (56 - r->filled);
        r->filled += 8;
    }
}

/** The next symbol; past the end, a number of at least h->symbols. */
static inline uint32_t dx_huffman_next(const dx_huffman *h, dx_bit_reader *r)
{
    if (r->filled < DX_HUFFMAN_MAX_BITS)
        dx_bit_reader_fill(r);
    uint32_t top = (uint32_t)(r->acc >> 32);
    unsigned bits = h->hint[top >> (32 - DX_HUFFMAN_HINT_BITS)];
    while (top >= h->limit[bits])
        bits++;
    if (r->filled < bits)
        return UINT32_MAX;
    r->acc <<= bits;
    r->filled -= bits;
    return h->base[bits] + (uint32_t)((uint64_t)top >> (32 - bits));
}

#endif
