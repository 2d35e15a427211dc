/* Finds equal forms by their strings, counts them, gives them merged terms. */
#include "indexer/invert/merging/forms.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/form_table.h"
#include "common/text/term.h"
#include "indexer/gather/word_forms.h"
#include "indexer/invert/merging/text.h"
#include "indexer/invert/stop.h"

#define TABLE_MIN 1024u

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

/* ---- equal ones ---- */

static size_t slot_of(const dx_merge_forms *f, dx_str string, bool is_gap)
{
    size_t mask = f->table_size - 1;
    size_t at = (size_t)dx_hash64(string.ptr, string.len) & mask;

    for (; f->table[at]; at = (at + 1) & mask)
        if ((meaning_of(f, f->table[at]) == DX_FORM_GAP) == is_gap &&
            dx_str_eq(string_of(f, f->table[at]), string))
            break;
    return at;
}

static dx_status grow_table(dx_merge_forms *f)
{
    if (f->count * 2 < f->table_size)
        return DX_OK;
    dx_free(f->table);
    f->table_size = f->table_size ? f->table_size * 2 : TABLE_MIN;
    f->table = dx_calloc(f->table_size, sizeof *f->table);
    if (!f->table)
        return DX_ERR_NOMEM;
    for (uint32_t i = 1; i < f->count; i++)
        f->table[slot_of(f, string_of(f, i),
            meaning_of(f, i) == DX_FORM_GAP)] = i;
    return DX_OK;
}

static dx_status add(dx_merge_forms *f, uint32_t source, uint32_t form,
    uint64_t count, uint32_t *merged)
{
    const dx_form_table *forms = dx_segment_forms(f->m->at[source].s);
    dx_str string = dx_form_string(forms, form);
    void *at = f->at;

    if (!string.ptr)
        return DX_ERR_CORRUPT;
    DX_TRY(grow_table(f));
    size_t slot = slot_of(f, string, dx_form_meaning(forms, form) == DX_FORM_GAP);
    if (!f->table[slot]) {
        size_t cap = f->cap;
        if (f->count >= UINT32_MAX)
            return DX_ERR_LIMIT;
        if (dx_grow(&at, &cap, f->count + 1, sizeof *f->at) != 0)
            return DX_ERR_NOMEM;
        f->at = at;
        void *counts = f->counts;
        if (dx_grow(&counts, &f->cap, f->count + 1, sizeof *f->counts) != 0)
            return DX_ERR_NOMEM;
        f->counts = counts;
        f->at[f->count] = (dx_merge_form){source, form};
        f->counts[f->count] = 0;
        f->table[slot] = (uint32_t)f->count++;
    }
    *merged = f->table[slot];
    f->counts[*merged] += count;
    return DX_OK;
}

/* ---- counting ---- */

static dx_status count_texts(const dx_merge_source *s, uint64_t *counts,
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
        for (size_t i = 0; rc == DX_OK && i < text.count; i++)
            if (text.forms[i] != DX_MERGE_FIELD_END)
                counts[text.forms[i]]++;
        dx_work_add(work, 1);
    }
    dx_merge_text_free(&text);
    return rc;
}

static dx_status find_in_source(dx_merge_forms *f, uint32_t source,
    const atomic_bool *stop)
{
    const dx_merge_source *s = &f->m->at[source];
    uint32_t forms = dx_segment_forms(s->s)->count;
    uint64_t *counts = dx_calloc((size_t)forms + 1, sizeof *counts);
    uint32_t *to = f->to[source] =
        dx_calloc((size_t)forms + 1, sizeof **f->to);
    dx_status rc = counts && to ? count_texts(s, counts, f->m->work, stop) : DX_ERR_NOMEM;

    for (uint32_t i = 0; i < forms && rc == DX_OK; i++)
        if (counts[i])
            rc = add(f, source, i, counts[i], &to[i]);
    dx_free(counts);
    return rc;
}

dx_status dx_merge_forms_find(dx_merge_forms *f, const dx_merge_sources *m,
    const atomic_bool *stop)
{
    *f = (dx_merge_forms){.m = m, .count = 1, .cap = 1};
    f->to = dx_calloc(m->count, sizeof *f->to);
    f->at = dx_calloc(1, sizeof *f->at);
    f->counts = dx_calloc(1, sizeof *f->counts);
    if (!f->to || !f->at || !f->counts)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < m->count; i++)
        DX_TRY(find_in_source(f, i, stop));
    return DX_OK;
}

