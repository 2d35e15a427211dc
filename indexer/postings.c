/* Postings are put where they belong as they are met: each number of a slice
 * has a *bucket*, whose size is known beforehand, and documents come in order.
 *
 *   exact slice   a bucket per exact number, of documents (u32): done
 *   pairs slice   a bucket per first number, of second number | document (u64),
 *                 then sorted by the second number, stably
 *
 * Equal neighbours are the term frequency. */
#include <assert.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/index/bm25.h"
#include "indexer/invert_internal.h"

#define DOC_MASK (DX_BUILD_DOCS_MAX - 1)
#define INSERTION_MAX 48u
#define ROOM_MIN_BYTES ((size_t)1 << 20) /* less is not worth a pass */

static_assert(DX_WEIGHT_LEAD == 1 && DX_WEIGHT_BODY == 1,
    "numbering.c counts keys for a weighted title only");

typedef struct postings_run { /* postings of one list */
    uint32_t *docs;
    uint16_t *tfs;
    size_t docs_cap, tfs_cap, count;
} postings_run;

typedef struct worker {
    dx_list_builder *builder;
    void *room;      /* the buckets of a slice, and one posting more */
    uint64_t *other; /* as large as the largest bucket of pairs */
    uint32_t *heads; /* where the next posting of each bucket goes, in items */
    uint32_t *starts; /* where it begins; one more than buckets */
    postings_run run, merged;
    size_t *ends; /* of the exact forms in `run` */
    size_t ends_cap;
} worker;

struct dx_postings {
    const dx_build *build;
    const dx_numbering *n;
    const dx_form *forms;
    const dx_form_ref *refs;
    dx_segment_writer *writer;
    dx_places *places;
    worker *workers; /* owned */
    unsigned threads;
    dx_slice *slices; /* owned */
    size_t slice_count, slice_cap;
    size_t room_bytes;  /* of the largest slice */
    size_t bucket_max;  /* keys of the largest bucket of pairs */
    size_t buckets_max; /* of any slice */
    unsigned second_bits;
};

/* ---- planning ---- */

static size_t item_bytes(bool pairs)
{
    return pairs ? sizeof(uint64_t) : sizeof(uint32_t);
}

static dx_status add_slice(dx_postings *p, dx_slice s)
{
    void *v = p->slices;
    size_t bytes = (s.keys + 1) * item_bytes(s.pairs);

    if (s.keys == 0)
        return DX_OK;
    if (s.keys >= UINT32_MAX)
        return DX_ERR_LIMIT;
    if (dx_grow(&v, &p->slice_cap, p->slice_count + 1, sizeof s) != 0)
        return DX_ERR_NOMEM;
    p->slices = v;
    p->slices[p->slice_count++] = s;
    if (bytes > p->room_bytes)
        p->room_bytes = bytes;
    if (s.end - s.first > p->buckets_max)
        p->buckets_max = s.end - s.first;
    return DX_OK;
}

/* Cuts the folded numbers into slices of about `target_bytes`. */
static dx_status plan(dx_postings *p, bool pairs, size_t target_bytes)
{
    const dx_numbering *n = p->n;
    size_t target = target_bytes / item_bytes(pairs);
    dx_slice s = {.pairs = pairs};

    for (uint32_t f = 0; f < n->foldeds; f++) {
        uint32_t first = n->folded_first[f], end = n->folded_first[f + 1];
        size_t load = 0;
        for (uint32_t e = first; !pairs && e < end; e++)
            load += n->exact_load[e];
        if (pairs)
            load = n->folded_load[f];
        if (s.keys && s.keys + load > target) {
            DX_TRY(add_slice(p, s));
            s = (dx_slice){.first = pairs ? f : first, .pairs = pairs};
        }
        s.keys += load;
        s.end = pairs ? f + 1 : end;
    }
    return add_slice(p, s);
}

static unsigned bits_for(uint32_t values)
{
    unsigned bits = 1;

    while (values > 1u << bits)
        bits++;
    return bits;
}

static dx_status start_worker(dx_postings *p, worker *w)
{
    w->builder = dx_list_builder_new(p->writer);
    w->room = dx_malloc(p->room_bytes);
    w->other = dx_malloc((p->bucket_max + 1) * sizeof *w->other);
    w->heads = dx_malloc((p->buckets_max + 1) * sizeof *w->heads);
    w->starts = dx_malloc((p->buckets_max + 1) * sizeof *w->starts);
    return w->builder && w->room && w->other && w->heads && w->starts
               ? DX_OK
               : DX_ERR_NOMEM;
}

