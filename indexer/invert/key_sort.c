/* Puts a bucket of pairs or triples in order: a short one by insertion, others
 * by the digits of the last number, since documents are in order already. */
#include "indexer/invert/postings_internal.h"

#define INSERTION_MAX 48u
#define RADIX_BITS 9 /* two passes for the numbers of a large dictionary */
#define RADIX_MASK ((1u << RADIX_BITS) - 1)

/* Turns counts into where the keys of each digit begin. */
static void add_up(uint32_t places[RADIX_MASK + 1])
{
    uint32_t sum = 0;

    for (uint32_t b = 0; b <= RADIX_MASK; b++) {
        uint32_t here = places[b];
        places[b] = sum;
        sum += here;
    }
}

static void radix_pass(const uint64_t *from, uint64_t *to, size_t count,
    unsigned shift)
{
    uint32_t places[RADIX_MASK + 1] = {0};

    for (size_t i = 0; i < count; i++)
        places[from[i] >> shift & RADIX_MASK]++;
    add_up(places);
    for (size_t i = 0; i < count; i++)
        to[places[from[i] >> shift & RADIX_MASK]++] = from[i];
}

static void insertion_sort(uint64_t *keys, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint64_t key = keys[i];
        size_t k = i;
        for (; k > 0 && keys[k - 1] > key; k--)
            keys[k] = keys[k - 1];
        keys[k] = key;
    }
}

static inline uint64_t whole_key(uint32_t item, uint32_t epoch,
    unsigned doc_bits)
{
    return (uint64_t)epoch << doc_bits | (item & ((1u << doc_bits) - 1)) |
           (uint64_t)(item >> doc_bits) << DX_GATHERED_DOC_BITS;
}

/* A bucket's keys, whole again, in w->keys[0]. */
static void take_keys(const dx_postings *p, const dx_postings_worker *w,
    const dx_postings_worker *owner, uint32_t bucket)
{
    const dx_slice *s = owner->open.slice;
    const uint32_t *room = owner->room;
    unsigned doc_bits = dx_epoch_bits(p, s->kind);
    uint32_t at = owner->starts[bucket], epochs = dx_epoch_count(p, s->kind);
    uint64_t *keys = w->keys[0];

    for (uint32_t e = 0; e < epochs; e++)
        for (uint32_t end = dx_epoch_end(owner, s, e, bucket); at < end; at++)
            *keys++ = whole_key(room[at], e, doc_bits);
}

/* The same, and the first pass of sorting them. */
static void take_keys_sorting(const dx_postings *p, const dx_postings_worker *w,
    const dx_postings_worker *owner, uint32_t bucket, size_t count)
{
    const dx_slice *s = owner->open.slice;
    const uint32_t *room = owner->room;
    unsigned doc_bits = dx_epoch_bits(p, s->kind);
    uint32_t at = owner->starts[bucket], epochs = dx_epoch_count(p, s->kind);
    uint32_t places[RADIX_MASK + 1] = {0};
    uint64_t *keys = w->keys[0];

    for (size_t i = 0; i < count; i++)
        places[room[at + i] >> doc_bits & RADIX_MASK]++;
    add_up(places);
    for (uint32_t e = 0; e < epochs; e++)
        for (uint32_t end = dx_epoch_end(owner, s, e, bucket); at < end; at++)
            keys[places[room[at] >> doc_bits & RADIX_MASK]++] =
                whole_key(room[at], e, doc_bits);
}

uint64_t *dx_sorted_keys(const dx_postings *p, const dx_postings_worker *w,
    const dx_postings_worker *owner, uint32_t bucket, size_t count)
{
    uint64_t *keys = w->keys[0], *other = w->keys[1];

    if (count <= INSERTION_MAX) {
        take_keys(p, w, owner, bucket);
        insertion_sort(keys, count);
        return keys;
    }
    take_keys_sorting(p, w, owner, bucket, count);
    for (unsigned done = RADIX_BITS; done < p->second_bits;
         done += RADIX_BITS) {
        radix_pass(keys, other, count, DX_GATHERED_DOC_BITS + done);
        uint64_t *swap = keys;
        keys = other;
        other = swap;
    }
    return keys;
}
