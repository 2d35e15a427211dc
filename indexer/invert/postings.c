/* Postings are put where they belong as they are met: each number of a slice
 * has a *bucket*, whose size is known beforehand, and documents come in order.
 *
 *   exact slice   a bucket per exact number, of documents (u16): done
 *   pairs slice   a bucket per first number, of second number | document (u32),
 *                 then sorted by the second number, stably
 *   triples       a bucket per frequent pair, likewise by the third number;
 *                 which pairs are frequent is known when all pairs are done
 *
 * Documents are cut to what is left of an item; see dx_epoch_bits(). So a slice
 * holds twice as much, and the text is gone through half as often. Equal
 * neighbours are the term frequency. */
#include <assert.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/index/codec/list.h"
#include "common/index/field/attribute.h"
#include "common/index/codec/bm25.h"
#include "common/index/segment/layout/format.h"
#include "indexer/invert/postings_internal.h"

#define DOC_MASK (DX_GATHERED_DOCS_MAX - 1)
#define ROOM_MIN_BYTES ((size_t)1 << 20) /* less is not worth a pass */

static_assert(DX_WEIGHT_LEAD == 1 && DX_WEIGHT_BODY == 1,
    "numbering.c counts keys for a weighted title only");

/* ---- planning ---- */

static size_t item_bytes(dx_slice_kind kind)
{
    return kind == DX_SLICE_EXACT ? sizeof(uint16_t) : sizeof(uint32_t);
}

/* What a bucket takes beside its items: its start and heads. */
static size_t bucket_bytes(const dx_postings *p)
{
    return (1 + (size_t)p->epochs) * sizeof(uint32_t);
}

static dx_status add_slice(dx_postings *p, dx_slices *to, dx_slice s)
{
    void *v = to->at;
    size_t bytes = s.keys * item_bytes(s.kind);

    if (s.keys == 0)
        return DX_OK;
    assert(s.kind != DX_SLICE_TRIPLES || bytes <= p->room_bytes);
    if (s.keys >= UINT32_MAX)
        return DX_ERR_LIMIT;
    if (dx_grow(&v, &to->cap, to->count + 1, sizeof s) != 0)
        return DX_ERR_NOMEM;
    to->at = v;
    to->at[to->count++] = s;
    if (bytes > p->room_bytes)
        p->room_bytes = bytes;
    if (s.end - s.first > p->buckets_max)
        p->buckets_max = s.end - s.first;
    return DX_OK;
}

static size_t slice_bytes(const dx_postings *p, const dx_slice *s)
{
    return s->keys * item_bytes(s->kind) +
           (s->end - s->first) * bucket_bytes(p);
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
            s.keys += n->exact_load[e];
    }
    return s;
}

/* Cuts the folded numbers into as few slices as fit `target_bytes` each, and
 * these alike, so that threads that share them end together. */
static dx_status plan(dx_postings *p, dx_slice_kind kind, size_t target_bytes)
{
    const dx_numbering *n = p->n;
    dx_slice s = {.kind = kind};
    size_t total = 0;

    for (uint32_t f = 0; f < n->foldeds; f++) {
        dx_slice here = buckets_of(n, kind, f);
        total += slice_bytes(p, &here);
    }
    target_bytes = total / (total / target_bytes + 1) + 1;
    for (uint32_t f = 0; f < n->foldeds; f++) {
        dx_slice here = buckets_of(n, kind, f);
        if (s.keys && slice_bytes(p, &s) + slice_bytes(p, &here) > target_bytes) {
            DX_TRY(add_slice(p, &p->slices, s));
            s = (dx_slice){.kind = kind, .first = here.first};
        }
        s.keys += here.keys;
        s.end = here.end;
    }
    return add_slice(p, &p->slices, s);
}

static unsigned bits_for(uint32_t values)
{
    unsigned bits = 1;

    while (values > 1u << bits)
        bits++;
    return bits;
}