static dx_status start(dx_postings *p, const dx_invert_options *options)
{
    size_t share = options->sort_bytes / p->threads;

    for (uint32_t f = 0; f < p->n->foldeds; f++)
        if (p->n->folded_load[f] > p->bucket_max)
            p->bucket_max = p->n->folded_load[f];
    size_t other = p->bucket_max * sizeof(uint64_t);
    size_t target = share > other + ROOM_MIN_BYTES ? share - other
                                                   : ROOM_MIN_BYTES;
    DX_TRY(plan(p, true, target));
    DX_TRY(plan(p, false, target));
    p->workers = dx_calloc(p->threads, sizeof *p->workers);
    if (!p->workers)
        return DX_ERR_NOMEM;
    for (unsigned i = 0; i < p->threads; i++)
        DX_TRY(start_worker(p, &p->workers[i]));
    return DX_OK;
}

dx_status dx_postings_new(const dx_build *b, const dx_numbering *n,
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
    p->forms = dx_forms_all(b->forms, &forms);
    p->refs = dx_forms_refs(b->forms);
    p->writer = w;
    p->places = places;
    p->threads = options->threads ? options->threads : 1;
    p->second_bits = bits_for(n->foldeds);
    dx_status rc = start(p, options);
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
        worker *w = &p->workers[i];
        dx_list_builder_free(w->builder);
        dx_free(w->room);
        dx_free(w->other);
        dx_free(w->heads);
        dx_free(w->starts);
        dx_free(w->run.docs);
        dx_free(w->run.tfs);
        dx_free(w->merged.docs);
        dx_free(w->merged.tfs);
        dx_free(w->ends);
    }
    dx_free(p->workers);
    dx_free(p->slices);
    dx_free(p);
}

size_t dx_postings_slices(const dx_postings *p) { return p->slice_count; }

/* ---- filling buckets ---- */

/* Written without a branch on the range test, which would be mispredicted: what
 * is not of the slice goes to one bucket more, whose head does not move. */
static inline void put_exact(worker *w, const dx_slice *s, uint32_t exact,
    uint32_t doc)
{
    uint32_t *docs = w->room, count = s->end - s->first;
    uint32_t at = exact - s->first;
    bool ours = at < count;

    at = ours ? at : count;
    docs[w->heads[at]] = doc;
    w->heads[at] += ours;
}

static void exact_of_form(const dx_postings *p, worker *w, const dx_slice *s,
    uint32_t form, uint32_t doc, bool title)
{
    const dx_form *f = &p->forms[form];
    const dx_form_ref *r = p->refs + f->first_ref;

    for (uint32_t i = 0; i < f->ref_count; i++) {
        put_exact(w, s, p->n->term_exact[r[i].term], doc);
        for (uint32_t k = 1; title && k < DX_WEIGHT_TITLE; k++)
            put_exact(w, s, p->n->term_exact[r[i].term], doc);
        if (title)
            put_exact(w, s, p->n->term_title[r[i].term], doc);
    }
}

static void exact_of_doc(const dx_postings *p, worker *w, const dx_slice *s,
    const uint16_t *at, const uint16_t *end, uint32_t doc)
{
    const uint32_t *form_exact = p->n->form_exact;
    uint32_t form;

    while ((form = dx_stream_next(&at)) != DX_FORM_ID_FIELD_END)
        exact_of_form(p, w, s, form, doc, true);
    while (at < end) {
        form = dx_stream_next(&at);
        if (form_exact[form] != DX_NUMBER_NONE)
            put_exact(w, s, form_exact[form], doc);
        else
            exact_of_form(p, w, s, form, doc, false);
    }
}

typedef struct pair_state {
    uint32_t before; /* folded number, or NONE at a field's start */
    uint32_t weight;
} pair_state;

static inline void put_pair(worker *w, const dx_slice *s, pair_state *state,
    uint32_t folded, uint32_t doc)
{
    uint64_t *keys = w->room, key = (uint64_t)folded << DX_BUILD_DOC_BITS | doc;
    uint32_t count = s->end - s->first, at = state->before - s->first;
    bool ours = at < count;

    at = ours ? at : count;
    keys[w->heads[at]] = key;
    w->heads[at] += ours;
    for (uint32_t k = 1; k < state->weight && ours; k++)
        keys[w->heads[at]++] = key;
    state->before = folded;
}

