/* Looks up bytes in sets and tables: 64 or 32 of them in a register, or one by one. */
#include "common/index/segment/find/byte_set.h"

#include <stdbool.h>
#include <string.h>

#define BLOCK 64u

void dx_byte_masks_plainly(const dx_byte_sets *sets, uint32_t set_count,
    const uint8_t *p, const uint8_t *limit, uint32_t blocks, uint64_t *masks,
    size_t stride)
{
    size_t left = (size_t)(limit - p);

    for (uint32_t b = 0; b < blocks; b++) {
        for (uint32_t s = 0; s < set_count; s++)
            masks[s * stride + b] = 0;
        for (unsigned i = 0; i < BLOCK; i++) {
            size_t at = (size_t)b * BLOCK + i;
            uint8_t in = sets->of[at < left ? p[at] : 0];
            for (uint32_t s = 0; s < set_count; s++)
                masks[s * stride + b] |= (uint64_t)(in >> s & 1) << i;
        }
    }
}

void dx_byte_sums_plainly(const uint8_t table[32], const uint8_t *p,
    const uint8_t *limit, uint32_t blocks, dx_byte_sums *out)
{
    size_t left = (size_t)(limit - p);

    for (size_t i = 0; i < (size_t)blocks * BLOCK; i++) {
        if (i % DX_BYTE_GROUP == 0) {
            out->groups[i / DX_BYTE_GROUP] = out->sum;
            out->within[i] = 0;
        }
        uint8_t of = table[(i < left ? p[i] : 0) >> 3];
        if (i % DX_BYTE_GROUP + 1 < DX_BYTE_GROUP)
            out->within[i + 1] = (uint8_t)(out->within[i] + of);
        out->sum += of;
    }
    out->groups += blocks * (BLOCK / DX_BYTE_GROUP);
    out->within += blocks * BLOCK;
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

/* ---- 32 bytes at a time ---- */

#define LANES 32
#define AVX2 __attribute__((target("avx2")))
#define INLINE __attribute__((always_inline)) static inline

AVX2 INLINE __m256i load(const uint8_t *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

AVX2 INLINE void store(void *p, __m256i v) { _mm256_storeu_si256(p, v); }

AVX2 INLINE __m256i twice(const uint8_t table[16])
{
    return _mm256_broadcastsi128_si256(
        _mm_loadu_si128((const __m128i *)(const void *)table));
}

/* What sets need of 32 bytes: indexes into both their rows, where a shuffle gives 0
 * if the index has its upper bit set, and bits there. */
typedef struct lookup {
    __m256i low, high, bit;
} lookup;

AVX2 INLINE lookup lookup_of(__m256i v)
{
    static const uint8_t bits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8,
        16, 32, 64, 128};
    __m256i low = _mm256_and_si256(v, _mm256_set1_epi8((char)0x8F));

    return (lookup){low, _mm256_xor_si256(low, _mm256_set1_epi8((char)0x80)),
        _mm256_shuffle_epi8(twice(bits),
            _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(7)))};
}

AVX2 INLINE uint64_t members(const uint8_t rows[2][16], lookup at)
{
    __m256i row = _mm256_or_si256(_mm256_shuffle_epi8(twice(rows[0]), at.low),
        _mm256_shuffle_epi8(twice(rows[1]), at.high));

    return (uint32_t)_mm256_movemask_epi8(
        _mm256_cmpeq_epi8(_mm256_and_si256(row, at.bit), at.bit));
}

AVX2 INLINE void masks_of(const dx_byte_sets *sets, uint32_t set_count,
    const uint8_t *p, uint32_t blocks, uint64_t *masks, size_t stride)
{
    for (uint32_t b = 0; b < blocks; b++, p += BLOCK) {
        lookup first = lookup_of(load(p)), second = lookup_of(load(p + LANES));
        for (uint32_t s = 0; s < set_count; s++)
            masks[s * stride + b] = members(sets->rows[s], first) |
                                    members(sets->rows[s], second) << LANES;
    }
}