static dx_status start_worker(dx_postings *p, dx_postings_worker *w)
{
    w->builder = dx_list_builder_new(p->writer);
    w->room = dx_malloc_scattered(p->room_bytes);
    w->keys[0] = dx_malloc((p->bucket_max + 1) * sizeof *w->keys[0]);
    w->keys[1] = dx_malloc((p->bucket_max + 1) * sizeof *w->keys[1]);
    w->heads = dx_malloc_scattered((p->buckets_max + 1) * p->epochs *
                                   sizeof *w->heads);
    w->starts = dx_malloc((p->buckets_max + 1) * sizeof *w->starts);
    return w->builder && w->room && w->keys[0] && w->keys[1] && w->heads &&
                   w->starts
               ? DX_OK
               : DX_ERR_NOMEM;
}

static dx_status start(dx_postings *p, const dx_invert_options *options)
{
    size_t share = options->sort_bytes / p->threads;

    for (uint32_t f = 0; f < p->n->foldeds; f++)
        if (p->n->folded_load[f] > p->bucket_max)
            p->bucket_max = p->n->folded_load[f];
    size_t other = 2 * p->bucket_max * sizeof(uint64_t);
    size_t target = share > other + ROOM_MIN_BYTES ? share - other
                                                   : ROOM_MIN_BYTES;
    DX_TRY(plan(p, DX_SLICE_PAIRS, target));
    p->pair_slices = p->slices.count;
    DX_TRY(plan(p, DX_SLICE_EXACT, target));
    p->workers = dx_calloc(p->threads, sizeof *p->workers);
    if (!p->workers)
        return DX_ERR_NOMEM;
    for (unsigned i = 0; i < p->threads; i++)
        DX_TRY(start_worker(p, &p->workers[i]));
    return DX_OK;
}

dx_status dx_postings_new(const dx_gathered *b, const dx_numbering *n,
    dx_segment_writer *w, dx_places *places, const dx_invert_options *options,
    dx_postings **out)
{
    dx_postings *p = dx_calloc(1, sizeof *p);
    uint32_t forms;

    *out = NULL;
    if (!p)
        return DX_ERR_NOMEM;
    p->build = b;
    p->n = n;
    p->forms = dx_word_forms_all(b->forms, &forms);
    p->refs = dx_word_forms_refs(b->forms);
    p->writer = w;
    p->places = places;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->changed, NULL);
    p->threads = options->threads ? options->threads : 1;
    p->second_bits = bits_for(n->foldeds);
    p->epochs = dx_epoch_count(p, DX_SLICE_EXACT);
    if (dx_epoch_count(p, DX_SLICE_PAIRS) > p->epochs)
        p->epochs = dx_epoch_count(p, DX_SLICE_PAIRS);
    dx_status rc = start(p, options);
    p->left = p->slices.count + 1;
    p->pairs_left = p->pair_slices;
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
        dx_postings_worker *w = &p->workers[i];
        dx_list_builder_free(w->builder);
        dx_free(w->room);
        dx_free(w->keys[0]);
        dx_free(w->keys[1]);
        dx_free(w->heads);
        dx_free(w->starts);
        dx_free(w->run.docs);
        dx_free(w->run.tfs);
        dx_free(w->merged.docs);
        dx_free(w->merged.tfs);
        dx_free(w->ends);
        dx_frequent_free(&w->frequent);
    }
    dx_frequent_free(&p->frequent);
    dx_free(p->workers);
    dx_free(p->slices.at);
    dx_free(p->triples.at);
    pthread_cond_destroy(&p->changed);
    pthread_mutex_destroy(&p->lock);
    dx_free(p);
}

size_t dx_postings_slices(const dx_postings *p) { return p->slices.count; }

size_t dx_postings_pair_slices(const dx_postings *p) { return p->pair_slices; }

