/* Makes lists of full buckets: equal neighbours are one posting, and how many
 * they are is its term frequency. */
#include "indexer/invert/postings/lists.h"

#include <string.h>

#include "common/base/mem.h"
#include "common/index/codec/bits.h"
#include "common/index/codec/list.h"
#include "common/index/field/attribute.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/layout/format.h"
#include "indexer/invert/postings/key_sort.h"

#define DOC_MASK (DX_GATHERED_DOCS_MAX - 1)

dx_status dx_list_places_init(dx_list_places *p, const dx_numbering *n)
{
    p->exact_list = dx_calloc((size_t)n->exacts + 1, sizeof *p->exact_list);
    p->folded_list = dx_calloc((size_t)n->foldeds + 1, sizeof *p->folded_list);
    p->folded_row = dx_calloc((size_t)n->foldeds + 1, sizeof *p->folded_row);
    return p->exact_list && p->folded_list && p->folded_row ? DX_OK
                                                            : DX_ERR_NOMEM;
}

void dx_list_places_free(dx_list_places *p)
{
    dx_free(p->exact_list);
    dx_free(p->folded_list);
    dx_free(p->folded_row);
}

/* ---- lists of words ---- */

static dx_status make_room(dx_list_postings *r, size_t count)
{
    void *docs = r->docs, *tfs = r->tfs, *ends = r->ends;
    int failed = dx_grow(&docs, &r->docs_cap, count, sizeof *r->docs);

    r->docs = docs;
    failed |= dx_grow(&tfs, &r->tfs_cap, count, sizeof *r->tfs);
    r->tfs = tfs;
    failed |= dx_grow(&ends, &r->ends_cap, count, sizeof *r->ends);
    r->ends = ends;
    return failed ? DX_ERR_NOMEM : DX_OK;
}

/* Appends the term frequencies of `count` documents, whose items end at r->ends. */
static void put_tfs(dx_list_postings *r, size_t count)
{
    const uint32_t *ends = r->ends;
    uint16_t *tfs = r->tfs + r->count;

    tfs[0] = (uint16_t)(ends[0] < DX_TF_MAX ? ends[0] : DX_TF_MAX);
    for (size_t i = 1; i < count; i++) {
        uint32_t tf = ends[i] - ends[i - 1];
        tfs[i] = (uint16_t)(tf < DX_TF_MAX ? tf : DX_TF_MAX);
    }
}

/* Appends a posting for each run of equal documents, all of one epoch: `high`.
 * The processor cannot predict where a document's items end, so there is no
 * branch: every item writes the posting, and each but the last is overwritten by
 * the next. */
static void take_docs(const uint16_t *docs, size_t count, uint32_t high,
    dx_list_postings *r)
{
    uint32_t *to = r->docs + r->count, *ends = r->ends;
    size_t n = 0;

    if (count == 0)
        return;
    for (size_t i = 1; i < count; i++) {
        to[n] = high | docs[i - 1];
        ends[n] = (uint32_t)i;
        n += docs[i - 1] != docs[i];
    }
    to[n] = high | docs[count - 1];
    ends[n++] = (uint32_t)count;
    put_tfs(r, n);
    r->count += n;
}

/* Appends the postings of a bucket of documents. */
static dx_status take_exact(const dx_buckets *b, uint32_t bucket,
    dx_list_postings *r)
{
    const uint16_t *docs = b->items;
    uint32_t at = b->starts[bucket];

    DX_TRY(make_room(r, r->count + dx_buckets_count(b, bucket)));
    for (uint32_t e = 0; e < b->epochs; e++) {
        uint32_t end = dx_buckets_end(b, e, bucket);
        take_docs(docs + at, end - at, e << b->doc_bits, r);
        at = end;
    }
    return DX_OK;
}

/* Adds the postings of m->postings [*at, end) that are in a window to the sums. */
static void add_window(dx_list_maker *m, uint32_t window, size_t *at, size_t end)
{
    const uint32_t *docs = m->postings.docs;
    const uint16_t *tfs = m->postings.tfs;
    size_t i = *at;

    for (; i < end && docs[i] >> DX_WINDOW_BITS == window; i++) {
        uint32_t doc = docs[i] % DX_WINDOW_DOCS;
        m->sums[doc] += tfs[i];
        m->summed[doc / 64] |= (uint64_t)1 << doc % 64;
    }
    *at = i;
}

