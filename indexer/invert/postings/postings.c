/* Plans the slices and has workers do them. */
#include "indexer/invert/postings/postings.h"

#include <assert.h>
#include <stdatomic.h>

#include "common/base/mem.h"
#include "common/index/codec/bm25.h"
#include "indexer/invert/postings/filling.h"
#include "indexer/invert/postings/sharing.h"

#define ROOM_MIN_BYTES ((size_t)1 << 20) /* less is not worth a pass */
/* Of work: a slice, and all of its lists; the rest is filling it. */
#define SLICE_UNITS UINT64_C(1000)
#define LISTS_UNITS UINT64_C(600)

static_assert(DX_WEIGHT_LEAD == 1 && DX_WEIGHT_BODY == 1,
    "numbering.c counts postings for a weighted title only");

typedef struct worker {
    dx_buckets buckets;
    dx_list_maker lists;
} worker;

struct dx_postings {
    const dx_gathered *gathered;
    const dx_numbering *n;
    dx_segment_writer *writer;
    unsigned threads;
    worker *workers; /* owned */
    dx_slices slices, triples;
    size_t pair_slices; /* the first ones of `slices` */
    dx_frequent_pairs pairs; /* all, once all slices of pairs are done */
    dx_sharing sharing;
    atomic_size_t triples_planned; /* slices; 0 before that */
    atomic_size_t next_triples;
    dx_work *work; /* may be NULL */
};

/* ---- planning ---- */

static size_t largest_pair_bucket(const dx_numbering *n)
{
    size_t most = 0;

    for (uint32_t f = 0; f < n->foldeds; f++)
        if (n->folded_load[f] > most)
            most = n->folded_load[f];
    return most;
}

static dx_status plan(dx_postings *p, size_t worker_bytes, size_t keys_max)
{
    size_t overhead = dx_buckets_overhead(p->gathered->docs, p->n->foldeds);
    size_t other = 2 * keys_max * sizeof(uint64_t);
    size_t target = worker_bytes > other + ROOM_MIN_BYTES
                        ? worker_bytes - other
                        : ROOM_MIN_BYTES;

    DX_TRY(dx_slices_plan(&p->slices, DX_SLICE_PAIRS, p->n, overhead, target));
    p->pair_slices = p->slices.count;
    return dx_slices_plan(&p->slices, DX_SLICE_EXACT, p->n, overhead, target);
}

/* How many numbers' lists are made of a slice. */
static uint32_t numbers_of(const dx_postings *p, const dx_slice *s)
{
    const uint32_t *folded = p->n->exact_folded;

    return s->kind == DX_SLICE_EXACT ? folded[s->end - 1] + 1 - folded[s->first]
                                     : s->end - s->first;
}

static dx_status make_part(void *ctx, unsigned number, unsigned owner,
    uint32_t first, uint32_t end)
{
    dx_postings *p = ctx;
    const dx_buckets *b = &p->workers[owner].buckets;
    dx_status rc = dx_list_maker_put(&p->workers[number].lists, b, first, end);

    dx_work_add(p->work, LISTS_UNITS * (end - first) / numbers_of(p, b->slice));
    return rc;
}

static dx_status start(dx_postings *p, dx_list_places *places,
    size_t sort_bytes)
{
    size_t keys_max = largest_pair_bucket(p->n);

    DX_TRY(plan(p, sort_bytes / p->threads, keys_max));
    dx_sharing_planned(&p->sharing, p->slices.count, p->pair_slices);
    /* There are as many slices of triples as of pairs, at a guess. */
    dx_work_begin(p->work, (p->slices.count + p->pair_slices) * SLICE_UNITS);
    p->workers = dx_calloc(p->threads, sizeof *p->workers);
    if (!p->workers)
        return DX_ERR_NOMEM;
    for (unsigned i = 0; i < p->threads; i++) {
        worker *w = &p->workers[i];
        DX_TRY(dx_buckets_init(&w->buckets, &p->slices, p->gathered->docs,
            p->n->foldeds));
        DX_TRY(dx_list_maker_init(&w->lists, p->gathered, p->n, p->writer,
            places, &p->pairs, keys_max));
    }
    return DX_OK;
}

