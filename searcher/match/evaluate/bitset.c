/* A set of documents of one window. */
#include "searcher/match/evaluate/bitset.h"

#include "common/index/codec/bits.h"

DX_POPCNT_CLONES
uint32_t dx_bitset_count(const dx_bitset *s)
{
    uint32_t n = 0;

#pragma GCC unroll 8
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        n += dx_popcount64(s->words[k]);
    return n;
}

void dx_bitset_subtract(const dx_bitset *less, dx_bitset *set)
{
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        set->words[k] &= ~less->words[k];
}
