/* One pass over the text of all documents for each slice.
 *
 * Most of the text belongs to other slices, and the processor cannot predict
 * what belongs to this one. So a run of text is first thinned out into a list
 * of hits, without a branch, and only the hits go into buckets. With one more
 * bucket for all that is to be thrown away there would be no hits to list, but
 * each write there would wait for the one before. */
#include "indexer/invert/postings/filling.h"

#include <assert.h>
#include <string.h>

#include "common/index/codec/bm25.h"
#include "common/text/term.h"

#define RUN_UNITS 1024u /* forms or syllables looked at together */

typedef struct filler {
    const dx_slice *s;
    const dx_numbering *n;
    const dx_word_form *forms;
    const dx_word_form_ref *refs;
    const dx_frequent_pairs *pairs;
    void *items;
    uint32_t *heads; /* of the epoch under way */
    uint32_t doc;
    uint32_t low_doc;  /* the bits of it that an item holds, … */
    unsigned low_bits; /* … and how many these are */
} filler;

/* Turns each bucket into the place of its next item and prefetches that, so
 * that writing the items need not wait for memory. */
static void take_places(const filler *f, uint32_t *buckets, uint32_t count,
    size_t item_bytes)
{
    uint32_t *heads = f->heads;

    for (uint32_t i = 0; i < count; i++) {
        buckets[i] = heads[buckets[i]]++;
        __builtin_prefetch((char *)f->items + buckets[i] * item_bytes, 1);
    }
}

/* ---- exact forms ---- */

static inline void put_exact(const filler *f, uint32_t bucket)
{
    uint16_t *docs = f->items;

    docs[f->heads[bucket]++] = (uint16_t)f->low_doc;
}

static inline void put_exact_if_ours(const filler *f, uint32_t exact)
{
    uint32_t bucket = exact - f->s->first;

    if (bucket < f->s->end - f->s->first)
        put_exact(f, bucket);
}

static void exact_of_form(const filler *f, uint32_t form, bool title)
{
    const dx_word_form *of = &f->forms[form];
    const dx_word_form_ref *r = f->refs + of->first_ref;
    const dx_numbering *n = f->n;

    for (uint32_t i = 0; i < of->ref_count; i++) {
        uint32_t exact = n->term_exact[r[i].term];
        put_exact_if_ours(f, exact);
        for (uint32_t k = 1; title && k < DX_WEIGHT_TITLE; k++)
            put_exact_if_ours(f, exact);
        if (title)
            put_exact_if_ours(f, n->term_title[r[i].term]);
    }
}

/* Puts a run of text that begins at `at`; returns where it ends, at most
 * `end`. */
static const uint16_t *exact_of_run(const filler *f, const uint16_t *at,
    const uint16_t *end)
{
    const uint32_t *form_exact = f->n->form_exact;
    uint32_t hits[RUN_UNITS], count = 0;
    uint32_t first = f->s->first, buckets = f->s->end - first;

    if (end - at > (ptrdiff_t)RUN_UNITS)
        end = at + RUN_UNITS - 1; /* its last form may have two units */
    while (at < end) {
        uint32_t form = dx_form_stream_next(&at), exact = form_exact[form];
        hits[count] = exact - first;
        count += exact - first < buckets;
        if (exact == DX_NUMBER_MANY)
            exact_of_form(f, form, false);
    }
    uint16_t *docs = f->items;
    take_places(f, hits, count, sizeof *docs);
    for (uint32_t i = 0; i < count; i++)
        docs[hits[i]] = (uint16_t)f->low_doc;
    return at;
}

static void exact_of_doc(const filler *f, const uint16_t *at,
    const uint16_t *end)
{
    uint32_t form;

    while ((form = dx_form_stream_next(&at)) != DX_WORD_FORM_FIELD_END)
        exact_of_form(f, form, true);
    while (at < end)
        at = exact_of_run(f, at, end);
}

/* ---- pairs and triples ---- */

typedef struct syllables { /* a run of folded numbers; NONE ends a field */
    uint32_t at[RUN_UNITS + DX_WORD_MAX_TERMS];
    uint32_t count;
} syllables;

static void add_many(const filler *f, uint32_t form, syllables *run)
{
    const dx_word_form *of = &f->forms[form];
    const dx_word_form_ref *r = f->refs + of->first_ref;

    assert(of->running <= DX_WORD_MAX_TERMS);
    for (uint32_t i = 0; i < of->ref_count; i++) {
        uint32_t exact = f->n->term_exact[r[i].term];
        if (!r[i].overlay)
            run->at[run->count++] = f->n->exact_folded[exact];
    }
}

/* Adds what follows at `at` until the run is full; returns where it stopped. */
static const uint16_t *add_syllables(const filler *f, const uint16_t *at,
    const uint16_t *end, syllables *run)
{
    const uint32_t *form_folded = f->n->form_folded;
    uint32_t count = run->count; /* in a register */

    while (at < end && count < RUN_UNITS) {
        uint32_t form = dx_form_stream_next(&at), folded = form_folded[form];
        if (folded == DX_NUMBER_MANY) {
            run->count = count;
            add_many(f, form, run);
            count = run->count;
        } else {
            run->at[count] = folded;
            count += folded != DX_NUMBER_SKIP;
        }
    }
    run->count = count;
    return at;
}