static void pairs_of_doc(const dx_postings *p, worker *w, const dx_slice *s,
    const uint16_t *at, const uint16_t *end, uint32_t doc)
{
    const uint32_t *form_folded = p->n->form_folded;
    pair_state state = {DX_NUMBER_NONE, DX_WEIGHT_TITLE};

    while (at < end) {
        uint32_t form = dx_stream_next(&at);
        uint32_t folded = form_folded[form];
        if (folded != DX_NUMBER_NONE) {
            put_pair(w, s, &state, folded, doc);
            continue;
        }
        if (form == DX_FORM_ID_FIELD_END)
            state = (pair_state){DX_NUMBER_NONE, 1};
        const dx_form *f = &p->forms[form];
        const dx_form_ref *r = p->refs + f->first_ref;
        for (uint32_t i = 0; i < f->ref_count; i++) {
            uint32_t exact = p->n->term_exact[r[i].term];
            if (!r[i].overlay)
                put_pair(w, s, &state, p->n->exact_folded[exact], doc);
        }
    }
}

static void lay_out(const dx_postings *p, worker *w, const dx_slice *s)
{
    const uint64_t *load = s->pairs ? p->n->folded_load : p->n->exact_load;
    uint32_t count = s->end - s->first, at = 0;

    for (uint32_t i = 0; i < count; i++) {
        w->starts[i] = w->heads[i] = at;
        at += (uint32_t)load[s->first + i];
    }
    w->starts[count] = w->heads[count] = at;
    assert(at == s->keys);
}

static void fill(const dx_postings *p, worker *w, const dx_slice *s)
{
    uint32_t doc = 0;

    lay_out(p, w, s);
    for (size_t i = 0; i < p->build->batch_count; i++) {
        const dx_batch *b = &p->build->batches[i];
        const uint16_t *at = b->stream.units;
        for (size_t d = 0; d < b->doc_count; d++, doc++) {
            const uint16_t *end = b->stream.units + b->docs[d].end;
            if (s->pairs)
                pairs_of_doc(p, w, s, at, end, doc);
            else
                exact_of_doc(p, w, s, at, end, doc);
            at = end;
        }
    }
}

/* ---- sorting ---- */

#define RADIX_BITS 9 /* two passes for the numbers of a large dictionary */
#define RADIX_MASK ((1u << RADIX_BITS) - 1)

static void radix_pass(const uint64_t *from, uint64_t *to, size_t count,
    unsigned shift)
{
    uint32_t places[1u << RADIX_BITS] = {0};
    uint32_t sum = 0;

    for (size_t i = 0; i < count; i++)
        places[from[i] >> shift & RADIX_MASK]++;
    for (uint32_t b = 0; b <= RADIX_MASK; b++) {
        uint32_t here = places[b];
        places[b] = sum;
        sum += here;
    }
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

/* Returns the sorted keys, which are in `keys` or in `other`. */
static uint64_t *sort_bucket(uint64_t *keys, uint64_t *other, size_t count,
    unsigned bits)
{
    if (count <= INSERTION_MAX) {
        insertion_sort(keys, count);
        return keys;
    }
    for (unsigned done = 0; done < bits; done += RADIX_BITS) {
        radix_pass(keys, other, count, DX_BUILD_DOC_BITS + done);
        uint64_t *swap = keys;
        keys = other;
        other = swap;
    }
    return keys;
}

/* ---- lists ---- */

static dx_status run_room(postings_run *r, size_t count)
{
    void *docs = r->docs, *tfs = r->tfs;
    int failed = dx_grow(&docs, &r->docs_cap, count, sizeof *r->docs);

    r->docs = docs;
    failed |= dx_grow(&tfs, &r->tfs_cap, count, sizeof *r->tfs);
    r->tfs = tfs;
    return failed ? DX_ERR_NOMEM : DX_OK;
}

/* Appends a posting for each run of equal documents. */
static dx_status take_docs(const uint32_t *docs, size_t count, postings_run *r)
{
    DX_TRY(run_room(r, r->count + count));
    for (size_t i = 0; i < count;) {
        size_t from = i;
        while (i < count && docs[i] == docs[from])
            i++;
        r->docs[r->count] = docs[from];
        r->tfs[r->count++] =
            (uint16_t)(i - from < DX_TF_MAX ? i - from : DX_TF_MAX);
    }
    return DX_OK;
}

/* Appends the union of a[from..mid) and a[mid..end) to `out`, adding up term
 * frequencies. */
static void merge_two(const postings_run *a, size_t from, size_t mid,
    size_t end, postings_run *out)
{
    size_t i = from, j = mid;

    while (i < mid || j < end) {
        bool left = j >= end || (i < mid && a->docs[i] <= a->docs[j]);
        bool both = i < mid && j < end && a->docs[i] == a->docs[j];
        uint32_t tf = left ? a->tfs[i] : a->tfs[j];
        if (both)
            tf += a->tfs[j];
        out->docs[out->count] = left ? a->docs[i] : a->docs[j];
        out->tfs[out->count++] = (uint16_t)(tf < DX_TF_MAX ? tf : DX_TF_MAX);
        i += left;
        j += !left || both;
    }
}

/* Merges the exact forms' postings in w->run, which end at w->ends, two by two
 * until one list is left there. */
static dx_status merge_run(worker *w, size_t lists)
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
        postings_run swap = w->run;
        w->run = w->merged;
        w->merged = swap;
        lists = made;
    }
    return DX_OK;
}

