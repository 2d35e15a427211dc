/* Cuts the dictionary into slices whose postings fit the memory. */
#include "indexer/invert/postings/slices.h"

#include <assert.h>

#include "common/base/mem.h"

static size_t item_bytes(dx_slice_kind kind)
{
    return kind == DX_SLICE_EXACT ? sizeof(uint16_t) : sizeof(uint32_t);
}

void dx_slices_free(dx_slices *s)
{
    dx_free(s->at);
    *s = (dx_slices){0};
}

static dx_status add(dx_slices *to, dx_slice s)
{
    void *p = to->at;
    size_t bytes = s.items * item_bytes(s.kind);

    if (s.items == 0)
        return DX_OK;
    if (s.items >= UINT32_MAX)
        return DX_ERR_LIMIT;
    if (dx_grow(&p, &to->cap, to->count + 1, sizeof s) != 0)
        return DX_ERR_NOMEM;
    to->at = p;
    to->at[to->count++] = s;
    if (bytes > to->bytes_max)
        to->bytes_max = bytes;
    if (s.end - s.first > to->buckets_max)
        to->buckets_max = s.end - s.first;
    return DX_OK;
}

static size_t slice_bytes(const dx_slice *s, size_t bucket_bytes)
{
    return s->items * item_bytes(s->kind) +
           (s->end - s->first) * bucket_bytes;
}

/* The buckets of one folded number. */
static dx_slice buckets_of(const dx_numbering *n, dx_slice_kind kind,
    uint32_t folded)
{
    dx_slice s = {kind, folded, folded + 1, n->folded_load[folded]};

    if (kind == DX_SLICE_EXACT) {
        s = (dx_slice){kind, n->folded_first[folded],
            n->folded_first[folded + 1], 0};
        for (uint32_t e = s.first; e < s.end; e++)
            s.items += n->exact_load[e];
    }
    return s;
}

dx_status dx_slices_plan(dx_slices *to, dx_slice_kind kind,
    const dx_numbering *n, size_t bucket_bytes, size_t target_bytes)
{
    dx_slice s = {.kind = kind};
    size_t total = 0;

    for (uint32_t f = 0; f < n->foldeds; f++) {
        dx_slice here = buckets_of(n, kind, f);
        total += slice_bytes(&here, bucket_bytes);
    }
    target_bytes = total / (total / target_bytes + 1) + 1;
    for (uint32_t f = 0; f < n->foldeds; f++) {
        dx_slice here = buckets_of(n, kind, f);
        size_t bytes = slice_bytes(&s, bucket_bytes) +
                       slice_bytes(&here, bucket_bytes);
        if (s.items && bytes > target_bytes) {
            DX_TRY(add(to, s));
            s = (dx_slice){.kind = kind, .first = here.first};
        }
        s.items += here.items;
        s.end = here.end;
    }
    return add(to, s);
}

dx_status dx_slices_plan_triples(dx_slices *to, const dx_frequent_pairs *pairs,
    const dx_slices *like)
{
    dx_slice s = {.kind = DX_SLICE_TRIPLES};
    size_t target = like->bytes_max / item_bytes(s.kind);

    for (uint32_t i = 0; i < pairs->count; i++) {
        size_t load = pairs->at[i].occurrences;
        if (s.items + load > target || i - s.first == like->buckets_max) {
            DX_TRY(add(to, s));
            s = (dx_slice){.kind = s.kind, .first = i};
        }
        s.items += load;
        s.end = i + 1;
    }
    DX_TRY(add(to, s));
    assert(to->bytes_max <= like->bytes_max);
    return DX_OK;
}
