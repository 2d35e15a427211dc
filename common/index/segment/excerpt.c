/* The lengths of the forms tell where words stand, so strings are read only
 * within the part to be shown. They lie all over a table that a process must
 * map first. */
#include "common/index/segment/excerpt.h"

#include <string.h>

#include "common/index/codec/text_code.h"
#include "common/index/segment/form_table.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/segment_internal.h"

typedef struct walk {
    const dx_segment *s;
    dx_text coded;
    dx_text_place place;
    const dx_id_filter *words; /* whose tokens; NULL: of the bytes that are set */
    uint32_t from, end;        /* the bytes of the text to set */
    uint8_t *text;             /* NULL: set none */
    size_t text_bytes;
    dx_doc *out; /* gets the tokens */
    uint32_t field, pos, at;
    bool after_word;
} walk;

static inline bool is_shown(const walk *w, uint32_t start, uint32_t end)
{
    return w->text && start < w->end && end > w->from;
}

static inline dx_status add_token(walk *w, dx_token t)
{
    bool wanted = w->words ? dx_id_filter_may_have(w->words, t.exact_id)
                           : is_shown(w, t.start, t.end);

    return wanted ? dx_doc_add_token(w->out, t) : DX_OK;
}

static dx_status add_extras(walk *w, uint32_t entry, uint32_t len)
{
    const uint8_t *p;
    uint32_t count = dx_form_extras(&w->s->forms, entry & ~DX_FORM_EXTRA, &p);
    uint32_t next = w->pos;

    for (uint32_t i = 0; i < count; i++) {
        dx_form_term t = dx_form_extra(p, i);
        if (t.start > t.end || t.end > len)
            return DX_ERR_CORRUPT;
        DX_TRY(add_token(w, (dx_token){t.exact_id, w->pos + t.pos,
                                w->at + t.start, w->at + t.end,
                                (uint8_t)w->field, t.overlay}));
        if (!t.overlay)
            next = w->pos + t.pos + 1;
    }
    w->pos = next;
    return DX_OK;
}

static inline dx_status put(walk *w, const char *from, uint32_t len)
{
    if (!w->text || !is_shown(w, w->at, w->at + len))
        return DX_OK;
    if (w->at + len > w->text_bytes)
        return DX_ERR_CORRUPT;
    memcpy(w->text + w->at, from, len);
    return DX_OK;
}

static inline dx_status take_word(walk *w, uint32_t entry, dx_str text)
{
    uint32_t len = (uint32_t)text.len;

    if (w->after_word) {
        DX_TRY(put(w, " ", 1));
        w->at++;
    }
    w->after_word = true;
    DX_TRY(put(w, text.ptr, len));
    if (entry >= DX_FORM_EXTRA)
        return add_extras(w, entry, len);
    return add_token(w, (dx_token){entry, w->pos++, w->at, w->at + len,
                            (uint8_t)w->field, false});
}

#define NO_FORM UINT32_MAX

/* Skips gaps and words that are none of `words`, to the end of the field and as
 * long as they end before byte `until`, in a loop that the compiler keeps in
 * registers. *form is the first one that needs a look, or NO_FORM. */
static inline dx_status pass_over(walk *w, const dx_id_filter *words,
    uint32_t until, uint32_t *form)
{
    const dx_segment *s = w->s;
    const uint8_t *end = w->coded.first + w->coded.end[w->field];
    dx_text coded = w->coded;
    dx_text_place place = w->place;
    uint64_t at = w->at;
    uint32_t pos = w->pos, f = NO_FORM;
    bool after_word = w->after_word;

    for (; place.first < end; f = NO_FORM) {
        f = dx_text_next(&s->forms.code, &coded, &place);
        if (f >= s->forms.count)
            return DX_ERR_CORRUPT;
        uint32_t entry = dx_form_meaning(&s->forms, f);
        uint64_t len = dx_form_bytes(&s->forms, f);
        bool word = entry < DX_FORM_EXTRA;
        if ((word ? dx_id_filter_may_have(words, entry)
                  : entry != DX_FORM_GAP) ||
            at + len >= until)
            break;
        at += len + (after_word && word);
        pos += word;
        after_word = word;
    }
    w->place = place;
    w->at = (uint32_t)at;
    w->pos = pos;
    w->after_word = after_word;
    *form = f;
    return at > DX_DOC_TEXT_MAX_BYTES ? DX_ERR_CORRUPT : DX_OK;
}

static dx_status take_form(walk *w, uint32_t form)
{
    uint32_t entry = dx_form_meaning(&w->s->forms, form);
    dx_str text = dx_form_string(&w->s->forms, form);

    if (!text.ptr || text.len > DX_DOC_TEXT_MAX_BYTES)
        return DX_ERR_CORRUPT;
    if (entry == DX_FORM_GAP) {
        DX_TRY(put(w, text.ptr, (uint32_t)text.len));
        w->after_word = false;
    } else {
        DX_TRY(take_word(w, entry, text));
    }
    w->at += (uint32_t)text.len;
    return DX_OK;
}

/* Reads to the end of the text, or of the part to set. */
static inline dx_status read(walk *w, uint32_t *field_end)
{
    static const dx_id_filter none;
    uint32_t form;

    w->place.first = w->coded.first;
    while (w->field < DX_TEXT_FIELDS && (!w->text || w->at < w->end)) {
        DX_TRY(w->text ? pass_over(w, &none, w->from, &form)
                       : pass_over(w, w->words, UINT32_MAX, &form));
        if (form != NO_FORM) {
            DX_TRY(take_form(w, form));
            continue;
        }
        field_end[w->field++] = w->at;
        w->pos = 0;
        w->after_word = false;
    }
    return DX_OK;
}

dx_status dx_segment_locate_terms(const dx_segment *s, uint32_t doc,
    const dx_id_filter *words, dx_doc *out)
{
    walk w = {.s = s, .words = words, .out = out};

    out->token_count = 0;
    DX_TRY(dx_segment_read_text(s, doc, out, &w.coded));
    DX_TRY(read(&w, out->field_end));
    dx_buf_clear(&out->text);
    (void)dx_buf_extend(&out->text, w.at);
    return out->text.status;
}

dx_status dx_segment_fill_text(const dx_segment *s, uint32_t from, uint32_t end,
    dx_doc *out, dx_doc *words)
{
    uint32_t ends[DX_TEXT_FIELDS];
    walk w = {.s = s, .from = from, .end = end, .text = out->text.data,
        .text_bytes = out->text.len, .out = words};

    words->token_count = 0;
    if (!w.text)
        return DX_OK;
    if (out->coded_segment != s)
        return DX_ERR_CORRUPT;
    DX_TRY(dx_segment_read_text(s, out->coded_doc, out, &w.coded));
    return read(&w, ends);
}