static dx_status gather_frequent(dx_postings *p)
{
    for (unsigned i = 0; i < p->threads; i++) {
        dx_frequent_pairs *f = &p->workers[i].frequent;
        for (size_t k = 0; k < f->count; k++)
            DX_TRY(dx_frequent_add(&p->frequent, f->at[k]));
        dx_frequent_free(f);
    }
    return dx_frequent_end(&p->frequent);
}

/* The workers' memory is that of the first slices: no bucket needs more than
 * that of its first syllable's pairs did. */
static dx_status plan_triples(dx_postings *p)
{
    dx_slice s = {.kind = DX_SLICE_TRIPLES};
    size_t target = p->room_bytes / item_bytes(s.kind);

    DX_TRY(gather_frequent(p));
    for (uint32_t i = 0; i < p->frequent.count; i++) {
        size_t load = p->frequent.at[i].places;
        if (s.keys + load > target || i - s.first == p->buckets_max) {
            DX_TRY(add_slice(p, &p->triples, s));
            s = (dx_slice){.kind = s.kind, .first = i};
        }
        s.keys += load;
        s.end = i + 1;
    }
    return add_slice(p, &p->triples, s);
}

dx_status dx_postings_plan_triples(dx_postings *p)
{
    dx_status rc = plan_triples(p);

    pthread_mutex_lock(&p->lock);
    p->triples_planned = rc == DX_OK;
    if (p->status == DX_OK)
        p->status = rc;
    p->left += p->triples.count - 1;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
    return rc;
}

void dx_postings_put_triples(const dx_postings *p)
{
    for (size_t i = 0; i < p->frequent.count; i++) {
        const dx_frequent_pair *f = &p->frequent.at[i];
        dx_segment_writer_triples(p->writer, f->first, f->second, f->row);
    }
}

/* ---- lists ---- */

static dx_status run_room(dx_postings_run *r, size_t count)
{
    void *docs = r->docs, *tfs = r->tfs;
    int failed = dx_grow(&docs, &r->docs_cap, count, sizeof *r->docs);

    r->docs = docs;
    failed |= dx_grow(&tfs, &r->tfs_cap, count, sizeof *r->tfs);
    r->tfs = tfs;
    return failed ? DX_ERR_NOMEM : DX_OK;
}

/* Here and below: where a document's items end no processor foresees, so each
 * writes its posting, and one that is not the last where the next will. */
typedef struct posting_end {
    uint32_t *docs;
    uint16_t *tfs;
    uint32_t tf; /* of the document under way, so far */
} posting_end;

static inline void put_posting(posting_end *at, uint32_t doc, bool last)
{
    at->tf += at->tf < DX_TF_MAX;
    *at->docs = doc;
    *at->tfs = (uint16_t)at->tf;
    at->docs += last;
    at->tfs += last;
    at->tf = last ? 0 : at->tf;
}

/* Appends a posting for each run of equal documents, which are of one epoch. */
static void take_docs(const uint16_t *docs, size_t count, uint32_t epoch,
    dx_postings_run *r)
{
    posting_end at = {r->docs + r->count, r->tfs + r->count, 0};
    uint32_t high = epoch << DX_EXACT_DOC_BITS;

    if (count == 0)
        return;
    for (size_t i = 0; i + 1 < count; i++)
        put_posting(&at, high | docs[i], docs[i] != docs[i + 1]);
    put_posting(&at, high | docs[count - 1], true);
    r->count = (size_t)(at.docs - r->docs);
}

/* Appends the postings of a bucket of documents. */
static dx_status take_exact(const dx_postings *p, dx_postings_worker *w,
    const dx_postings_worker *owner, uint32_t bucket)
{
    const dx_slice *s = owner->open.slice;
    const uint16_t *docs = owner->room;
    uint32_t epochs = dx_epoch_count(p, s->kind), at = owner->starts[bucket];

    DX_TRY(run_room(&w->run,
        w->run.count + dx_epoch_end(owner, s, epochs - 1, bucket) - at));
    for (uint32_t e = 0; e < epochs; e++) {
        uint32_t end = dx_epoch_end(owner, s, e, bucket);
        take_docs(docs + at, end - at, e, &w->run);
        at = end;
    }
    return DX_OK;
}

