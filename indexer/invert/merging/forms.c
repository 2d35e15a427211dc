/* Counts forms, finds those of the same word and string, gives them merged terms. */
#include "indexer/invert/merging/forms.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/base/stop.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/form_table.h"
#include "common/text/term.h"
#include "indexer/gather/word_forms.h"
#include "indexer/invert/merging/text.h"

static const dx_form_table *table_of(const dx_merge_forms *f, uint32_t merged)
{
    return dx_segment_forms(f->m->at[f->at[merged].source].s);
}

static dx_str string_of(const dx_merge_forms *f, uint32_t merged)
{
    return dx_form_string(table_of(f, merged), f->at[merged].form);
}

static uint32_t meaning_of(const dx_merge_forms *f, uint32_t merged)
{
    return dx_form_meaning(table_of(f, merged), f->at[merged].form);
}

/* ---- counting ---- */

static dx_status count_text(const dx_merge_text *text, uint32_t *counts)
{
    for (size_t i = 0; i < text->count; i++) {
        uint32_t form = text->forms[i];
        if (form != DX_MERGE_FIELD_END && counts[form] < UINT32_MAX)
            counts[form]++;
    }
    return DX_OK;
}

static dx_status count_source(const dx_merge_source *s, uint32_t *counts,
    dx_work *work, const atomic_bool *stop)
{
    uint32_t docs = dx_segment_docs(s->s);
    dx_merge_text text = {.count = 0};
    dx_status rc = DX_OK;

    for (uint32_t doc = 0; doc < docs && rc == DX_OK; doc++) {
        if (dx_merge_doc(s, doc) == DX_MERGE_GONE)
            continue;
        rc = dx_stop_is_asked(stop) ? DX_ERR_INTERRUPTED
                                    : dx_merge_text_read(&text, s->s, doc);
        if (rc == DX_OK)
            rc = count_text(&text, counts);
        dx_work_add(work, 1);
    }
    dx_merge_text_free(&text);
    return rc;
}

dx_status dx_merge_forms_count(dx_merge_forms *f, const dx_merge_sources *m,
    const atomic_bool *stop)
{
    *f = (dx_merge_forms){.m = m, .to = dx_calloc(m->count, sizeof *f->to)};
    if (!f->to)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < m->count; i++) {
        size_t forms = dx_segment_forms(m->at[i].s)->count;
        f->to[i] = dx_calloc(forms + 1, sizeof **f->to);
        if (!f->to[i])
            return DX_ERR_NOMEM;
        DX_TRY(count_source(&m->at[i], f->to[i], m->work, stop));
    }
    return DX_OK;
}

void dx_merge_forms_free(dx_merge_forms *f)
{
    for (size_t i = 0; f->to && i < f->m->count; i++)
        dx_free(f->to[i]);
    dx_free(f->to);
    dx_free(f->at);
    *f = (dx_merge_forms){.count = 0};
}

/* ---- equal ones ---- */

typedef struct matching {
    dx_merge_forms *f;
    dx_numbering *n; /* whose counts grow with f->at */
    size_t count_cap;
    uint32_t buckets;
    uint32_t *first; /* owned: the first merged form in each bucket, or 0 */
    uint32_t *next;  /* owned: the one after each, or 0 */
    size_t next_cap;
} matching;

static bool merged_exact(const dx_merge_source *s, uint32_t exact, uint32_t *to)
{
    if (exact >= dx_segment_exact_count(s->s))
        return false;
    *to = s->exact_to[exact];
    return *to != DX_MERGE_GONE;
}

/* The merged number of the form's word, the first one if it has several. Equal forms
 * are in the same bucket. */