/* The lists of one folded number: of each exact form, and of all together. */
static dx_status put_folded(dx_postings *p, worker *w, const dx_slice *s,
    uint32_t folded)
{
    const uint32_t *docs = w->room;
    const dx_numbering *n = p->n;
    uint32_t first = n->folded_first[folded], end = n->folded_first[folded + 1];
    void *ends = w->ends;

    (void)s; /* a build without assert() does not use it */
    if (dx_grow(&ends, &w->ends_cap, end - first, sizeof *w->ends) != 0)
        return DX_ERR_NOMEM;
    w->ends = ends;
    w->run.count = 0;
    for (uint32_t e = first; e < end; e++) {
        size_t from = w->run.count;
        uint32_t start = w->starts[e - s->first];
        DX_TRY(take_docs(docs + start, w->heads[e - s->first] - start,
            &w->run));
        w->ends[e - first] = w->run.count;
        p->places->exact_list[e] = dx_list_builder_list(w->builder,
            w->run.docs + from, w->run.tfs + from,
            (uint32_t)(w->run.count - from));
    }
    p->places->folded_list[folded] = p->places->exact_list[first];
    if (end - first > 1) {
        DX_TRY(merge_run(w, end - first));
        p->places->folded_list[folded] = dx_list_builder_list(w->builder,
            w->run.docs, w->run.tfs, (uint32_t)w->run.count);
    }
    return DX_OK;
}

static dx_status put_lists(dx_postings *p, worker *w, const dx_slice *s)
{
    for (uint32_t f = p->n->exact_folded[s->first];
         f < p->n->foldeds && p->n->folded_first[f] < s->end; f++)
        DX_TRY(put_folded(p, w, s, f));
    return DX_OK;
}

/* One list for each second number of a sorted bucket. */
static dx_status put_row(worker *w, const uint64_t *keys, size_t count)
{
    for (size_t i = 0; i < count;) {
        uint64_t second = keys[i] >> DX_BUILD_DOC_BITS;
        size_t from = i;
        while (i < count && keys[i] >> DX_BUILD_DOC_BITS == second)
            i++;
        w->run.count = 0;
        DX_TRY(run_room(&w->run, i - from));
        for (size_t k = from; k < i;) {
            size_t same = k;
            while (k < i && keys[k] == keys[same])
                k++;
            w->run.docs[w->run.count] = (uint32_t)(keys[same] & DOC_MASK);
            w->run.tfs[w->run.count++] =
                (uint16_t)(k - same < DX_TF_MAX ? k - same : DX_TF_MAX);
        }
        dx_list_builder_pair(w->builder, (uint32_t)second, w->run.docs,
            w->run.tfs, (uint32_t)w->run.count);
    }
    return DX_OK;
}

static dx_status put_rows(dx_postings *p, worker *w, const dx_slice *s)
{
    uint64_t *room = w->room;

    for (uint32_t f = s->first; f < s->end; f++) {
        uint32_t start = w->starts[f - s->first];
        size_t count = w->heads[f - s->first] - start;
        if (count == 0)
            continue;
        DX_TRY(put_row(w,
            sort_bucket(room + start, w->other, count, p->second_bits),
            count));
        p->places->folded_row[f] = dx_list_builder_row_end(w->builder);
    }
    return DX_OK;
}

dx_status dx_postings_slice(dx_postings *p, unsigned worker_number,
    size_t slice)
{
    worker *w = &p->workers[worker_number];
    const dx_slice *s = &p->slices[slice];

    fill(p, w, s);
    return s->pairs ? put_rows(p, w, s) : put_lists(p, w, s);
}