/* Appends the union of a[from..mid) and a[mid..end) to `out`, adding up term
 * frequencies. */
static void merge_two(const dx_postings_run *a, size_t from, size_t mid,
    size_t end, dx_postings_run *out)
{
    const uint32_t *docs = a->docs;
    const uint16_t *tfs = a->tfs;
    size_t i = from, j = mid, count = out->count;

    while (i < mid && j < end) {
        uint32_t one = docs[i], two = docs[j];
        bool left = one <= two, right = two <= one;
        uint32_t tf = (tfs[i] & (0u - left)) + (tfs[j] & (0u - right));
        out->docs[count] = left ? one : two;
        out->tfs[count++] = (uint16_t)(tf < DX_TF_MAX ? tf : DX_TF_MAX);
        i += left;
        j += right;
    }
    if (i == mid) {
        i = j;
        mid = end;
    }
    memcpy(out->docs + count, docs + i, (mid - i) * sizeof *docs);
    memcpy(out->tfs + count, tfs + i, (mid - i) * sizeof *tfs);
    out->count = count + (mid - i);
}

/* Merges the exact forms' postings in w->run, which end at w->ends, two by two
 * until one list is left there. */
static dx_status merge_run(dx_postings_worker *w, size_t lists)
{
    DX_TRY(run_room(&w->merged, w->run.count));
    while (lists > 1) {
        size_t from = 0, made = 0;
        w->merged.count = 0;
        for (size_t i = 0; i < lists; i += 2) {
            size_t mid = w->ends[i];
            size_t end = i + 1 < lists ? w->ends[i + 1] : mid;
            merge_two(&w->run, from, mid, end, &w->merged);
            w->ends[made++] = w->merged.count;
            from = end;
        }
        dx_postings_run swap = w->run;
        w->run = w->merged;
        w->merged = swap;
        lists = made;
    }
    return DX_OK;
}

static bool is_attribute(const dx_postings *p, uint32_t exact)
{
    uint32_t terms;

    return exact >= p->n->title_exacts &&
           dx_term_is_attribute(dx_word_forms_terms(p->build->forms,
               &terms)[p->n->exact_term[exact]].folded);
}

/* The lists of one folded number: of each exact form, and of all together. */
static dx_status put_folded(dx_postings *p, dx_postings_worker *w,
    const dx_postings_worker *owner, uint32_t folded)
{
    const dx_numbering *n = p->n;
    uint32_t first = n->folded_first[folded], end = n->folded_first[folded + 1];
    void *ends = w->ends;

    if (dx_grow(&ends, &w->ends_cap, end - first, sizeof *w->ends) != 0)
        return DX_ERR_NOMEM;
    w->ends = ends;
    w->run.count = 0;
    for (uint32_t e = first; e < end; e++) {
        size_t from = w->run.count;
        DX_TRY(take_exact(p, w, owner, e - owner->open.slice->first));
        w->ends[e - first] = w->run.count;
        p->places->exact_list[e] = dx_list_builder_list(w->builder,
            w->run.docs + from, w->run.tfs + from,
            (uint32_t)(w->run.count - from));
    }
    p->places->folded_list[folded] = p->places->exact_list[first];
    if (end - first > 1) {
        DX_TRY(merge_run(w, end - first));
        for (size_t i = 0; i < w->run.count && is_attribute(p, first); i++)
            w->run.tfs[i] = 1; /* two spellings of a value are no two */
        p->places->folded_list[folded] = dx_list_builder_list(w->builder,
            w->run.docs, w->run.tfs, (uint32_t)w->run.count);
    }
    return DX_OK;
}

static uint32_t frequent_df(const dx_postings *p)
{
    uint32_t share = p->build->docs / DX_TRIPLE_SHARE;

    return share > DX_TRIPLE_MIN_DF ? share : DX_TRIPLE_MIN_DF;
}