static dx_status bucket_of(const matching *a, uint32_t source, uint32_t form,
    dx_str string, uint32_t *bucket)
{
    const dx_merge_source *s = &a->f->m->at[source];
    const dx_form_table *forms = dx_segment_forms(s->s);
    uint32_t exact = dx_form_meaning(forms, form);
    const uint8_t *extras;

    *bucket = 0;
    if (exact == DX_FORM_GAP) {
        *bucket = (uint32_t)(dx_hash64(string.ptr, string.len) % a->buckets);
        return DX_OK;
    }
    if (exact >= DX_FORM_EXTRA) {
        if (dx_form_extras(forms, exact - DX_FORM_EXTRA, &extras) == 0)
            return DX_OK;
        exact = dx_form_extra(extras, 0).exact_id;
    }
    return merged_exact(s, exact, bucket) ? DX_OK : DX_ERR_CORRUPT;
}

static dx_status grow(void *array, size_t *cap, size_t need, size_t size)
{
    void **p = array, *grown = *p;

    if (dx_grow(&grown, cap, need, size) != 0)
        return DX_ERR_NOMEM;
    *p = grown;
    return DX_OK;
}

static dx_status add(matching *a, dx_merge_form form, uint32_t bucket)
{
    dx_merge_forms *f = a->f;
    size_t need = (size_t)f->count + 1;

    if (f->count == UINT32_MAX)
        return DX_ERR_LIMIT;
    DX_TRY(grow(&f->at, &f->cap, need, sizeof *f->at));
    DX_TRY(grow(&a->next, &a->next_cap, need, sizeof *a->next));
    DX_TRY(grow(&a->n->form_count, &a->count_cap, need,
        sizeof *a->n->form_count));
    f->at[f->count] = form;
    a->n->form_count[f->count] = 0;
    a->next[f->count] = a->first[bucket];
    a->first[bucket] = f->count++;
    return DX_OK;
}

static dx_status match(matching *a, uint32_t source, uint32_t form,
    uint32_t *merged)
{
    const dx_merge_forms *f = a->f;
    const dx_form_table *forms = dx_segment_forms(f->m->at[source].s);
    bool is_gap = dx_form_meaning(forms, form) == DX_FORM_GAP;
    dx_str string = dx_form_string(forms, form);
    uint32_t bucket;

    if (!string.ptr)
        return DX_ERR_CORRUPT;
    DX_TRY(bucket_of(a, source, form, string, &bucket));
    uint32_t at = a->first[bucket];
    while (at && !(dx_str_eq(string_of(f, at), string) &&
                     (meaning_of(f, at) == DX_FORM_GAP) == is_gap))
        at = a->next[at];
    if (!at) {
        at = f->count;
        DX_TRY(add(a, (dx_merge_form){source, form}, bucket));
    }
    *merged = at;
    return DX_OK;
}

static dx_status match_all(matching *a)
{
    const dx_merge_forms *f = a->f;

    /* Number 0 is none. It is in no bucket, for there 0 is the end. */
    DX_TRY(add(a, (dx_merge_form){0, 0}, 0));
    a->first[0] = 0;
    for (uint32_t i = 0; i < f->m->count; i++) {
        uint32_t *to = f->to[i];
        for (uint32_t k = 0; k < dx_segment_forms(f->m->at[i].s)->count; k++) {
            uint32_t count = to[k];
            if (count == 0)
                continue;
            DX_TRY(match(a, i, k, &to[k]));
            a->n->form_count[to[k]] += count;
        }
    }
    return DX_OK;
}

static dx_status match_forms(dx_merge_forms *f, dx_numbering *n)
{
    matching a = {.f = f, .n = n, .buckets = f->m->exacts + 1};

    a.first = dx_calloc(a.buckets, sizeof *a.first);
    dx_status rc = a.first ? match_all(&a) : DX_ERR_NOMEM;
    dx_free(a.first);
    dx_free(a.next);
    return rc;
}

/* ---- order ---- */

static dx_text_kind kind_of(uint32_t meaning)
{
    return meaning < DX_FORM_EXTRA    ? DX_TEXT_WORDS
           : meaning == DX_FORM_GAP ? DX_TEXT_GAPS
                                      : DX_TEXT_OTHERS;
}

typedef struct order {
    const dx_merge_forms *f;
    const uint64_t *counts;
} order;

