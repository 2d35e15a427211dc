/* Counts and sorts forms and terms, and gives them their numbers. */
#include "indexer/invert/numbering.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/index/codec/bm25.h"
#include "common/index/segment/form_table.h"

/* ---- counting ---- */

static void count_batch(const dx_batch *batch, dx_numbering *n)
{
    const uint16_t *at = batch->stream.units;

    for (size_t d = 0; d < batch->doc_count; d++) {
        const uint16_t *end = batch->stream.units + batch->docs[d].end;
        uint32_t form;
        while ((form = dx_form_stream_next(&at)) != DX_WORD_FORM_FIELD_END) {
            n->form_count[form]++;
            n->title_count[form]++;
        }
        n->form_count[DX_WORD_FORM_FIELD_END]++;
        while (at < end)
            n->form_count[dx_form_stream_next(&at)]++;
    }
}

/* ---- forms ---- */

#define NO_TEXT DX_TEXT_KINDS /* attributes, words outside the body */

typedef struct form_key {
    uint64_t count;
    dx_str text;
    uint32_t form;
    unsigned kind; /* dx_text_kind, or NO_TEXT */
} form_key;

static int compare_forms(const void *a, const void *b)
{
    const form_key *x = a, *y = b;

    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    int c = dx_str_cmp(x->text, y->text);
    return c ? c : (x->form > y->form) - (x->form < y->form);
}

static unsigned kind_of(const dx_word_form *f, const dx_word_form_ref *refs)
{
    const dx_word_form_ref *r = refs + f->first_ref;

    if (f->kind == DX_FORM_KIND_ATTRIBUTE || f->kind == DX_FORM_KIND_OUTSIDE)
        return NO_TEXT;
    if (f->kind == DX_FORM_KIND_GAP)
        return DX_TEXT_GAPS;
    return f->ref_count == 1 &&
                   dx_form_is_one_term(f->text.len, r->start, r->end, r->overlay)
               ? DX_TEXT_WORDS
               : DX_TEXT_OTHERS;
}

static dx_status order_forms(dx_numbering *n, const dx_word_form *forms,
    const dx_word_form_ref *refs, uint32_t count)
{
    form_key *keys = dx_calloc(count, sizeof *keys);
    uint32_t used = 0;

    n->form_order = dx_calloc(count, sizeof *n->form_order);
    if (!keys || !n->form_order) {
        dx_free(keys);
        return DX_ERR_NOMEM;
    }
    for (uint32_t f = 0; f < count; f++)
        if (n->form_count[f] && f != DX_WORD_FORM_FIELD_END)
            keys[used++] = (form_key){n->form_count[f], forms[f].text, f,
                kind_of(&forms[f], refs)};
    qsort(keys, used, sizeof *keys, compare_forms);
    for (uint32_t i = 0; i < used; i++) {
        n->form_order[i] = keys[i].form;
        if (keys[i].kind == NO_TEXT)
            continue;
        n->text_forms++;
        n->kind_forms[keys[i].kind]++;
    }
    n->used_forms = used;
    dx_free(keys);
    return DX_OK;
}

/* ---- terms ---- */

typedef struct term_key {
    dx_str folded, exact;
    uint32_t term;
    bool in_title;
} term_key;

static int compare_terms(const void *a, const void *b)
{
    const term_key *x = a, *y = b;
    int c = dx_str_cmp(x->folded, y->folded);

    return c ? c : dx_str_cmp(x->exact, y->exact);
}

/* Which terms are used at all, and which in titles: bit 0 and bit 1. */
static void mark_terms(const dx_gathered *g, const dx_numbering *n,
    const dx_word_form *forms, uint8_t *marks)
{
    const dx_word_form_ref *refs = dx_word_forms_refs(g->forms);

    for (uint32_t i = 0; i < n->used_forms; i++) {
        const dx_word_form *f = &forms[n->form_order[i]];
        for (uint32_t r = 0; r < f->ref_count; r++)
            marks[refs[f->first_ref + r].term] |=
                n->title_count[n->form_order[i]] ? 3 : 1;
    }
}

/* Gives the sorted terms numbers from n->exacts on. */
static void number_terms(dx_numbering *n, const term_key *keys, size_t count,
    bool title)
{
    uint32_t *of_term = title ? n->term_title : n->term_exact;
    const term_key *before = NULL;

    for (size_t i = 0; i < count; i++) {
        if (title && !keys[i].in_title)
            continue;
        if (!before || !dx_str_eq(before->folded, keys[i].folded))
            n->folded_first[n->foldeds++] = n->exacts;
        before = &keys[i];
        n->exact_folded[n->exacts] = n->foldeds - 1;
        n->exact_term[n->exacts] = keys[i].term;
        of_term[keys[i].term] = n->exacts++;
    }
    n->folded_first[n->foldeds] = n->exacts;
}