/* The list of one last number, from its sorted keys. How often a triple stands
 * in a document is nobody's question. */
static dx_status put_row_list(dx_postings_worker *w, const uint64_t *keys,
    size_t count, bool once)
{
    dx_postings_run *r = &w->run;

    DX_TRY(run_room(r, count));
    posting_end at = {r->docs, r->tfs, 0};
    for (size_t i = 0; i + 1 < count; i++)
        put_posting(&at, (uint32_t)(keys[i] & DOC_MASK),
            keys[i] != keys[i + 1]);
    put_posting(&at, (uint32_t)(keys[count - 1] & DOC_MASK), true);
    r->count = (size_t)(at.docs - r->docs);
    for (size_t i = 0; once && i < r->count; i++)
        r->tfs[i] = 1;
    dx_list_builder_pair(w->builder, (uint32_t)(keys[0] >> DX_GATHERED_DOC_BITS),
        r->docs, r->tfs, (uint32_t)r->count);
    return DX_OK;
}

/* One list for each last number of a sorted bucket. */
static dx_status put_row(const dx_postings *p, dx_postings_worker *w,
    const dx_slice *s, uint32_t bucket, const uint64_t *keys, size_t count)
{
    bool pairs = s->kind == DX_SLICE_PAIRS;

    for (size_t i = 0; i < count;) {
        uint64_t last = keys[i] >> DX_GATHERED_DOC_BITS;
        size_t from = i;
        while (i < count && keys[i] >> DX_GATHERED_DOC_BITS == last)
            i++;
        DX_TRY(put_row_list(w, keys + from, i - from, !pairs));
        if (pairs && w->run.count >= frequent_df(p))
            DX_TRY(dx_frequent_add(&w->frequent,
                (dx_frequent_pair){bucket, (uint32_t)last,
                    (uint32_t)(i - from), 0}));
    }
    return DX_OK;
}

/* The row of a bucket of pairs or triples. */
static dx_status put_bucket(dx_postings *p, dx_postings_worker *w,
    const dx_postings_worker *owner, uint32_t number)
{
    const dx_slice *s = owner->open.slice;
    uint32_t bucket = number - s->first;
    uint32_t last_epoch = dx_epoch_count(p, s->kind) - 1;
    size_t count = dx_epoch_end(owner, s, last_epoch, bucket) -
                   owner->starts[bucket];

    if (count == 0)
        return DX_OK;
    DX_TRY(put_row(p, w, s, number,
        dx_sorted_keys(p, w, owner, bucket, count), count));
    uint32_t row = dx_list_builder_row_end(w->builder);
    if (s->kind == DX_SLICE_PAIRS)
        p->places->folded_row[number] = row;
    else
        p->frequent.at[number].row = row;
    return DX_OK;
}

dx_status dx_postings_put_part(dx_postings *p, dx_postings_worker *w,
    const dx_postings_worker *owner, uint32_t first, uint32_t end)
{
    bool exact = owner->open.slice->kind == DX_SLICE_EXACT;

    for (uint32_t i = first; i < end; i++)
        DX_TRY(exact ? put_folded(p, w, owner, i)
                     : put_bucket(p, w, owner, i));
    return DX_OK;
}

dx_status dx_postings_do(dx_postings *p, unsigned worker, const dx_slice *s)
{
    dx_postings_worker *w = &p->workers[worker];
    uint32_t first = s->first, end = s->end;

    dx_postings_fill(p, w, s);
    if (s->kind == DX_SLICE_EXACT) {
        first = p->n->exact_folded[first];
        end = p->n->exact_folded[end - 1] + 1;
    }
    return dx_share_slice(p, w, s, first, end);
}

dx_status dx_postings_slice(dx_postings *p, unsigned worker, size_t slice)
{
    return dx_postings_do(p, worker, &p->slices.at[slice]);
}