/* As in numbering.c: the same articles give the same code. */
static int compare_forms(const void *a, const void *b, void *ctx)
{
    const order *o = ctx;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    if (o->counts[x] != o->counts[y])
        return o->counts[x] > o->counts[y] ? -1 : 1;
    return dx_str_cmp(string_of(o->f, x), string_of(o->f, y));
}

/* Kind by kind, each by falling count. */
static dx_status order_forms(const dx_merge_forms *f, dx_numbering *n)
{
    order o = {f, n->form_count};
    uint32_t used = 0;

    for (unsigned kind = 0; kind < DX_TEXT_KINDS; kind++) {
        uint32_t *first = n->form_order + used;
        for (uint32_t i = 1; i < f->count; i++)
            if (kind_of(meaning_of(f, i)) == kind)
                n->form_order[used++] = i;
        n->kind_forms[kind] = (uint32_t)(n->form_order + used - first);
        qsort_r(first, n->kind_forms[kind], sizeof *first, compare_forms, &o);
    }
    n->text_forms = n->used_forms = used;
    return DX_OK;
}

static dx_status find_exacts(const dx_merge_forms *f, dx_numbering *n)
{
    for (uint32_t i = 0; i < n->kind_forms[DX_TEXT_WORDS]; i++) {
        uint32_t form = n->form_order[i];
        const dx_merge_source *s = &f->m->at[f->at[form].source];
        if (!merged_exact(s, meaning_of(f, form), &n->form_exact[form]))
            return DX_ERR_CORRUPT;
    }
    return DX_OK;
}

dx_status dx_merge_forms_number(dx_merge_forms *f, dx_numbering *n)
{
    memset(n, 0, sizeof *n);
    DX_TRY(match_forms(f, n));
    n->form_order = dx_calloc(f->count, sizeof *n->form_order);
    n->form_exact = dx_calloc(f->count, sizeof *n->form_exact);
    if (!n->form_order || !n->form_exact)
        return DX_ERR_NOMEM;
    DX_TRY(order_forms(f, n));
    return find_exacts(f, n);
}

/* ---- the table ---- */

typedef struct table {
    const dx_merge_forms *f;
    const dx_numbering *n;
    dx_form_term terms[DX_WORD_MAX_TERMS]; /* of the form that was read last */
} table;

static dx_status take_extras(table *t, uint32_t merged, dx_form_entry *out)
{
    const dx_merge_forms *f = t->f;
    const dx_merge_source *s = &f->m->at[f->at[merged].source];
    const uint8_t *extras;

    out->count = dx_form_extras(table_of(f, merged),
        meaning_of(f, merged) - DX_FORM_EXTRA, &extras);
    if (out->count > DX_WORD_MAX_TERMS)
        return DX_ERR_CORRUPT;
    for (uint32_t i = 0; i < out->count; i++) {
        t->terms[i] = dx_form_extra(extras, i);
        if (!merged_exact(s, t->terms[i].exact_id, &t->terms[i].exact_id))
            return DX_ERR_CORRUPT;
    }
    return DX_OK;
}

static dx_status get_form(void *ctx, uint32_t i, dx_form_entry *out)
{
    table *t = ctx;
    uint32_t merged = t->n->form_order[i];

    *out = (dx_form_entry){.text = string_of(t->f, merged), .terms = t->terms,
        .kind = DX_FORM_KIND_WORD};
    switch (kind_of(meaning_of(t->f, merged))) {
    case DX_TEXT_WORDS:
        t->terms[0] = (dx_form_term){t->n->form_exact[merged], 0, 0,
            (uint16_t)out->text.len, false};
        out->count = 1;
        break;
    case DX_TEXT_OTHERS:
        return take_extras(t, merged, out);
    case DX_TEXT_GAPS:
        out->kind = DX_FORM_KIND_GAP;
        break;
    case DX_TEXT_KINDS:
        break;
    }
    return DX_OK;
}

void dx_merge_forms_put(dx_merge_forms *f, const dx_numbering *n,
    dx_segment_writer *w)
{
    table t = {.f = f, .n = n};

    dx_segment_writer_forms(w,
        &(dx_form_source){&t, n->text_forms, get_form});
    dx_free(f->at);
    f->at = NULL;
}
