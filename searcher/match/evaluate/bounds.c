/* Upper bounds of the scores of 4,096 documents at once. */
#include "searcher/match/evaluate/bounds.h"

#include <string.h>

#include "common/base/simd.h"
#include "common/index/codec/list.h"

/* Counts of words need no more planes, and so half of the work. */
#define FEW_PLANES 4u

static inline void add_planes(dx_bounds *b, const uint64_t *restrict bits,
    uint32_t bound, unsigned planes)
{
    uint64_t take[DX_BOUND_PLANES];

    for (unsigned p = 0; p < planes; p++)
        take[p] = (uint64_t)0 - (bound >> p & 1);
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++) {
        uint64_t carry = 0;
        for (unsigned p = 0; p < planes; p++) {
            uint64_t have = b->planes[p][k], more = bits[k] & take[p];
            uint64_t half = have ^ more;
            b->planes[p][k] = half ^ carry;
            carry = (have & more) | (carry & half);
        }
    }
}

DX_SIMD_CLONES /* four documents' words at a time */
static void add_bits(dx_bounds *b, const uint64_t *restrict bits,
    uint32_t bound)
{
    if (b->most >> FEW_PLANES)
        add_planes(b, bits, bound, DX_BOUND_PLANES);
    else
        add_planes(b, bits, bound, FEW_PLANES);
}

void dx_bounds_add(dx_bounds *b, const uint64_t *bits, const uint64_t *without,
    uint32_t bound)
{
    uint64_t rest[DX_WINDOW_WORDS];

    b->most += bound;
    if (!without) {
        add_bits(b, bits, bound);
        return;
    }
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        rest[k] = bits[k] & ~without[k];
    add_bits(b, rest, bound);
}

static inline void keep_planes(const dx_bounds *b, uint32_t least,
    uint64_t *restrict words, unsigned planes)
{
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++) {
        uint64_t greater = 0, equal = ~(uint64_t)0;
        for (unsigned p = planes; p-- > 0;) {
            uint64_t plane = b->planes[p][k];
            uint64_t wanted = (uint64_t)0 - (least >> p & 1);
            greater |= equal & plane & ~wanted;
            equal &= ~(plane ^ wanted);
        }
        words[k] &= greater | equal;
    }
}

DX_SIMD_CLONES /* four documents' words at a time */
static void keep_at_least(const dx_bounds *b, uint32_t least,
    uint64_t *restrict words)
{
    if (b->most >> FEW_PLANES)
        keep_planes(b, least, words, DX_BOUND_PLANES);
    else
        keep_planes(b, least, words, FEW_PLANES);
}

void dx_bounds_keep(const dx_bounds *b, uint32_t least, dx_bitset *set)
{
    if (least > b->most)
        memset(set, 0, sizeof *set);
    else
        keep_at_least(b, least, set->words);
}