/* With as many sets as the compiler knows. */
AVX2 static void masks_avx2(const dx_byte_sets *sets, uint32_t set_count,
    const uint8_t *p, uint32_t blocks, uint64_t *masks, size_t stride)
{
    switch (set_count) {
    case 2:
        masks_of(sets, 2, p, blocks, masks, stride);
        break;
    case 3:
        masks_of(sets, 3, p, blocks, masks, stride);
        break;
    case 4:
        masks_of(sets, 4, p, blocks, masks, stride);
        break;
    default:
        masks_of(sets, DX_BYTE_SETS_MAX, p, blocks, masks, stride);
    }
}

/* Sums of the bytes before each one of its eight. */
AVX2 INLINE __m256i sums_within(__m256i v)
{
    __m256i sums = _mm256_slli_epi64(v, 8);

    sums = _mm256_add_epi8(sums, _mm256_slli_epi64(sums, 8));
    sums = _mm256_add_epi8(sums, _mm256_slli_epi64(sums, 16));
    return _mm256_add_epi8(sums, _mm256_slli_epi64(sums, 32));
}

/* `sum` and the sums of the eights before each, and of them all. */
AVX2 INLINE __m256i sums_before(__m256i eights, __m256i *sum)
{
    const __m256i zero = _mm256_setzero_si256();
    __m256i sums = _mm256_add_epi64(eights,
        _mm256_blend_epi32(_mm256_permute4x64_epi64(eights, 0x90), zero, 0x03));

    sums = _mm256_add_epi64(sums,
        _mm256_blend_epi32(_mm256_permute4x64_epi64(sums, 0x40), zero, 0x0F));
    sums = _mm256_add_epi64(sums, *sum);
    *sum = _mm256_permute4x64_epi64(sums, 0xFF);
    return _mm256_sub_epi64(sums, eights);
}

AVX2 static void sums_avx2(const uint8_t table[32], const uint8_t *p,
    uint32_t blocks, dx_byte_sums *out)
{
    const __m256i low = twice(table), high = twice(table + 16);
    __m256i sum = _mm256_set1_epi64x((long long)out->sum);

    for (uint32_t i = 0; i < blocks * (BLOCK / LANES); i++, p += LANES) {
        __m256i v = load(p);
        __m256i at =
            _mm256_and_si256(_mm256_srli_epi16(v, 3), _mm256_set1_epi8(31));
        __m256i of = _mm256_blendv_epi8(_mm256_shuffle_epi8(low, at),
            _mm256_shuffle_epi8(high, at), v);
        __m256i eights = _mm256_sad_epu8(of, _mm256_setzero_si256());
        store(out->within, sums_within(of));
        store(out->groups, sums_before(eights, &sum));
        out->within += LANES;
        out->groups += LANES / DX_BYTE_GROUP;
    }
    out->sum = (uint64_t)_mm_cvtsi128_si64(_mm256_castsi256_si128(sum));
}

/* ---- 64 bytes at a time ---- */

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi")))

AVX512 static void masks_avx512(const dx_byte_sets *sets, uint32_t set_count,
    const uint8_t *p, uint32_t blocks, uint64_t *masks, size_t stride)
{
    const __m512i of[4] = {_mm512_loadu_si512(sets->of),
        _mm512_loadu_si512(sets->of + 64), _mm512_loadu_si512(sets->of + 128),
        _mm512_loadu_si512(sets->of + 192)};

    for (uint32_t b = 0; b < blocks; b++, p += BLOCK) {
        __m512i v = _mm512_loadu_si512(p);
        __m512i in = _mm512_mask_blend_epi8(_mm512_movepi8_mask(v),
            _mm512_permutex2var_epi8(of[0], v, of[1]),
            _mm512_permutex2var_epi8(of[2], v, of[3]));
        for (uint32_t s = 0; s < set_count; s++)
            masks[s * stride + b] = _cvtmask64_u64(_mm512_test_epi8_mask(in,
                _mm512_set1_epi8((char)(1u << s))));
    }
}

AVX512 INLINE __m512i sums_within_eights(__m512i v)
{
    __m512i sums = _mm512_slli_epi64(v, 8);

    sums = _mm512_add_epi8(sums, _mm512_slli_epi64(sums, 8));
    sums = _mm512_add_epi8(sums, _mm512_slli_epi64(sums, 16));
    return _mm512_add_epi8(sums, _mm512_slli_epi64(sums, 32));
}