void dx_merge_forms_free(dx_merge_forms *f)
{
    for (size_t i = 0; f->to && i < f->m->count; i++)
        dx_free(f->to[i]);
    dx_free(f->to);
    dx_free(f->at);
    dx_free(f->counts);
    dx_free(f->table);
    *f = (dx_merge_forms){.count = 0};
}

/* ---- order ---- */

static dx_text_kind kind_of(uint32_t meaning)
{
    return meaning < DX_FORM_EXTRA    ? DX_TEXT_WORDS
           : meaning == DX_FORM_GAP ? DX_TEXT_GAPS
                                      : DX_TEXT_OTHERS;
}

typedef struct form_key {
    uint64_t count;
    dx_str text;
    uint32_t form;
    unsigned kind;
} form_key;

/* As in numbering.c: the same articles give the same code. */
static int compare_forms(const void *a, const void *b)
{
    const form_key *x = a, *y = b;

    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return dx_str_cmp(x->text, y->text);
}

static bool merged_exact(const dx_merge_forms *f, uint32_t merged,
    uint32_t exact, uint32_t *to)
{
    const dx_merge_source *s = &f->m->at[f->at[merged].source];

    if (exact >= dx_segment_exact_count(s->s))
        return false;
    *to = s->exact_to[exact];
    return *to != DX_MERGE_GONE;
}

static dx_status number(const dx_merge_forms *f, dx_numbering *n,
    form_key *keys)
{
    uint32_t count = (uint32_t)f->count - 1;

    for (uint32_t i = 1; i <= count; i++) {
        uint32_t meaning = meaning_of(f, i);
        unsigned kind = kind_of(meaning);
        keys[i - 1] = (form_key){f->counts[i], string_of(f, i), i, kind};
        n->kind_forms[kind]++;
        n->form_count[i] = f->counts[i];
        if (kind == DX_TEXT_WORDS &&
            !merged_exact(f, i, meaning, &n->form_exact[i]))
            return DX_ERR_CORRUPT;
    }
    if (count > 0)
        qsort(keys, count, sizeof *keys, compare_forms);
    for (uint32_t i = 0; i < count; i++)
        n->form_order[i] = keys[i].form;
    n->text_forms = n->used_forms = count;
    return DX_OK;
}

dx_status dx_merge_forms_number(const dx_merge_forms *f, dx_numbering *n)
{
    form_key *keys = dx_calloc(f->count, sizeof *keys);
    dx_status rc = DX_ERR_NOMEM;

    memset(n, 0, sizeof *n);
    n->form_count = dx_calloc(f->count, sizeof *n->form_count);
    n->form_order = dx_calloc(f->count, sizeof *n->form_order);
    n->form_exact = dx_calloc(f->count, sizeof *n->form_exact);
    if (keys && n->form_count && n->form_order && n->form_exact)
        rc = number(f, n, keys);
    dx_free(keys);
    return rc;
}

/* ---- the table ---- */

static dx_status put_form(const dx_merge_forms *f, const dx_numbering *n,
    uint32_t merged, dx_segment_writer *w)
{
    dx_form_term terms[DX_WORD_MAX_TERMS];
    uint32_t meaning = meaning_of(f, merged), count = 0;
    dx_str text = string_of(f, merged);
    const uint8_t *extras;

    switch (kind_of(meaning)) {
    case DX_TEXT_WORDS:
        terms[count++] = (dx_form_term){n->form_exact[merged], 0, 0,
            (uint16_t)text.len, false};
        break;
    case DX_TEXT_OTHERS:
        count = dx_form_extras(table_of(f, merged), meaning - DX_FORM_EXTRA,
            &extras);
        if (count > DX_WORD_MAX_TERMS)
            return DX_ERR_CORRUPT;
        for (uint32_t i = 0; i < count; i++) {
            terms[i] = dx_form_extra(extras, i);
            if (!merged_exact(f, merged, terms[i].exact_id, &terms[i].exact_id))
                return DX_ERR_CORRUPT;
        }
        break;
    case DX_TEXT_GAPS:
    case DX_TEXT_KINDS:
        break;
    }
    dx_segment_writer_form(w, text,
        meaning == DX_FORM_GAP ? DX_FORM_KIND_GAP : DX_FORM_KIND_WORD, terms,
        count);
    return DX_OK;
}

dx_status dx_merge_forms_put(const dx_merge_forms *f, const dx_numbering *n,
    dx_segment_writer *w)
{
    for (uint32_t i = 0; i < n->text_forms; i++)
        DX_TRY(put_form(f, n, n->form_order[i], w));
    return DX_OK;
}
