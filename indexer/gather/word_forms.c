/* The table of word forms: analyses each new one, once. */
#include "indexer/gather/word_forms.h"

#include <pthread.h>
#include <string.h>

#include "common/base/arena.h"
#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/index/field/attribute.h"
#include "common/text/term.h"

/* Open addressing over ids; the caller compares keys. */
typedef struct slot {
    uint32_t hash;
    uint32_t id; /* + 1; 0 is free */
} slot;

typedef struct id_table {
    slot *slots;
    uint32_t cap, count; /* cap a power of two, at most 2/3 full */
} id_table;

struct dx_word_forms {
    pthread_mutex_t lock;
    dx_names *names;
    dx_arena arena; /* all strings */
    dx_word_form *forms;
    size_t form_count, form_cap;
    dx_word_form_ref *refs;
    size_t ref_count, ref_cap;
    dx_word_term *terms;
    size_t term_count, term_cap;
    id_table form_ids, term_ids;
};

/* ---- hash tables ---- */

static dx_status table_grow(id_table *t)
{
    if (t->count * 3 < t->cap * 2)
        return DX_OK;
    uint32_t cap = t->cap ? t->cap * 2 : 1u << 12;
    slot *slots = dx_calloc(cap, sizeof *slots);
    if (!slots)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < t->cap; i++) {
        uint32_t at = t->slots[i].hash & (cap - 1);
        if (!t->slots[i].id)
            continue;
        while (slots[at].id)
            at = (at + 1) & (cap - 1);
        slots[at] = t->slots[i];
    }
    dx_free(t->slots);
    t->slots = slots;
    t->cap = cap;
    return DX_OK;
}

static bool form_is(const dx_word_forms *t, uint32_t id, dx_str text,
    dx_form_kind kind)
{
    return t->forms[id].kind == kind && dx_str_eq(t->forms[id].text, text);
}

static slot *find_form(const dx_word_forms *t, uint32_t hash, dx_str text,
    dx_form_kind kind)
{
    uint32_t mask = t->form_ids.cap - 1, at = hash & mask;

    for (;; at = (at + 1) & mask) {
        slot *s = &t->form_ids.slots[at];
        if (!s->id || (s->hash == hash && form_is(t, s->id - 1, text, kind)))
            return s;
    }
}

static slot *find_term(const dx_word_forms *t, uint32_t hash,
    const dx_term *term)
{
    uint32_t mask = t->term_ids.cap - 1, at = hash & mask;

    for (;; at = (at + 1) & mask) {
        slot *s = &t->term_ids.slots[at];
        if (!s->id)
            return s;
        const dx_word_term *have = &t->terms[s->id - 1];
        if (s->hash == hash && dx_str_eq(have->exact, term->exact) &&
            dx_str_eq(have->folded, term->folded))
            return s;
    }
}

/* ---- adding ---- */

static dx_status keep(dx_word_forms *t, dx_str s, dx_str *out)
{
    char *copy = dx_arena_strndup(&t->arena, s.ptr, s.len);

    *out = (dx_str){copy, s.len};
    return copy ? DX_OK : DX_ERR_NOMEM;
}

static dx_status intern_term(dx_word_forms *t, const dx_term *term,
    uint32_t *id)
{
    uint32_t hash = (uint32_t)dx_hash64(term->exact.ptr, term->exact.len);

    DX_TRY(table_grow(&t->term_ids));
    slot *s = find_term(t, hash, term);
    if (!s->id) {
        dx_word_term kept;
        if (t->term_count >= DX_WORD_FORMS_MAX)
            return DX_ERR_LIMIT;
        DX_TRY(keep(t, term->exact, &kept.exact));
        kept.folded = kept.exact;
        if (!dx_str_eq(term->exact, term->folded))
            DX_TRY(keep(t, term->folded, &kept.folded));
        void *p = t->terms;
        if (dx_grow(&p, &t->term_cap, t->term_count + 1, sizeof *t->terms))
            return DX_ERR_NOMEM;
        t->terms = p;
        t->terms[t->term_count++] = kept;
        t->term_ids.count++;
        *s = (slot){hash, (uint32_t)t->term_count};
    }
    *id = s->id - 1;
    return DX_OK;
}

static dx_status add_refs(dx_word_forms *t, const dx_term *terms, size_t count,
    dx_word_form *form)
{
    void *p = t->refs;

    if (dx_grow(&p, &t->ref_cap, t->ref_count + count + 1, sizeof *t->refs))
        return DX_ERR_NOMEM;
    t->refs = p;
    form->first_ref = (uint32_t)t->ref_count;
    for (size_t i = 0; i < count; i++) {
        dx_word_form_ref *r = &t->refs[t->ref_count];
        *r = (dx_word_form_ref){0, terms[i].pos, terms[i].start, terms[i].end,
            terms[i].overlay};
        DX_TRY(intern_term(t, &terms[i], &r->term));
        t->ref_count++;
        form->ref_count++;
        form->running += !terms[i].overlay;
    }
    return DX_OK;
}