dx_status dx_postings_new(const dx_gathered *g, const dx_numbering *n,
    dx_segment_writer *w, dx_list_places *places, unsigned threads,
    size_t sort_bytes, dx_work *work, dx_postings **out)
{
    dx_postings *p = dx_calloc(1, sizeof *p);

    *out = NULL;
    if (!p || dx_sharing_init(&p->sharing, threads, make_part, p) != DX_OK) {
        dx_free(p);
        return DX_ERR_NOMEM;
    }
    p->gathered = g;
    p->n = n;
    p->writer = w;
    p->threads = threads;
    p->work = work;
    dx_status rc = start(p, places, sort_bytes);
    if (rc != DX_OK) {
        dx_postings_free(p);
        return rc;
    }
    *out = p;
    return DX_OK;
}

void dx_postings_free(dx_postings *p)
{
    if (!p)
        return;
    for (unsigned i = 0; p->workers && i < p->threads; i++) {
        dx_buckets_free(&p->workers[i].buckets);
        dx_list_maker_free(&p->workers[i].lists);
    }
    dx_free(p->workers);
    dx_frequent_pairs_free(&p->pairs);
    dx_slices_free(&p->slices);
    dx_slices_free(&p->triples);
    dx_sharing_free(&p->sharing);
    dx_free(p);
}

size_t dx_postings_slices(const dx_postings *p) { return p->slices.count; }

size_t dx_postings_pair_slices(const dx_postings *p) { return p->pair_slices; }

/* ---- doing slices ---- */

static dx_status do_slice(dx_postings *p, unsigned number, const dx_slice *s)
{
    uint32_t first = s->first, end = s->end;

    dx_fill_buckets(&p->workers[number].buckets, s, p->gathered, p->n,
        &p->pairs);
    dx_work_add(p->work, SLICE_UNITS - LISTS_UNITS);
    if (s->kind == DX_SLICE_EXACT) {
        first = p->n->exact_folded[first];
        end = first + numbers_of(p, s);
    }
    return dx_sharing_slice(&p->sharing, number, s->kind == DX_SLICE_PAIRS,
        first, end);
}

dx_status dx_postings_slice(dx_postings *p, unsigned number, size_t slice)
{
    return do_slice(p, number, &p->slices.at[slice]);
}

dx_status dx_postings_help(dx_postings *p, unsigned number, bool pairs)
{
    return dx_sharing_help(&p->sharing, number, pairs);
}

void dx_postings_fail(dx_postings *p, dx_status why)
{
    dx_sharing_fail(&p->sharing, why);
}

/* ---- triples ---- */

static dx_status gather_pairs(dx_postings *p)
{
    for (unsigned i = 0; i < p->threads; i++) {
        dx_frequent_pairs *found = &p->workers[i].lists.found;
        for (size_t k = 0; k < found->count; k++)
            DX_TRY(dx_frequent_pairs_add(&p->pairs, found->at[k]));
        dx_frequent_pairs_free(found);
    }
    return dx_frequent_pairs_end(&p->pairs);
}

dx_status dx_postings_plan_triples(dx_postings *p)
{
    DX_TRY(gather_pairs(p));
    DX_TRY(dx_slices_plan_triples(&p->triples, &p->pairs, &p->slices));
    dx_sharing_triples_planned(&p->sharing, p->triples.count);
    if (p->work)
        atomic_store(&p->work->total,
            (p->slices.count + p->triples.count) * SLICE_UNITS);
    atomic_store(&p->triples_planned, p->triples.count);
    return DX_OK;
}

/* A slice of triples that nobody has taken, or NULL. */
static const dx_slice *next_triples(dx_postings *p)
{
    size_t planned = atomic_load(&p->triples_planned);
    size_t i = planned ? atomic_fetch_add(&p->next_triples, 1) : 0;

    return i < planned ? &p->triples.at[i] : NULL;
}

dx_status dx_postings_triples(dx_postings *p, unsigned number)
{
    const dx_slice *s;

    while ((s = next_triples(p)) != NULL)
        DX_TRY(do_slice(p, number, s));
    return DX_OK;
}

void dx_postings_put_triples(const dx_postings *p)
{
    for (size_t i = 0; i < p->pairs.count; i++) {
        const dx_frequent_pair *f = &p->pairs.at[i];
        dx_segment_writer_triples(p->writer, f->first, f->second, f->row);
    }
}