/* Appends the sums to m->merged, which has room, and clears them. */
static void take_window(dx_list_maker *m, uint32_t window)
{
    dx_list_postings *to = &m->merged;
    size_t n = to->count;

    for (uint32_t w = 0; w < DX_WINDOW_WORDS; w++) {
        for (uint64_t left = m->summed[w]; left; left &= left - 1) {
            uint32_t doc = w * 64 + dx_ctz64(left);
            to->docs[n] = window << DX_WINDOW_BITS | doc;
            to->tfs[n++] = (uint16_t)(m->sums[doc] < DX_TF_MAX ? m->sums[doc]
                                                               : DX_TF_MAX);
            m->sums[doc] = 0;
        }
        m->summed[w] = 0;
    }
    to->count = n;
}

/* Merges the exact forms' postings, which end at m->ends, into one list: they are added
 * up window by window. */
static dx_status merge_exacts(dx_list_maker *m, size_t lists)
{
    const uint32_t *docs = m->postings.docs;

    DX_TRY(make_room(&m->merged, m->postings.count));
    m->merged.count = 0;
    for (size_t i = lists; i-- > 0;)
        m->at[i] = i ? m->ends[i - 1] : 0;
    for (;;) {
        uint32_t least = UINT32_MAX;
        for (size_t i = 0; i < lists; i++)
            if (m->at[i] < m->ends[i] && docs[m->at[i]] < least)
                least = docs[m->at[i]];
        if (least == UINT32_MAX)
            break;
        for (size_t i = 0; i < lists; i++)
            add_window(m, least >> DX_WINDOW_BITS, &m->at[i], m->ends[i]);
        take_window(m, least >> DX_WINDOW_BITS);
    }
    dx_list_postings swap = m->postings;
    m->postings = m->merged;
    m->merged = swap;
    return DX_OK;
}

/* Attributes, and words outside the body. */
static bool counts_once(const dx_list_maker *m, uint32_t exact)
{
    uint32_t count;
    const dx_word_term *terms =
        dx_word_forms_terms(m->gathered->forms, &count);

    if (exact < m->n->title_exacts)
        return false;
    dx_str folded = terms[m->n->exact_term[exact]].folded;
    return dx_term_is_attribute(folded) || dx_term_is_outside(folded);
}

/* The lists of one folded number: of each exact form, and of all together. */
static dx_status put_folded(dx_list_maker *m, const dx_buckets *b,
    uint32_t folded)
{
    const dx_numbering *n = m->n;
    uint32_t first = n->folded_first[folded], end = n->folded_first[folded + 1];
    dx_list_postings *r = &m->postings;
    void *ends = m->ends, *at = m->at;

    if (dx_grow(&ends, &m->ends_cap, end - first, sizeof *m->ends) != 0)
        return DX_ERR_NOMEM;
    m->ends = ends;
    if (dx_grow(&at, &m->at_cap, end - first, sizeof *m->at) != 0)
        return DX_ERR_NOMEM;
    m->at = at;
    r->count = 0;
    for (uint32_t e = first; e < end; e++) {
        size_t from = r->count;
        DX_TRY(take_exact(b, e - b->slice->first, r));
        m->ends[e - first] = r->count;
        m->places->exact_list[e] = dx_list_builder_list(m->builder,
            r->docs + from, r->tfs + from, (uint32_t)(r->count - from));
    }
    m->places->folded_list[folded] = m->places->exact_list[first];
    if (end - first > 1) {
        DX_TRY(merge_exacts(m, end - first));
        for (size_t i = 0; i < r->count && counts_once(m, first); i++)
            r->tfs[i] = 1; /* two spellings count once */
        m->places->folded_list[folded] = dx_list_builder_list(m->builder,
            r->docs, r->tfs, (uint32_t)r->count);
    }
    return DX_OK;
}

/* ---- rows of pairs and triples ---- */

/* A pair in at least so many documents is frequent. */
static uint32_t frequent_df(const dx_list_maker *m)
{
    uint32_t share = m->gathered->docs / DX_TRIPLE_SHARE;

    return share > DX_TRIPLE_MIN_DF ? share : DX_TRIPLE_MIN_DF;
}