static dx_status add_form(dx_word_forms *t, slot *s, uint32_t hash,
    dx_word_form form, const dx_term *terms, size_t count)
{
    void *p = t->forms;

    if (t->form_count >= DX_WORD_FORMS_MAX)
        return DX_ERR_LIMIT;
    if (dx_grow(&p, &t->form_cap, t->form_count + 1, sizeof form))
        return DX_ERR_NOMEM;
    t->forms = p;
    DX_TRY(keep(t, form.text, &form.text));
    DX_TRY(add_refs(t, terms, count, &form));
    t->forms[t->form_count++] = form;
    t->form_ids.count++;
    *s = (slot){hash, (uint32_t)t->form_count};
    return DX_OK;
}

/* A form with its terms, before it is in the table. */
typedef struct analysed {
    dx_word_form form;
    const dx_term *terms;
    size_t count;
    dx_term only;  /* of an attribute or a marked word */
    dx_buf folded; /* of an attribute its folded key */
} analysed;

static void note_agency(void *ctx, dx_name_kind kind, size_t number)
{
    uint32_t *agencies = ctx;

    if (kind == DX_NAME_AGENCY)
        *agencies |= 1u << number;
}

/* The agencies named in a source, an author or another maker, as bits. */
static dx_status attribute_facts(const dx_names *names, dx_analyzer *a,
    dx_field field, dx_str value, uint32_t *facts)
{
    *facts = 0;
    return dx_fields[field].kind == DX_KIND_MAKER
               ? dx_names_find_in(names, a, value, note_agency, facts)
               : DX_OK;
}

static dx_status analyse_attribute(const dx_word_forms *t,
    dx_analyzer *analyzer, analysed *made)
{
    dx_str key = made->form.text;
    dx_field field = dx_attribute_field(key);
    dx_str value = dx_attribute_value(key);

    DX_TRY(attribute_facts(t->names, analyzer, field, value,
        &made->form.facts));
    DX_TRY(dx_attribute_fold(analyzer, field, value, &made->folded));
    made->only = (dx_term){.exact = key,
        .folded = {(const char *)made->folded.data, made->folded.len},
        .overlay = true};
    made->terms = &made->only;
    made->count = made->folded.len > DX_ATTRIBUTE_PREFIX_BYTES;
    return DX_OK;
}

/* Its text is the mark and the exact form, then the mark and the folded one. */
static void analyse_outside(analysed *made)
{
    dx_str text = made->form.text;
    const char *folded = memchr(text.ptr + 1, *text.ptr, text.len - 1);
    size_t exact_bytes = (size_t)(folded - text.ptr);

    made->only = (dx_term){.exact = {text.ptr, exact_bytes},
        .folded = {folded, text.len - exact_bytes}, .overlay = true};
    made->terms = &made->only;
    made->count = 1;
}

static dx_status analyse(const dx_word_forms *t, dx_analyzer *analyzer,
    analysed *made)
{
    dx_str text = made->form.text;

    switch ((dx_form_kind)made->form.kind) {
    case DX_FORM_KIND_WORD:
        DX_TRY(dx_analyzer_word(analyzer, text, &made->terms, &made->count));
        made->form.facts =
            dx_names_word(t->names, text, made->terms, made->count);
        break;
    case DX_FORM_KIND_GAP:
        made->form.facts = dx_names_gap(text);
        break;
    case DX_FORM_KIND_ATTRIBUTE:
        return analyse_attribute(t, analyzer, made);
    case DX_FORM_KIND_OUTSIDE:
        analyse_outside(made);
        break;
    case DX_FORM_KIND_FIELD_END:
        break;
    }
    return DX_OK;
}

dx_status dx_word_forms_intern(dx_word_forms *t, dx_analyzer *analyzer,
    dx_str text, dx_form_kind kind, uint32_t *form, dx_word_form *out)
{
    uint32_t hash = (uint32_t)(dx_hash64(text.ptr, text.len) >> 32) + kind;
    analysed made = {.form = {.text = text, .kind = (uint8_t)kind}};

    /* Before the lock: another thread may do the same work at the same time,
     * which is rarer than waiting would be. */
    dx_buf_init(&made.folded, 2 * DX_ATTRIBUTE_KEY_MAX_BYTES);
    dx_status rc = analyse(t, analyzer, &made);
    pthread_mutex_lock(&t->lock);
    if (rc == DX_OK)
        rc = table_grow(&t->form_ids);
    if (rc == DX_OK) {
        slot *s = find_form(t, hash, text, kind);
        if (!s->id)
            rc = add_form(t, s, hash, made.form, made.terms, made.count);
        if (rc == DX_OK) {
            *form = s->id - 1;
            *out = t->forms[*form];
        }
    }
    pthread_mutex_unlock(&t->lock);
    dx_buf_free(&made.folded);
    return rc;
}

