/* shingles.h -- a document's signature (common/index/codec/signature.h), from
 * its words as they come.
 *
 *     dx_shingles_start(&s);
 *     for each field: dx_shingles_put(&s, …) its words; dx_shingles_break(&s)
 *     signature = dx_shingles_end(&s); */
#ifndef DX_INDEXER_GATHER_SHINGLES_H
#define DX_INDEXER_GATHER_SHINGLES_H

#include <stdint.h>

#include "common/index/codec/signature.h"

typedef struct dx_shingles { /* by value, no resources */
    uint32_t least[DX_SIGNATURE_BYTES];
    uint32_t before[2]; /* the words before the next one; 0: none */
} dx_shingles;

void dx_shingles_start(dx_shingles *s);

/** A word as a number, of a hash of its text: the same in every run. */
static inline uint32_t dx_shingles_word(uint64_t hash)
{
    return (uint32_t)((hash * 0x9E3779B97F4A7C15u) >> 32) | 1;
}

/** The next word: dx_shingles_word(). */
static inline void dx_shingles_put(dx_shingles *s, uint32_t word)
{
    uint64_t h = (((uint64_t)s->before[0] << 32 | s->before[1]) *
                     0x9E3779B97F4A7C15u + word);

    h = (h ^ h >> 32) * 0xD6E8FEB86659FD93u;
    h ^= h >> 32;
    /* Rarely, so that a branch costs less than to write what is there. */
    if ((uint32_t)h < s->least[h >> 60] && s->before[0])
        s->least[h >> 60] = (uint32_t)h;
    s->before[0] = s->before[1];
    s->before[1] = word;
}

/** No shingle goes across here: a field ends. */
static inline void dx_shingles_break(dx_shingles *s)
{
    s->before[0] = s->before[1] = 0;
}

/** The signature of the words since the start. */
dx_signature dx_shingles_end(const dx_shingles *s);

#endif