/* The list of one last number, from its sorted keys. Nobody asks how often a
 * triple occurs in a document, so with `once` that is always 1. */
static dx_status put_row_list(dx_list_maker *m, const uint64_t *keys,
    size_t count, bool once)
{
    dx_list_postings *r = &m->postings;
    size_t n = 0;

    r->count = 0;
    DX_TRY(make_room(r, count));
    uint32_t *docs = r->docs, *ends = r->ends;
    for (size_t i = 1; i < count; i++) {
        docs[n] = (uint32_t)(keys[i - 1] & DOC_MASK);
        ends[n] = (uint32_t)i;
        n += keys[i - 1] != keys[i];
    }
    docs[n] = (uint32_t)(keys[count - 1] & DOC_MASK);
    ends[n++] = (uint32_t)count;
    put_tfs(r, n);
    r->count = n;
    for (size_t i = 0; once && i < n; i++)
        r->tfs[i] = 1;
    dx_list_builder_pair(m->builder,
        (uint32_t)(keys[0] >> DX_GATHERED_DOC_BITS), r->docs, r->tfs,
        (uint32_t)r->count);
    return DX_OK;
}

/* One list for each last number of a sorted bucket. */
static dx_status put_row(dx_list_maker *m, uint32_t number, bool pairs,
    const uint64_t *keys, size_t count)
{
    for (size_t i = 0; i < count;) {
        uint64_t last = keys[i] >> DX_GATHERED_DOC_BITS;
        size_t from = i;
        while (i < count && keys[i] >> DX_GATHERED_DOC_BITS == last)
            i++;
        DX_TRY(put_row_list(m, keys + from, i - from, !pairs));
        if (pairs && m->postings.count >= frequent_df(m))
            DX_TRY(dx_frequent_pairs_add(&m->found,
                (dx_frequent_pair){number, (uint32_t)last,
                    (uint32_t)(i - from), 0}));
    }
    return DX_OK;
}

/* The row of a bucket of pairs or triples. */
static dx_status put_bucket(dx_list_maker *m, const dx_buckets *b,
    uint32_t number)
{
    uint32_t bucket = number - b->slice->first;
    size_t count = dx_buckets_count(b, bucket);
    bool pairs = b->slice->kind == DX_SLICE_PAIRS;

    if (count == 0)
        return DX_OK;
    DX_TRY(put_row(m, number, pairs, dx_key_sort(b, bucket, count, m->keys),
        count));
    uint32_t row = dx_list_builder_row_end(m->builder);
    if (pairs)
        m->places->folded_row[number] = row;
    else
        m->pairs->at[number].row = row;
    return DX_OK;
}

/* ---- the whole ---- */

dx_status dx_list_maker_init(dx_list_maker *m, const dx_gathered *g,
    const dx_numbering *n, dx_segment_writer *writer, dx_list_places *places,
    dx_frequent_pairs *pairs, size_t keys_max)
{
    *m = (dx_list_maker){.gathered = g, .n = n, .places = places,
        .pairs = pairs};
    m->builder = dx_list_builder_new(writer);
    m->keys[0] = dx_malloc((keys_max + 1) * sizeof *m->keys[0]);
    m->keys[1] = dx_malloc((keys_max + 1) * sizeof *m->keys[1]);
    return m->builder && m->keys[0] && m->keys[1] ? DX_OK : DX_ERR_NOMEM;
}

void dx_list_maker_free(dx_list_maker *m)
{
    dx_list_builder_free(m->builder);
    dx_free(m->keys[0]);
    dx_free(m->keys[1]);
    dx_free(m->postings.docs);
    dx_free(m->postings.tfs);
    dx_free(m->postings.ends);
    dx_free(m->merged.docs);
    dx_free(m->merged.tfs);
    dx_free(m->merged.ends);
    dx_free(m->ends);
    dx_free(m->at);
    dx_frequent_pairs_free(&m->found);
}

dx_status dx_list_maker_put(dx_list_maker *m, const dx_buckets *b,
    uint32_t first, uint32_t end)
{
    bool exact = b->slice->kind == DX_SLICE_EXACT;

    for (uint32_t i = first; i < end; i++)
        DX_TRY(exact ? put_folded(m, b, i) : put_bucket(m, b, i));
    return DX_OK;
}