dx_status dx_word_forms_outside(dx_word_forms *t, uint32_t term, char mark,
    uint32_t *form)
{
    char text[2 * (DX_TERM_MAX_BYTES + 1)];
    dx_word_form made;

    pthread_mutex_lock(&t->lock);
    dx_word_term of = t->terms[term];
    pthread_mutex_unlock(&t->lock);
    text[0] = text[of.exact.len + 1] = mark;
    memcpy(text + 1, of.exact.ptr, of.exact.len);
    memcpy(text + of.exact.len + 2, of.folded.ptr, of.folded.len);
    return dx_word_forms_intern(t, NULL,
        (dx_str){text, of.exact.len + of.folded.len + 2}, DX_FORM_KIND_OUTSIDE,
        form, &made);
}

/* The folded form of a term is numbered as if it were a term, which no text need
 * have. */
static dx_status spellings_of(dx_word_forms *t, const dx_word_form *form,
    dx_spelling *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t term = t->refs[form->first_ref + i].term;
        dx_str folded = t->terms[term].folded;
        dx_term alone = {.exact = folded, .folded = folded};
        out[i].term = term;
        DX_TRY(intern_term(t, &alone, &out[i].folded));
    }
    return DX_OK;
}

dx_status dx_word_forms_spellings(dx_word_forms *t, uint32_t form,
    dx_spelling out[DX_WORD_MAX_TERMS], size_t *count)
{
    pthread_mutex_lock(&t->lock);
    size_t terms = t->forms[form].ref_count;
    *count = terms < DX_WORD_MAX_TERMS ? terms : DX_WORD_MAX_TERMS;
    dx_status rc = spellings_of(t, &t->forms[form], out, *count);
    pthread_mutex_unlock(&t->lock);
    return rc;
}

dx_str dx_word_forms_text(dx_word_forms *t, uint32_t form)
{
    pthread_mutex_lock(&t->lock);
    dx_str text = t->forms[form].text;
    pthread_mutex_unlock(&t->lock);
    return text;
}

/* ---- the table ---- */

dx_word_forms *dx_word_forms_new(void)
{
    dx_word_forms *t = dx_calloc(1, sizeof *t);
    uint32_t field_end;
    dx_word_form form;

    if (!t)
        return NULL;
    pthread_mutex_init(&t->lock, NULL);
    if (dx_names_new(&t->names) != DX_OK ||
        dx_word_forms_intern(t, NULL, (dx_str){"", 0}, DX_FORM_KIND_FIELD_END,
            &field_end, &form) != DX_OK) {
        dx_word_forms_free(t);
        return NULL;
    }
    return t;
}

void dx_word_forms_free(dx_word_forms *t)
{
    if (!t)
        return;
    pthread_mutex_destroy(&t->lock);
    dx_names_free(t->names);
    dx_arena_free(&t->arena);
    dx_free(t->forms);
    dx_free(t->refs);
    dx_free(t->terms);
    dx_free(t->form_ids.slots);
    dx_free(t->term_ids.slots);
    dx_free(t);
}

size_t dx_word_forms_bytes(dx_word_forms *t)
{
    pthread_mutex_lock(&t->lock);
    size_t bytes = t->arena.total_bytes + t->form_cap * sizeof *t->forms +
                   t->ref_cap * sizeof *t->refs +
                   t->term_cap * sizeof *t->terms +
                   ((size_t)t->form_ids.cap + t->term_ids.cap) * sizeof(slot);
    pthread_mutex_unlock(&t->lock);
    return bytes;
}

bool dx_word_forms_nearly_full(dx_word_forms *t)
{
    pthread_mutex_lock(&t->lock);
    bool full = t->form_count > DX_WORD_FORMS_MAX / 4 * 3 ||
                t->term_count > DX_WORD_FORMS_MAX / 4 * 3;
    pthread_mutex_unlock(&t->lock);
    return full;
}

const dx_names *dx_word_forms_names(const dx_word_forms *t) { return t->names; }

const dx_word_form *dx_word_forms_all(const dx_word_forms *t, uint32_t *count)
{
    *count = (uint32_t)t->form_count;
    return t->forms;
}

const dx_word_form_ref *dx_word_forms_refs(const dx_word_forms *t)
{
    return t->refs;
}

const dx_word_term *dx_word_forms_terms(const dx_word_forms *t, uint32_t *count)
{
    *count = (uint32_t)t->term_count;
    return t->terms;
}
