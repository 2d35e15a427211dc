/* id_filter.h -- tells in a nanosecond that an id is not one of a few.
 *
 * A search for some words in a text passes over a thousand others. One bit for
 * each id modulo 4096 turns nearly all of them away; those that pass need a
 * proper look. Ids of one folded word are neighbours, so its spellings do not
 * share bits. */
#ifndef DX_INDEX_CODEC_ID_FILTER_H
#define DX_INDEX_CODEC_ID_FILTER_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define DX_ID_FILTER_BITS 4096u

typedef struct dx_id_filter { /* zeroed, it lets nothing through */
    uint64_t bits[DX_ID_FILTER_BITS / 64];
} dx_id_filter;

/** Lets the ids [first, end) through. */
static inline void dx_id_filter_add(dx_id_filter *f, uint32_t first,
    uint32_t end)
{
    if (end > first && end - first >= DX_ID_FILTER_BITS)
        memset(f->bits, 0xFF, sizeof f->bits);
    else
        for (uint32_t id = first; id < end; id++)
            f->bits[id % DX_ID_FILTER_BITS / 64] |= (uint64_t)1 << (id & 63);
}

/** False only for ids that were not added. */
static inline bool dx_id_filter_may_have(const dx_id_filter *f, uint32_t id)
{
    return f->bits[id % DX_ID_FILTER_BITS / 64] >> (id & 63) & 1;
}

#endif
