#include "searcher/bounds.h"

#if defined(__GNUC__) && defined(__x86_64__) && !defined(__SANITIZE_THREAD__)
/* Plain C; the compiler makes four documents' words at a time of it. */
#define SIMD_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define SIMD_CLONES
#endif

SIMD_CLONES
static void add_bits(dx_bounds *b, const uint64_t *restrict bits,
    uint32_t bound)
{
    uint64_t take[DX_BOUND_PLANES];

    for (unsigned p = 0; p < DX_BOUND_PLANES; p++)
        take[p] = (uint64_t)0 - (bound >> p & 1);
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++) {
        uint64_t carry = 0;
        for (unsigned p = 0; p < DX_BOUND_PLANES; p++) {
            uint64_t have = b->planes[p][k], more = bits[k] & take[p];
            uint64_t half = have ^ more;
            b->planes[p][k] = half ^ carry;
            carry = (have & more) | (carry & half);
        }
    }
}

void dx_bounds_add(dx_bounds *b, const uint64_t *bits, const uint64_t *without,
    uint32_t bound)
{
    uint64_t rest[DX_WINDOW_WORDS];

    if (!without) {
        add_bits(b, bits, bound);
        return;
    }
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++)
        rest[k] = bits[k] & ~without[k];
    add_bits(b, rest, bound);
}

SIMD_CLONES
static void keep_at_least(const dx_bounds *b, uint32_t least,
    uint64_t *restrict words)
{
    for (unsigned k = 0; k < DX_WINDOW_WORDS; k++) {
        uint64_t greater = 0, equal = ~(uint64_t)0;
        for (unsigned p = DX_BOUND_PLANES; p-- > 0;) {
            uint64_t plane = b->planes[p][k];
            uint64_t wanted = (uint64_t)0 - (least >> p & 1);
            greater |= equal & plane & ~wanted;
            equal &= ~(plane ^ wanted);
        }
        words[k] &= greater | equal;
    }
}

void dx_bounds_keep(const dx_bounds *b, uint32_t least, dx_bitset *set)
{
    keep_at_least(b, least, set->words);
}
