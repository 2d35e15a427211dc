/* Tests dates one by one, or 64 at a time. */
#include "searcher/match/evaluate/date_range.h"

#include <string.h>

#include "common/base/bytes.h"
#include "common/base/civil.h"
#include "common/base/simd.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "searcher/match/lookup/docset.h"

#define DATE_BYTES 4u
#define WORD_DOCS 64u
/* So many dates are tested one by one in the time in which 64 are together. */
#define TOGETHER_SHARE 12u

typedef struct range {
    uint32_t from, span; /* a day is within it if day - from <= span */
} range;

/* A bit for each of 64 dates. */
DX_SIMD_CLONES /* eight dates at a time */
static uint64_t test_together(const uint8_t *dates, range r)
{
    /* Eight bytes of 0 or 1 times this: the first byte's bit is the lowest. */
    const uint64_t gather = 0x0102040810204080u;
    uint8_t within[WORD_DOCS];
    uint64_t bits = 0;

    for (unsigned d = 0; d < WORD_DOCS; d++)
        within[d] = dx_load_u32(dates + (size_t)d * DATE_BYTES) - r.from <= r.span;
    for (unsigned b = 0; b < 8; b++)
        bits |= dx_load_u64(within + (size_t)b * 8) * gather >> 56 << 8 * b;
    return bits;
}

static uint64_t test_one_by_one(const uint8_t *dates, range r, uint64_t docs)
{
    uint64_t bits = 0;

    for (; docs; docs &= docs - 1) {
        unsigned d = dx_ctz64(docs);
        uint32_t day = dx_load_u32(dates + (size_t)d * DATE_BYTES);
        bits |= (uint64_t)(day - r.from <= r.span) << d;
    }
    return bits;
}

DX_POPCNT_CLONES
void dx_date_range_keep(const dx_segment *s, int32_t from, int32_t to,
    uint32_t window, dx_bitset *set)
{
    uint32_t first = window << DX_WINDOW_BITS, docs = dx_segment_docs(s);
    const uint8_t *dates = dx_segment_dates(s, first, DX_WINDOW_DOCS) +
                           (size_t)first * DATE_BYTES;

    if (from == DX_DATE_UNKNOWN)
        from++;
    if (to < from) {
        memset(set, 0, sizeof *set);
        return;
    }
    range r = {(uint32_t)from, (uint32_t)to - (uint32_t)from};
    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++) {
        uint64_t *word = &set->words[k];
        bool whole = first + WORD_DOCS * (k + 1) <= docs;
        if (*word == 0)
            continue;
        const uint8_t *at = dates + (size_t)k * WORD_DOCS * DATE_BYTES;
        if (whole && dx_popcount64(*word) > TOGETHER_SHARE)
            *word &= test_together(at, r);
        else
            *word = test_one_by_one(at, r, *word);
    }
}

uint64_t *dx_date_range_set(const dx_segment *s, int32_t from, int32_t to,
    dx_arena *arena)
{
    uint64_t *set = dx_docset_new(dx_segment_docs(s), arena);
    uint32_t first, end;

    if (!set)
        return NULL;
    dx_segment_date_run(s, from, to, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        uint32_t doc = dx_segment_by_date(s, i);
        set[doc >> 6] |= (uint64_t)1 << (doc & 63);
    }
    return set;
}
