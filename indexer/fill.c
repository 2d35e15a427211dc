#include <assert.h>

#include "common/index/bm25.h"
#include "indexer/postings_internal.h"

/* Written without a branch on the range test, which would be mispredicted: what
 * is not of the slice goes to one bucket more, whose head does not move. */
static inline void put_exact(dx_postings_worker *w, const dx_slice *s, uint32_t exact,
    uint32_t doc)
{
    uint32_t *docs = w->room, count = s->end - s->first;
    uint32_t at = exact - s->first;
    bool ours = at < count;

    at = ours ? at : count;
    docs[w->heads[at]] = doc;
    w->heads[at] += ours;
}

static void exact_of_form(const dx_postings *p, dx_postings_worker *w, const dx_slice *s,
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

static void exact_of_doc(const dx_postings *p, dx_postings_worker *w, const dx_slice *s,
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

/* `*before` is the folded number before, or NONE at a field's start. */
static inline void put_pair(dx_postings_worker *w, const dx_slice *s,
    uint32_t *before, uint32_t folded, uint32_t doc)
{
    uint64_t *keys = w->room;
    uint32_t count = s->end - s->first, at = *before - s->first;
    bool ours = at < count;

    at = ours ? at : count;
    keys[w->heads[at]] = (uint64_t)folded << DX_BUILD_DOC_BITS | doc;
    w->heads[at] += ours;
    *before = folded;
}

static void pairs_of_doc(const dx_postings *p, dx_postings_worker *w,
    const dx_slice *s, const uint16_t *at, const uint16_t *end, uint32_t doc)
{
    const uint32_t *form_folded = p->n->form_folded;
    uint32_t before = DX_NUMBER_NONE;

    while (at < end) {
        uint32_t form = dx_stream_next(&at);
        uint32_t folded = form_folded[form];
        if (folded != DX_NUMBER_NONE) {
            put_pair(w, s, &before, folded, doc);
            continue;
        }
        if (form == DX_FORM_ID_FIELD_END)
            before = DX_NUMBER_NONE;
        const dx_form *f = &p->forms[form];
        const dx_form_ref *r = p->refs + f->first_ref;
        for (uint32_t i = 0; i < f->ref_count; i++) {
            uint32_t exact = p->n->term_exact[r[i].term];
            if (!r[i].overlay)
                put_pair(w, s, &before, p->n->exact_folded[exact], doc);
        }
    }
}

typedef struct triple_state {
    uint32_t before;      /* folded number, or NONE at a field's start */
    uint32_t before_pair; /* number of the frequent pair that it ends, or NONE */
} triple_state;

static inline void put_triple(const dx_postings *p, dx_postings_worker *w,
    const dx_slice *s, triple_state *state, uint32_t folded, uint32_t doc)
{
    const dx_frequent_pairs *f = &p->frequent;
    uint32_t pair = DX_NUMBER_NONE, before = state->before;
    uint64_t *keys = w->room;

    if (before != DX_NUMBER_NONE && f->is_first[before])
        pair = dx_frequent_find(f, before, folded);
    if (pair != DX_NUMBER_NONE && state->before_pair - s->first <
                                      s->end - s->first)
        keys[w->heads[state->before_pair - s->first]++] =
            (uint64_t)folded << DX_BUILD_DOC_BITS | doc;
    *state = (triple_state){folded, pair};
}

static void triples_of_doc(const dx_postings *p, dx_postings_worker *w,
    const dx_slice *s, const uint16_t *at, const uint16_t *end, uint32_t doc)
{
    triple_state state = {DX_NUMBER_NONE, DX_NUMBER_NONE};

    while (at < end) {
        uint32_t form = dx_stream_next(&at);
        uint32_t folded = p->n->form_folded[form];
        if (folded != DX_NUMBER_NONE) {
            put_triple(p, w, s, &state, folded, doc);
            continue;
        }
        if (form == DX_FORM_ID_FIELD_END)
            state = (triple_state){DX_NUMBER_NONE, DX_NUMBER_NONE};
        const dx_form *f = &p->forms[form];
        const dx_form_ref *r = p->refs + f->first_ref;
        for (uint32_t i = 0; i < f->ref_count; i++) {
            uint32_t exact = p->n->term_exact[r[i].term];
            if (!r[i].overlay)
                put_triple(p, w, s, &state, p->n->exact_folded[exact], doc);
        }
    }
}

static uint64_t load_of(const dx_postings *p, const dx_slice *s, uint32_t i)
{
    switch (s->kind) {
    case DX_SLICE_EXACT:
        return p->n->exact_load[s->first + i];
    case DX_SLICE_PAIRS:
        return p->n->folded_load[s->first + i];
    case DX_SLICE_TRIPLES:
        break;
    }
    return p->frequent.at[s->first + i].places;
}

static void lay_out(const dx_postings *p, dx_postings_worker *w,
    const dx_slice *s)
{
    uint32_t count = s->end - s->first, at = 0;

    for (uint32_t i = 0; i < count; i++) {
        w->starts[i] = w->heads[i] = at;
        at += (uint32_t)load_of(p, s, i);
    }
    w->starts[count] = w->heads[count] = at;
    assert(at == s->keys);
}

void dx_postings_fill(const dx_postings *p, dx_postings_worker *w,
    const dx_slice *s)
{
    uint32_t doc = 0;

    lay_out(p, w, s);
    for (size_t i = 0; i < p->build->batch_count; i++) {
        const dx_batch *b = &p->build->batches[i];
        const uint16_t *at = b->stream.units;
        for (size_t d = 0; d < b->doc_count; d++, doc++) {
            const uint16_t *end = b->stream.units + b->docs[d].end;
            if (s->kind == DX_SLICE_EXACT)
                exact_of_doc(p, w, s, at, end, doc);
            else if (s->kind == DX_SLICE_PAIRS)
                pairs_of_doc(p, w, s, at, end, doc);
            else
                triples_of_doc(p, w, s, at, end, doc);
            at = end;
        }
    }
}