/* Pairs and triples go on from one run to the next. */
static void keep_last(syllables *run, uint32_t kept)
{
    if (run->count > kept) {
        memmove(run->at, run->at + run->count - kept, kept * sizeof *run->at);
        run->count = kept;
    }
}

static inline uint32_t key_of(const filler *f, uint32_t last)
{
    return last << f->low_bits | f->low_doc;
}

static void pairs_of_run(const filler *f, const syllables *run)
{
    uint32_t places[RUN_UNITS + DX_WORD_MAX_TERMS];
    uint32_t lasts[RUN_UNITS + DX_WORD_MAX_TERMS];
    uint32_t first = f->s->first, buckets = f->s->end - first, count = 0;
    const uint32_t *at = run->at, *end = at + run->count;

    for (; end - at > 1; at++) {
        places[count] = at[0] - first;
        lasts[count] = at[1];
        count += (at[0] - first < buckets) & (at[1] != DX_NUMBER_NONE);
    }
    uint32_t *keys = f->items;
    take_places(f, places, count, sizeof *keys);
    for (uint32_t i = 0; i < count; i++)
        keys[places[i]] = key_of(f, lasts[i]);
}

/* A triple belongs to its first pair. Both its pairs must be frequent. */
static void put_triple(const filler *f, const uint32_t *at)
{
    const dx_frequent_pairs *pairs = f->pairs;
    uint32_t pair = dx_frequent_pairs_find(pairs, at[0], at[1]);

    if (pair == DX_FREQUENT_PAIR_NONE ||
        pair - f->s->first >= f->s->end - f->s->first)
        return;
    if (dx_frequent_pairs_find(pairs, at[1], at[2]) == DX_FREQUENT_PAIR_NONE)
        return;
    uint32_t *keys = f->items;
    keys[f->heads[pair - f->s->first]++] = key_of(f, at[2]);
}

static void triples_of_run(const filler *f, const syllables *run)
{
    const dx_frequent_pairs *pairs = f->pairs;
    uint16_t hits[RUN_UNITS + DX_WORD_MAX_TERMS];
    uint32_t first = pairs->at[f->s->first].first, count = 0;
    uint32_t firsts = pairs->at[f->s->end - 1].first - first + 1;
    const uint32_t *at = run->at;
    bool may =
        run->count > 1 && dx_frequent_pairs_may_have(pairs, at[0], at[1]);

    for (uint32_t i = 0; i + 2 < run->count; i++) {
        bool next_may = dx_frequent_pairs_may_have(pairs, at[i + 1], at[i + 2]);
        hits[count] = (uint16_t)i;
        count += may & next_may & (at[i] - first < firsts);
        may = next_may;
    }
    for (uint32_t i = 0; i < count; i++)
        /* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult) */
        put_triple(f, at + hits[i]);
}

static void keys_of_doc(const filler *f, const uint16_t *at,
    const uint16_t *end)
{
    bool pairs = f->s->kind == DX_SLICE_PAIRS;
    syllables run;

    run.count = 0;
    while (at < end) {
        at = add_syllables(f, at, end, &run);
        if (pairs)
            pairs_of_run(f, &run);
        else
            triples_of_run(f, &run);
        keep_last(&run, pairs ? 1 : 2);
    }
}

/* ---- the whole ---- */

static uint64_t load_of(const filler *f, uint32_t number)
{
    switch (f->s->kind) {
    case DX_SLICE_EXACT:
        return f->n->exact_load[number];
    case DX_SLICE_PAIRS:
        return f->n->folded_load[number];
    case DX_SLICE_TRIPLES:
        break;
    }
    return f->pairs->at[number].occurrences;
}

static void lay_out(const filler *f, dx_buckets *b)
{
    uint32_t count = f->s->end - f->s->first, at = 0;

    for (uint32_t i = 0; i < count; i++) {
        b->starts[i] = b->heads[i] = at;
        at += (uint32_t)load_of(f, f->s->first + i);
    }
    assert(at == f->s->items);
}

static void start_epoch(filler *f)
{
    uint32_t buckets = f->s->end - f->s->first;

    memcpy(f->heads + buckets, f->heads, buckets * sizeof *f->heads);
    f->heads += buckets;
}

void dx_fill_buckets(dx_buckets *b, const dx_slice *slice, const dx_gathered *g,
    const dx_numbering *n, const dx_frequent_pairs *pairs)
{
    uint32_t forms;
    filler f = {.s = slice, .n = n, .pairs = pairs, .items = b->items,
        .heads = b->heads, .forms = dx_word_forms_all(g->forms, &forms),
        .refs = dx_word_forms_refs(g->forms)};

    dx_buckets_begin(b, slice);
    lay_out(&f, b);
    f.low_bits = b->doc_bits;
    uint32_t in_epoch = (1u << f.low_bits) - 1;
    for (size_t i = 0; i < g->batch_count; i++) {
        const dx_batch *batch = &g->batches[i];
        const uint16_t *at = batch->stream.units;
        for (size_t d = 0; d < batch->doc_count; d++, f.doc++) {
            const uint16_t *end = batch->stream.units + batch->docs[d].end;
            f.low_doc = f.doc & in_epoch;
            if (f.doc && f.low_doc == 0)
                start_epoch(&f);
            if (slice->kind == DX_SLICE_EXACT)
                exact_of_doc(&f, at, end);
            else
                keys_of_doc(&f, at, end);
            at = end;
        }
    }
}
