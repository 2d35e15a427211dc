/* Sorts a bucket of pairs or triples: a short one by insertion, a long one by
 * the digits of the last number (a radix sort), as its documents are in
 * order. */
#include "indexer/invert/postings/key_sort.h"

#include "indexer/gather/gathered.h"

#define INSERTION_MAX 48u
#define RADIX_BITS 9 /* two passes for the numbers of a large dictionary */
#define RADIX_MASK ((1u << RADIX_BITS) - 1)

/* Turns the count of each digit into where its keys begin. */
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

/* A bucket's items as whole keys. */
static void take_keys(const dx_buckets *b, uint32_t bucket, uint64_t *keys)
{
    const uint32_t *items = b->items;
    unsigned doc_bits = b->doc_bits;
    uint32_t at = b->starts[bucket];

    for (uint32_t e = 0; e < b->epochs; e++)
        for (uint32_t end = dx_buckets_end(b, e, bucket); at < end; at++)
            *keys++ = whole_key(items[at], e, doc_bits);
}

/* The same, and the first pass of sorting them. */
static void take_keys_sorting(const dx_buckets *b, uint32_t bucket,
    size_t count, uint64_t *keys)
{
    const uint32_t *items = b->items;
    unsigned doc_bits = b->doc_bits;
    uint32_t at = b->starts[bucket];
    uint32_t places[RADIX_MASK + 1] = {0};

    for (size_t i = 0; i < count; i++)
        places[items[at + i] >> doc_bits & RADIX_MASK]++;
    add_up(places);
    for (uint32_t e = 0; e < b->epochs; e++)
        for (uint32_t end = dx_buckets_end(b, e, bucket); at < end; at++)
            keys[places[items[at] >> doc_bits & RADIX_MASK]++] =
                whole_key(items[at], e, doc_bits);
}

uint64_t *dx_key_sort(const dx_buckets *b, uint32_t bucket, size_t count,
    uint64_t *const rooms[2])
{
    uint64_t *keys = rooms[0], *other = rooms[1];

    if (count <= INSERTION_MAX) {
        take_keys(b, bucket, keys);
        insertion_sort(keys, count);
        return keys;
    }
    take_keys_sorting(b, bucket, count, keys);
    for (unsigned done = RADIX_BITS; done < b->number_bits;
         done += RADIX_BITS) {
        radix_pass(keys, other, count, DX_GATHERED_DOC_BITS + done);
        uint64_t *swap = keys;
        keys = other;
        other = swap;
    }
    return keys;
}
