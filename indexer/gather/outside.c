/* Finds the words of title and lead that are not in the body. */
#include "indexer/gather/outside.h"

#include <string.h>

#include "common/base/mem.h"
#include "common/index/segment/dictionary.h"
#include "indexer/gather/form_stream.h"

/* Nearly every form has one term, which is kept here: its numbers + 1, so that a gap,
 * which has none, leaves its mark at number 0 and needs no branch. */
typedef struct dx_outside_form {
    uint32_t term, folded; /* or SEVERAL, and where these begin in `spellings`:
                              first how many they are, as a term */
} dx_outside_form;

#define SEVERAL UINT32_MAX

typedef struct dx_outside_term {
    uint32_t seen, folded_seen; /* the last document whose body had it, or any
                                   spelling of it */
    uint32_t outside, outside_spelt; /* its marked forms; 0 as long as unknown */
} dx_outside_term;

void dx_outside_finder_init(dx_outside_finder *f, dx_word_forms *table)
{
    *f = (dx_outside_finder){.table = table};
}

void dx_outside_finder_free(dx_outside_finder *f)
{
    dx_free(f->forms);
    dx_free(f->spellings);
    dx_free(f->terms);
    dx_free(f->found);
}

/* ---- learning ---- */

static dx_status terms_room(dx_outside_finder *f, uint32_t term)
{
    void *p = f->terms;

    if (dx_grow_zeroed(&p, &f->terms_cap, (size_t)term + 1,
            sizeof *f->terms) != 0)
        return DX_ERR_NOMEM;
    f->terms = p;
    return DX_OK;
}

static dx_status forms_room(dx_outside_finder *f, uint32_t form)
{
    void *p = f->forms;

    if (dx_grow_zeroed(&p, &f->forms_cap, (size_t)form + 1,
            sizeof *f->forms) != 0)
        return DX_ERR_NOMEM;
    f->forms = p;
    return DX_OK;
}

/* Keeps the terms of a form that does not have one, behind their count. */
static dx_status keep_several(dx_outside_finder *f, const dx_spelling *made,
    size_t count, dx_outside_form *form)
{
    void *p = f->spellings;

    if (dx_grow(&p, &f->spellings_cap, f->spelling_count + count + 1,
            sizeof *f->spellings) != 0)
        return DX_ERR_NOMEM;
    f->spellings = p;
    *form = (dx_outside_form){SEVERAL, (uint32_t)f->spelling_count};
    f->spellings[f->spelling_count++] = (dx_spelling){(uint32_t)count, 0};
    memcpy(f->spellings + f->spelling_count, made, count * sizeof *made);
    f->spelling_count += count;
    return DX_OK;
}

dx_status dx_outside_finder_learn(dx_outside_finder *f, uint32_t form)
{
    dx_spelling made[DX_WORD_MAX_TERMS];
    size_t count;

    DX_TRY(dx_word_forms_spellings(f->table, form, made, &count));
    for (size_t i = 0; i < count; i++) {
        made[i] = (dx_spelling){made[i].term + 1, made[i].folded + 1};
        DX_TRY(terms_room(f, made[i].term));
        DX_TRY(terms_room(f, made[i].folded));
    }
    DX_TRY(forms_room(f, form));
    if (count > 1)
        return keep_several(f, made, count, &f->forms[form]);
    if (count == 1)
        f->forms[form] = (dx_outside_form){made->term, made->folded};
    return DX_OK;
}

/* ---- a document ---- */

/* The terms of a form: `one` is room for the only one. */
static const dx_spelling *terms_of(const dx_outside_finder *f, uint32_t form,
    dx_spelling *one, uint32_t *count)
{
    const dx_outside_form *of = &f->forms[form];

    if (of->term == SEVERAL) {
        *count = f->spellings[of->folded].term;
        return f->spellings + of->folded + 1;
    }
    *one = (dx_spelling){of->term, of->folded};
    *count = of->term != 0;
    return one;
}

static void see_several(const dx_outside_finder *f, uint32_t form)
{
    dx_spelling one;
    uint32_t count;
    const dx_spelling *s = terms_of(f, form, &one, &count);

    for (uint32_t i = 0; i < count; i++) {
        f->terms[s[i].term].seen = f->doc;
        f->terms[s[i].folded].folded_seen = f->doc;
    }
}

static void see_body(const dx_outside_finder *f, const uint16_t *at,
    const uint16_t *end)
{
    const dx_outside_form *forms = f->forms;
    dx_outside_term *terms = f->terms;
    uint32_t doc = f->doc;

    while (at < end) {
        uint32_t form = dx_form_stream_next(&at);
        dx_outside_form of = forms[form];
        if (of.term == SEVERAL) {
            see_several(f, form);
            continue;
        }
        terms[of.term].seen = doc;
        terms[of.folded].folded_seen = doc;
    }
}

static dx_status put(dx_outside_finder *f, const dx_spelling *s)
{
    dx_outside_term *term = &f->terms[s->term];
    bool spelt = f->terms[s->folded].folded_seen == f->doc;
    uint32_t *form = spelt ? &term->outside_spelt : &term->outside;
    void *p = f->found;

    if (term->seen == f->doc)
        return DX_OK;
    term->seen = f->doc; /* or found before */
    if (*form == 0)
        DX_TRY(dx_word_forms_outside(f->table, s->term - 1,
            spelt ? DX_OUTSIDE_SPELT_MARK : DX_OUTSIDE_MARK, form));
    if (dx_grow(&p, &f->found_cap, f->found_count + 1, sizeof *f->found) != 0)
        return DX_ERR_NOMEM;
    f->found = p;
    f->found[f->found_count++] = *form;
    return DX_OK;
}

/* Where the body begins: behind the ends of two fields. */
static const uint16_t *body_of(const uint16_t *at)
{
    for (unsigned ends = 0; ends < 2;)
        ends += dx_form_stream_next(&at) == DX_WORD_FORM_FIELD_END;
    return at;
}

dx_status dx_outside_finder_find(dx_outside_finder *f, const uint16_t *at,
    const uint16_t *end)
{
    const uint16_t *body = body_of(at);

    f->doc++;
    f->found_count = 0;
    DX_TRY(forms_room(f, DX_WORD_FORM_FIELD_END));
    DX_TRY(terms_room(f, 0));
    see_body(f, body, end);
    while (at < body) {
        dx_spelling one;
        uint32_t count;
        const dx_spelling *s =
            terms_of(f, dx_form_stream_next(&at), &one, &count);
        for (uint32_t i = 0; i < count; i++)
            DX_TRY(put(f, &s[i]));
    }
    return DX_OK;
}