static dx_status sort_terms(const dx_gathered *g, dx_numbering *n,
    const dx_word_form *forms, term_key *keys, uint8_t *marks)
{
    uint32_t terms;
    const dx_word_term *all = dx_word_forms_terms(g->forms, &terms);
    size_t used = 0, titles = 0;

    mark_terms(g, n, forms, marks);
    for (uint32_t t = 0; t < terms; t++) {
        n->term_exact[t] = n->term_title[t] = DX_NUMBER_NONE;
        if (!marks[t])
            continue;
        keys[used++] =
            (term_key){all[t].folded, all[t].exact, t, (marks[t] & 2) != 0};
        titles += (marks[t] & 2) != 0;
    }
    qsort(keys, used, sizeof *keys, compare_terms);
    n->exact_term = dx_calloc(used + titles + 1, sizeof(uint32_t));
    n->exact_folded = dx_calloc(used + titles + 1, sizeof(uint32_t));
    n->folded_first = dx_calloc(used + titles + 1, sizeof(uint32_t));
    if (!n->exact_term || !n->exact_folded || !n->folded_first)
        return DX_ERR_NOMEM;
    number_terms(n, keys, used, true);
    n->title_exacts = n->exacts;
    number_terms(n, keys, used, false);
    return DX_OK;
}

static dx_status order_terms(const dx_gathered *g, dx_numbering *n,
    const dx_word_form *forms)
{
    uint32_t terms;

    dx_word_forms_terms(g->forms, &terms);
    uint8_t *marks = dx_calloc((size_t)terms + 1, 1);
    term_key *keys = dx_calloc((size_t)terms + 1, sizeof *keys);
    n->term_exact = dx_calloc((size_t)terms + 1, sizeof(uint32_t));
    n->term_title = dx_calloc((size_t)terms + 1, sizeof(uint32_t));
    dx_status rc = DX_ERR_NOMEM;
    if (marks && keys && n->term_exact && n->term_title)
        rc = sort_terms(g, n, forms, keys, marks);
    dx_free(marks);
    dx_free(keys);
    return rc;
}

/* ---- loads ---- */

static void number_form(dx_numbering *n, const dx_word_form *form,
    const dx_word_form_ref *refs, uint32_t f)
{
    bool one = form->ref_count == 1 && !refs->overlay;

    if (n->form_count[f] == 0 || form->ref_count == 0) {
        n->form_exact[f] = DX_NUMBER_NONE;
        n->form_folded[f] = f == DX_WORD_FORM_FIELD_END ? DX_NUMBER_NONE
                                                      : DX_NUMBER_SKIP;
    } else {
        n->form_exact[f] = one ? n->term_exact[refs->term] : DX_NUMBER_MANY;
        n->form_folded[f] = one ? n->exact_folded[n->form_exact[f]]
                                : DX_NUMBER_MANY;
    }
}

static dx_status measure(const dx_gathered *g, dx_numbering *n,
    const dx_word_form *forms, uint32_t form_count)
{
    const dx_word_form_ref *refs = dx_word_forms_refs(g->forms);

    n->form_exact = dx_calloc(form_count, sizeof *n->form_exact);
    n->form_folded = dx_calloc(form_count, sizeof *n->form_folded);
    n->exact_load = dx_calloc((size_t)n->exacts + 1, sizeof *n->exact_load);
    n->folded_load = dx_calloc((size_t)n->foldeds + 1, sizeof *n->folded_load);
    if (!n->form_exact || !n->form_folded || !n->exact_load || !n->folded_load)
        return DX_ERR_NOMEM;
    for (uint32_t f = 0; f < form_count; f++) {
        uint64_t weighted =
            n->form_count[f] + (DX_WEIGHT_TITLE - 1) * n->title_count[f];
        const dx_word_form_ref *r = refs + forms[f].first_ref;
        number_form(n, &forms[f], r, f);
        for (uint32_t i = 0; i < forms[f].ref_count && weighted; i++) {
            uint32_t exact = n->term_exact[r[i].term];
            n->exact_load[exact] += weighted;
            if (!r[i].overlay)
                n->folded_load[n->exact_folded[exact]] += n->form_count[f];
            if (n->title_count[f])
                n->exact_load[n->term_title[r[i].term]] += n->title_count[f];
        }
    }
    return DX_OK;
}

dx_status dx_numbering_make(const dx_gathered *g, dx_numbering *n)
{
    uint32_t count;
    const dx_word_form *forms = dx_word_forms_all(g->forms, &count);

    memset(n, 0, sizeof *n);
    n->form_count = dx_calloc(count, sizeof *n->form_count);
    n->title_count = dx_calloc(count, sizeof *n->title_count);
    if (!n->form_count || !n->title_count)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < g->batch_count; i++)
        count_batch(&g->batches[i], n);
    DX_TRY(order_forms(n, forms, dx_word_forms_refs(g->forms), count));
    DX_TRY(order_terms(g, n, forms));
    return measure(g, n, forms, count);
}

void dx_numbering_free(dx_numbering *n)
{
    dx_free(n->form_count);
    dx_free(n->title_count);
    dx_free(n->form_order);
    dx_free(n->form_exact);
    dx_free(n->form_folded);
    dx_free(n->term_exact);
    dx_free(n->term_title);
    dx_free(n->exact_term);
    dx_free(n->exact_folded);
    dx_free(n->folded_first);
    dx_free(n->exact_load);
    dx_free(n->folded_load);
    memset(n, 0, sizeof *n);
}
