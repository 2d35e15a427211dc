/* Passes over the postings of a window that are too long for how often they have the
 * word, many at a time: a field of the packed frequencies is compared with a bound
 * without being taken out. */
#include "searcher/match/score/sieve.h"

#include <stdbool.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "common/base/bytes.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/tfs.h"

/* A look at all postings of a window. */
typedef struct sieve {
    const dx_cursor *c;
    uint32_t limits[DX_SIEVE_LIMITS]; /* by field: tf - 1, or "elsewhere" */
    unsigned width;                    /* of a field; 0: all are 0 */
    uint32_t least; /* fields below it fit in short documents only */
    uint64_t lows, highs;  /* of each field of a word, all bits but the highest; that */
    uint64_t carry; /* added to its low bits, it makes a field of `least` carry; */
    uint64_t escaped; /* this, one that says "elsewhere"; 0: none does */
    bool low_least;        /* `least` is not above the highest bit alone */
    unsigned fields;       /* in a word */
} sieve;

static bool sieve_init(sieve *s, const dx_cursor *c,
    const uint32_t limits[DX_SIEVE_LIMITS], uint32_t short_length)
{
    bool once = c->list.all_once;

    *s = (sieve){.c = c, .width = once ? 0 : c->tfs.width};
    uint32_t values = 1u << s->width;
    if (values > DX_SIEVE_LIMITS ||
        (!once && c->tf_base + c->count > c->tf_count))
        return false;
    memcpy(s->limits, limits, values * sizeof *limits);
    if (s->width > 0 && c->tfs.escape_count)
        s->limits[values - 1] = 0; /* the table of escapes says more */
    while (s->least < values && s->limits[s->least] <= short_length)
        s->least++;
    if (s->width == 0)
        return true;
    uint32_t half = values / 2;
    s->low_least = s->least <= half;
    s->fields = DX_BITS_PEEKED / s->width;
    for (unsigned f = 0; f < s->fields; f++) {
        unsigned at = f * s->width;
        s->highs |= (uint64_t)half << at;
        s->lows |= (uint64_t)(half - 1) << at;
        if (c->tfs.escape_count)
            s->escaped |= (uint64_t)1 << at;
        s->carry |= (uint64_t)((s->low_least ? half : values) - s->least) << at;
    }
    return true;
}

/* The highest bit of each field of `word` that is not below `least` and not
 * escaped. */
static inline uint64_t fields_from_least(const sieve *s, uint64_t word)
{
    uint64_t lows = word & s->lows, carried = lows + s->carry;
    uint64_t large = s->low_least ? carried | word : carried & word;

    return large & ~((lows + s->escaped) & word) & s->highs;
}

static inline bool fits(const sieve *s, const uint8_t *lengths, unsigned d,
    uint32_t field)
{
    return dx_load_u16(lengths + 2 * d) <= s->limits[field];
}

/* Of the postings `in` of 64 documents, those that are not too long, one by one. */
static inline uint64_t sift_each(const sieve *s, uint64_t in, const uint8_t *lengths,
    size_t bit)
{
    uint32_t mask = (1u << s->width) - 1;
    uint64_t kept = 0;

    for (; in; in &= in - 1) {
        unsigned d = dx_ctz64(in);
        uint32_t field = s->width ? (uint32_t)dx_bits_peek(s->c->tfs.bits,
                                        s->c->tfs.escapes, bit) &
                                        mask
                                  : 0;
        kept |= (uint64_t)fits(s, lengths, d, field) << d;
        bit += s->width;
    }
    return kept;
}

/* The same where most fields are below `least`: those are passed over together. */
static inline uint64_t sift_frequent(const sieve *s, uint64_t in,
    const uint8_t *lengths, size_t bit)
{
    uint32_t mask = (1u << s->width) - 1;
    unsigned count = dx_popcount64(in);
    uint64_t kept = 0;

    for (unsigned first = 0; first < count; first += s->fields) {
        uint64_t word =
            dx_bits_peek(s->c->tfs.bits, s->c->tfs.escapes, bit);
        uint64_t large = fields_from_least(s, word);
        if (count - first < s->fields)
            large &= ((uint64_t)1 << (count - first) * s->width) - 1;
        for (; large; large &= large - 1) {
            unsigned i = dx_ctz64(large) / s->width;
            unsigned d = dx_select64(in, first + i);
            uint32_t field = (uint32_t)(word >> i * s->width) & mask;
            kept |= (uint64_t)fits(s, lengths, d, field) << d;
        }
        bit += (size_t)s->fields * s->width;
    }
    return kept;
}

/* Puts into `kept` the postings of the whole window whose frequencies are in the table
 * of escapes, and that are not too long for them. */
