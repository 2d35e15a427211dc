/* Decodes documents: the codes of their word forms give text and tokens. */
#include "common/index/segment/doc.h"

#include <string.h>

#include "common/index/codec/huffman.h"
#include "common/index/codec/signature.h"
#include "common/index/segment/form_table.h"
#include "common/index/segment/layout/column.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/segment_internal.h"

void dx_doc_init(dx_doc *d)
{
    memset(d, 0, sizeof *d);
    dx_buf_init(&d->text, DX_DOC_TEXT_MAX_BYTES);
    dx_buf_init(&d->coded, UINT32_MAX);
}

void dx_doc_free(dx_doc *d)
{
    dx_buf_free(&d->text);
    dx_buf_free(&d->coded);
    dx_free(d->tokens);
    dx_doc_init(d);
}

/* The text comes after the signature. */
static uint64_t text_at(const dx_segment *s, uint32_t doc)
{
    return (uint64_t)dx_column_u32(s->text_offsets, doc) + DX_SIGNATURE_BYTES;
}

dx_status dx_segment_open_text(const dx_segment *s, uint32_t doc,
    dx_bit_reader *bits)
{
    if (doc >= s->docs)
        return DX_ERR_CORRUPT;
    dx_str coded = dx_parts_at(&s->parts, DX_PART_TEXT, text_at(s, doc));
    if (coded.len == 0)
        return DX_ERR_CORRUPT;
    const uint8_t *p = (const uint8_t *)coded.ptr;
    *bits = dx_bit_reader_new(p, p + coded.len);
    return DX_OK;
}

dx_status dx_segment_read_text(const dx_segment *s, uint32_t doc, dx_doc *d,
    dx_bit_reader *bits)
{
    if (doc >= s->docs)
        return DX_ERR_CORRUPT;
    if (d->coded_segment != s || d->coded_doc != doc) {
        d->coded_segment = NULL;
        DX_TRY(dx_parts_read_item(&s->parts, DX_PART_TEXT, text_at(s, doc),
            dx_column_end(s->text_offsets, doc), &d->coded));
        d->coded_segment = s;
        d->coded_doc = doc;
    }
    *bits = dx_bit_reader_new(d->coded.data, d->coded.data + d->coded.len);
    return DX_OK;
}

/* ---- text and tokens ---- */

typedef dx_term_scan decoder;

static inline bool is_wanted(const decoder *c, uint32_t exact_id, uint32_t pos)
{
    return (!c->words || dx_id_filter_may_have(c->words, exact_id)) &&
           pos < c->positions;
}

/* Adds the terms of a word at byte `at` that does not have exactly one. */
static dx_status add_extras(decoder *c, dx_doc *d, uint32_t entry, uint32_t at,
    size_t len)
{
    const uint8_t *p;
    uint32_t count = dx_form_extras(&c->s->forms, entry & ~DX_FORM_EXTRA, &p);
    uint32_t next = c->pos;

    for (uint32_t i = 0; i < count; i++) {
        dx_form_term t = dx_form_extra(p, i);
        if (t.start > t.end || (c->with_text && t.end > len))
            return DX_ERR_CORRUPT;
        if (!c->with_text)
            t.start = t.end = 0;
        if (is_wanted(c, t.exact_id, c->pos + t.pos))
            DX_TRY(dx_doc_add_token(d, (dx_token){t.exact_id, c->pos + t.pos,
                                           at + t.start, at + t.end,
                                           (uint8_t)c->field, t.overlay}));
        if (!t.overlay)
            next = c->pos + t.pos + 1;
    }
    c->pos = next;
    return DX_OK;
}

static inline dx_status add_word(decoder *c, dx_doc *d, uint32_t entry,
    dx_str text)
{
    uint32_t at = (uint32_t)d->text.len;

    if (c->with_text) {
        if (c->after_word)
            dx_buf_putc(&d->text, ' ');
        at = (uint32_t)d->text.len;
        dx_buf_put_str(&d->text, text);
    }
    c->after_word = true;
    if (entry >= DX_FORM_EXTRA)
        return add_extras(c, d, entry, at, text.len);
    uint32_t pos = c->pos++;
    if (!is_wanted(c, entry, pos))
        return DX_OK;
    return dx_doc_add_token(d, (dx_token){entry, pos, at,
                                   at + (uint32_t)text.len, (uint8_t)c->field,
                                   false});
}

static void empty(dx_doc *d)
{
    dx_buf_clear(&d->text);
    d->token_count = 0;
}

/* Decodes until there are `enough` tokens. */
static inline dx_status read_fields(decoder *c, size_t enough, dx_doc *out)
{
    const dx_segment *s = c->s;
    dx_str text = {"", 0};

    while (c->field < c->fields && out->token_count < enough) {
        uint32_t form = dx_huffman_next(&s->forms.code, &c->bits);
        if (form >= s->forms.count)
            return DX_ERR_CORRUPT;
        uint32_t entry = dx_form_meaning(&s->forms, form);
        if (c->with_text)
            text = dx_form_string(&s->forms, form);
        if (entry == DX_FORM_FIELD_END) {
            out->field_end[c->field++] = (uint32_t)out->text.len;
            c->pos = 0;
            c->after_word = false;
        } else if (entry == DX_FORM_GAP) {
            dx_buf_put_str(&out->text, text);
            c->after_word = false;
        } else {
            DX_TRY(add_word(c, out, entry, text));
            if (c->pos >= c->positions && c->field + 1 == c->fields)
                c->field = c->fields;
        }
        if (out->text.status != DX_OK)
            return out->text.status;
    }
    for (uint32_t f = c->field; f < DX_TEXT_FIELDS; f++)
        out->field_end[f] = (uint32_t)out->text.len;
    return DX_OK;
}