AVX512 INLINE __m512i sums_before_eights(__m512i eights, __m512i *sum)
{
    const __m512i zero = _mm512_setzero_si512();
    __m512i sums =
        _mm512_add_epi64(eights, _mm512_alignr_epi64(eights, zero, 7));

    sums = _mm512_add_epi64(sums, _mm512_alignr_epi64(sums, zero, 6));
    sums = _mm512_add_epi64(sums, _mm512_alignr_epi64(sums, zero, 4));
    sums = _mm512_add_epi64(sums, *sum);
    *sum = _mm512_permutexvar_epi64(_mm512_set1_epi64(7), sums);
    return _mm512_sub_epi64(sums, eights);
}

AVX512 static void sums_avx512(const uint8_t table[32], const uint8_t *p,
    uint32_t blocks, dx_byte_sums *out)
{
    const __m512i of = _mm512_castsi256_si512(load(table));
    __m512i sum = _mm512_set1_epi64((long long)out->sum);

    for (uint32_t b = 0; b < blocks; b++, p += BLOCK) {
        __m512i v = _mm512_permutexvar_epi8(
            _mm512_and_si512(_mm512_srli_epi16(_mm512_loadu_si512(p), 3),
                _mm512_set1_epi8(31)),
            of);
        __m512i eights = _mm512_sad_epu8(v, _mm512_setzero_si512());
        _mm512_storeu_si512(out->within, sums_within_eights(v));
        _mm512_storeu_si512(out->groups, sums_before_eights(eights, &sum));
        out->within += BLOCK;
        out->groups += BLOCK / DX_BYTE_GROUP;
    }
    out->sum = (uint64_t)_mm_cvtsi128_si64(_mm512_castsi512_si128(sum));
}

/* ---- what there is ---- */

/* So many of the blocks can be read whole. */
static uint32_t whole_blocks(size_t room, uint32_t blocks)
{
    return room / BLOCK < blocks ? (uint32_t)(room / BLOCK) : blocks;
}

static uint32_t special_masks(const dx_byte_sets *sets, uint32_t set_count,
    const uint8_t *p, size_t room, uint32_t blocks, uint64_t *masks, size_t stride)
{
    uint32_t whole = whole_blocks(room, blocks);

    if (__builtin_cpu_supports("avx512vbmi"))
        masks_avx512(sets, set_count, p, whole, masks, stride);
    else if (__builtin_cpu_supports("avx2"))
        masks_avx2(sets, set_count, p, whole, masks, stride);
    else
        whole = 0;
    return whole;
}

static uint32_t special_sums(const uint8_t table[32], const uint8_t *p,
    size_t room, uint32_t blocks, dx_byte_sums *out)
{
    uint32_t whole = whole_blocks(room, blocks);

    if (__builtin_cpu_supports("avx512vbmi"))
        sums_avx512(table, p, whole, out);
    else if (__builtin_cpu_supports("avx2"))
        sums_avx2(table, p, whole, out);
    else
        whole = 0;
    return whole;
}

#else

static uint32_t special_masks(const dx_byte_sets *sets, uint32_t set_count,
    const uint8_t *p, size_t room, uint32_t blocks, uint64_t *masks, size_t stride)
{
    (void)sets, (void)set_count, (void)p, (void)room;
    (void)blocks, (void)masks, (void)stride;
    return 0;
}

static uint32_t special_sums(const uint8_t table[32], const uint8_t *p,
    size_t room, uint32_t blocks, dx_byte_sums *out)
{
    (void)table, (void)p, (void)room, (void)blocks, (void)out;
    return 0;
}

#endif

void dx_byte_masks(const dx_byte_sets *sets, uint32_t set_count,
    const uint8_t *p, const uint8_t *limit, uint32_t blocks, uint64_t *masks,
    size_t stride)
{
    uint32_t done = special_masks(sets, set_count, p, (size_t)(limit - p),
        blocks, masks, stride);

    if (done < blocks)
        dx_byte_masks_plainly(sets, set_count, p + (size_t)done * BLOCK, limit,
            blocks - done, masks + done, stride);
}

void dx_byte_sums_add(const uint8_t table[32], const uint8_t *p,
    const uint8_t *limit, uint32_t blocks, dx_byte_sums *out)
{
    uint32_t done = special_sums(table, p, (size_t)(limit - p), blocks, out);

    if (done < blocks)
        dx_byte_sums_plainly(table, p + (size_t)done * BLOCK, limit,
            blocks - done, out);
}
