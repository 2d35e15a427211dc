/* The size of buckets, and memory for them. */
#include "indexer/invert/postings/buckets.h"

#include "common/base/mem.h"

#define EXACT_DOC_BITS 16u /* a u16 */

static unsigned bits_for(uint32_t values)
{
    unsigned bits = 1;

    while (values > 1u << bits)
        bits++;
    return bits;
}

static unsigned doc_bits(dx_slice_kind kind, unsigned number_bits)
{
    return kind == DX_SLICE_EXACT ? EXACT_DOC_BITS : 32 - number_bits;
}

static uint32_t epoch_count(uint32_t docs, unsigned bits)
{
    return ((docs - 1) >> bits) + 1;
}

/* Of any kind of slice. */
static uint32_t epochs_max(uint32_t docs, unsigned number_bits)
{
    uint32_t exact = epoch_count(docs, EXACT_DOC_BITS);
    uint32_t pairs = epoch_count(docs, doc_bits(DX_SLICE_PAIRS, number_bits));

    return exact > pairs ? exact : pairs;
}

size_t dx_buckets_overhead(uint32_t docs, uint32_t numbers)
{
    return (1 + (size_t)epochs_max(docs, bits_for(numbers))) *
           sizeof(uint32_t);
}

dx_status dx_buckets_init(dx_buckets *b, const dx_slices *slices, uint32_t docs,
    uint32_t numbers)
{
    size_t buckets = (size_t)slices->buckets_max + 1;

    *b = (dx_buckets){.docs = docs, .number_bits = bits_for(numbers)};
    b->items = dx_malloc_scattered(slices->bytes_max);
    b->heads = dx_malloc_scattered(
        buckets * epochs_max(docs, b->number_bits) * sizeof *b->heads);
    b->starts = dx_malloc(buckets * sizeof *b->starts);
    return b->items && b->heads && b->starts ? DX_OK : DX_ERR_NOMEM;
}

void dx_buckets_free(dx_buckets *b)
{
    dx_free(b->items);
    dx_free(b->heads);
    dx_free(b->starts);
}

void dx_buckets_begin(dx_buckets *b, const dx_slice *slice)
{
    b->slice = slice;
    b->doc_bits = doc_bits(slice->kind, b->number_bits);
    b->epochs = epoch_count(b->docs, b->doc_bits);
}