static void sift_escapes(const sieve *s, const uint32_t limits[DX_SIEVE_LIMITS],
    uint32_t short_length, const uint8_t *lengths, uint64_t kept[DX_WINDOW_WORDS])
{
    const dx_cursor *c = s->c;
    const uint8_t *escape = c->tfs.escapes;
    uint32_t k = 0, before = 0; /* postings before word k */
    uint32_t least = 0; /* as of the fields */

    while (least < DX_SIEVE_LIMITS && limits[least] <= short_length)
        least++;
    for (uint32_t i = 0; i < c->tfs.escape_count; i++, escape += DX_TF_ESCAPE_BYTES) {
        uint32_t index = dx_load_u16(escape) - c->tf_base;
        uint32_t tf = dx_load_u16(escape + 2);
        if (tf <= least || index >= c->count)
            continue;
        uint32_t n;
        while (k < DX_WINDOW_WORDS &&
               index >= before + (n = dx_popcount64(c->bits[k]))) {
            before += n;
            k++;
        }
        if (k == DX_WINDOW_WORDS || index < before)
            return; /* not ascending: damaged */
        unsigned d = dx_select64(c->bits[k], index - before);
        uint32_t limit = tf <= DX_SIEVE_LIMITS ? limits[tf - 1] : UINT32_MAX;
        bool fitting = dx_load_u16(lengths + 2 * (k * 64 + d)) <= limit;
        kept[k] |= (uint64_t)fitting << d;
    }
}

/* Documents of 64 that are no longer than `most`. */
static inline uint64_t short_ones(const uint8_t *lengths, uint32_t count, uint32_t most)
{
    uint64_t found = 0;

#if defined(__SSE2__)
    const __m128i limit = _mm_set1_epi16((short)most);
    if (count == 64) {
        for (unsigned i = 0; i < 64; i += 16) {
            const __m128i *at = (const __m128i *)(const void *)(lengths + 2 * i);
            __m128i low = _mm_subs_epu16(_mm_loadu_si128(at), limit);
            __m128i high = _mm_subs_epu16(_mm_loadu_si128(at + 1), limit);
            __m128i fits = _mm_packs_epi16(
                _mm_cmpeq_epi16(low, _mm_setzero_si128()),
                _mm_cmpeq_epi16(high, _mm_setzero_si128()));
            found |= (uint64_t)(uint32_t)_mm_movemask_epi8(fits) << i;
        }
        return found;
    }
#endif
    for (uint32_t d = 0; d < count; d++)
        found |= (uint64_t)(dx_load_u16(lengths + 2 * d) <= most) << d;
    return found;
}

/* Puts into `kept` the short documents that are not too long: few. */
static void sift_short(dx_cursor *c, const uint32_t limits[DX_SIEVE_LIMITS],
    uint32_t most, const uint8_t *lengths, const uint64_t set[DX_WINDOW_WORDS],
    uint64_t kept[DX_WINDOW_WORDS])
{
    uint32_t docs = c->list.segment_docs - (c->window << DX_WINDOW_BITS);

    for (uint32_t k = 0; k < DX_WINDOW_WORDS && k * 64 < docs; k++) {
        const uint8_t *at = lengths + (size_t)k * 64 * 2;
        uint32_t count = docs - k * 64 < 64 ? docs - k * 64 : 64;
        uint64_t left = c->bits[k] & set[k];
        left &= left ? short_ones(at, count, most) : 0;
        for (; left; left &= left - 1) {
            unsigned d = dx_ctz64(left);
            uint32_t tf = dx_cursor_tf(c, k * 64 + d);
            if (tf > DX_SIEVE_LIMITS || dx_load_u16(at + 2 * d) <= limits[tf - 1])
                kept[k] |= left & -left;
        }
    }
}

DX_POPCNT_CLONES
void dx_sieve_drop_long(dx_cursor *c, const uint8_t *lengths,
    const uint32_t limits[DX_SIEVE_LIMITS], uint32_t short_length,
    uint64_t set[DX_WINDOW_WORDS])
{
    sieve s;

    if (!sieve_init(&s, c, limits, short_length))
        return;
    size_t bit = (size_t)c->tf_base * s.width;
    uint64_t kept[DX_WINDOW_WORDS] = {0};
    bool some = s.least < 1u << s.width; /* fields may tell of one that fits */
    for (uint32_t k = 0; k < DX_WINDOW_WORDS && some; k++) {
        uint64_t in = c->bits[k];
        const uint8_t *at = lengths + (size_t)k * 64 * 2;
        if (in & set[k])
            kept[k] = s.least > 0 && s.width > 0
                          ? sift_frequent(&s, in, at, bit)
                          : sift_each(&s, in, at, bit);
        bit += (size_t)dx_popcount64(in) * s.width;
    }
    if (!c->list.all_once)
        sift_escapes(&s, limits, short_length, lengths, kept);
    uint32_t most = 0;
    for (uint32_t i = 0; i < DX_SIEVE_LIMITS && limits[i] <= short_length; i++)
        most = limits[i];
    if (most > 0)
        sift_short(c, limits, most, lengths, set, kept);
    for (uint32_t k = 0; k < DX_WINDOW_WORDS; k++)
        set[k] &= kept[k] | ~c->bits[k];
}