dx_status dx_segment_read_doc(const dx_segment *s, uint32_t doc,
    bool title_only, dx_doc *out)
{
    decoder c = {.s = s, .fields = title_only ? 1 : DX_TEXT_FIELDS,
        .positions = UINT32_MAX, .with_text = true};

    empty(out);
    DX_TRY(dx_segment_read_text(s, doc, out, &c.bits));
    return read_fields(&c, SIZE_MAX, out);
}

dx_status dx_term_scan_begin(dx_term_scan *c, const dx_segment *s, uint32_t doc,
    dx_field last, const dx_id_filter *words, dx_doc *out)
{
    *c = (dx_term_scan){.s = s, .fields = (uint32_t)last + 1, .words = words,
        .positions = UINT32_MAX};
    empty(out);
    return dx_segment_open_text(s, doc, &c->bits);
}

/* Skips everything that is none of the words, in a loop that the compiler keeps
 * in registers. Returns the first form that needs a look, or a number that is
 * no form. */
static uint32_t pass_over(decoder *c)
{
    const dx_segment *s = c->s;
    const dx_id_filter *words = c->words;
    dx_bit_reader bits = c->bits;
    uint32_t form, passed = 0;

    while ((form = dx_huffman_next(&s->forms.code, &bits)) < s->forms.count) {
        uint32_t entry = dx_form_meaning(&s->forms, form);
        if (entry < DX_FORM_EXTRA && !dx_id_filter_may_have(words, entry))
            passed++;
        else if (entry != DX_FORM_GAP)
            break;
    }
    c->bits = bits;
    c->pos += passed;
    return form;
}

dx_status dx_term_scan_go_on(dx_term_scan *c, size_t enough, dx_doc *out)
{
    const dx_str no_text = {"", 0};

    if (!c->words || c->positions < UINT32_MAX)
        return read_fields(c, enough, out);
    while (c->field < c->fields && out->token_count < enough) {
        uint32_t form = pass_over(c);
        if (form >= c->s->forms.count)
            return DX_ERR_CORRUPT;
        uint32_t entry = dx_form_meaning(&c->s->forms, form);
        if (entry == DX_FORM_FIELD_END) {
            c->field++;
            c->pos = 0;
        } else {
            DX_TRY(add_word(c, out, entry, no_text));
        }
    }
    return DX_OK;
}

dx_status dx_segment_find_terms(const dx_segment *s, uint32_t doc,
    dx_field last, const dx_id_filter *words, dx_doc *out)
{
    dx_term_scan c;

    DX_TRY(dx_term_scan_begin(&c, s, doc, last, words, out));
    return dx_term_scan_go_on(&c, SIZE_MAX, out);
}

/* Shift-And (Baeza-Yates & Gonnet, A new approach to text searching, CACM
 * 1992): bit i of `state` says that words[0..i] ended at the previous token. */
static inline uint64_t row_step(uint64_t state, const dx_id_span *words,
    uint32_t count, uint32_t id)
{
    uint64_t next = 0;

    if (state == 0)
        return id - words[0].first < words[0].end - words[0].first;
    state = state << 1 | 1;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t within = id - words[i].first < words[i].end - words[i].first;
        next |= within << i;
    }
    return state & next;
}

/* The same for the terms of a form that does not have exactly one. */
static uint64_t row_extras(const dx_segment *s, uint64_t state,
    const dx_id_span *words, uint32_t count, uint32_t entry)
{
    const uint8_t *p;
    uint32_t n = dx_form_extras(&s->forms, entry & ~DX_FORM_EXTRA, &p);
    uint64_t done = (uint64_t)1 << (count - 1);

    for (uint32_t i = 0; i < n && !(state & done); i++) {
        dx_form_term t = dx_form_extra(p, i);
        if (!t.overlay)
            state = row_step(state, words, count, t.exact_id);
    }
    return state;
}

dx_status dx_segment_has_row(const dx_segment *s, uint32_t doc,
    const dx_id_span *words, uint32_t count, bool title_only, bool *has)
{
    dx_bit_reader bits;

    *has = false;
    DX_TRY(dx_segment_open_text(s, doc, &bits));
    uint64_t state = 0, done = (uint64_t)1 << (count - 1);
    uint32_t fields = title_only ? 1 : DX_TEXT_FIELDS;

    while (fields > 0 && !(state & done)) {
        uint32_t form = dx_huffman_next(&s->forms.code, &bits);
        if (form >= s->forms.count)
            return DX_ERR_CORRUPT;
        uint32_t entry = dx_form_meaning(&s->forms, form);
        if (entry < DX_FORM_EXTRA) {
            state = row_step(state, words, count, entry);
        } else if (entry == DX_FORM_FIELD_END) {
            fields--;
            state = 0;
        } else if (entry != DX_FORM_GAP) {
            state = row_extras(s, state, words, count, entry);
        }
    }
    *has = (state & done) != 0;
    return DX_OK;
}
