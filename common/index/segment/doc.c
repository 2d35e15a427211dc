/* Decodes documents: the codes of their word forms give text and tokens. */
#include "common/index/segment/doc.h"

#include <assert.h>
#include <string.h>

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

/* How much of what is there from a text on is its own. */
static size_t bytes_of(dx_str coded, uint64_t from, uint64_t end)
{
    return end - from < coded.len ? (size_t)(end - from) : coded.len;
}

static_assert(DX_TEXT_PARTS == DX_TEXT_FIELDS, "dx_text.end");

dx_status dx_segment_open_text(const dx_segment *s, uint32_t doc, dx_text *t)
{
    if (doc >= s->docs)
        return DX_ERR_CORRUPT;
    uint64_t from = text_at(s, doc), end = dx_column_end(s->text_offsets, doc);
    dx_chunk *chunk;
    dx_str coded = dx_parts_at(&s->parts, DX_PART_TEXT, from, &chunk);
    const uint8_t *p = (const uint8_t *)coded.ptr;
    if (!chunk || end < from ||
        !dx_chunk_is_sound(chunk, p, bytes_of(coded, from, end)))
        return DX_ERR_CORRUPT;
    return dx_text_open(t, p, p + coded.len) ? DX_OK : DX_ERR_CORRUPT;
}

#define CACHE_LINE 64u
#define PREFETCH_MAX (32 * CACHE_LINE) /* the processor sees what comes then */

void dx_segment_prefetch_text(const dx_segment *s, uint32_t doc)
{
    uint64_t from = text_at(s, doc), end = dx_column_end(s->text_offsets, doc);
    dx_chunk *chunk;
    dx_str coded = dx_parts_at(&s->parts, DX_PART_TEXT, from, &chunk);
    size_t bytes = bytes_of(coded, from, end);

    for (size_t i = 0; i < bytes && i < PREFETCH_MAX; i += CACHE_LINE)
        __builtin_prefetch(coded.ptr + i);
}

/* Zeros behind it, so that bits can be read eight bytes at a time. */
#define COPY_ROOM sizeof(uint64_t)

static dx_status copy_text(const dx_segment *s, uint32_t doc, dx_doc *d)
{
    d->coded_segment = NULL;
    DX_TRY(dx_parts_read_item(&s->parts, DX_PART_TEXT, text_at(s, doc),
        dx_column_end(s->text_offsets, doc), &d->coded));
    uint8_t *zeros = dx_buf_extend(&d->coded, COPY_ROOM);
    if (!zeros)
        return DX_ERR_NOMEM;
    memset(zeros, 0, COPY_ROOM);
    d->coded_segment = s;
    d->coded_doc = doc;
    return DX_OK;
}

dx_status dx_segment_read_text(const dx_segment *s, uint32_t doc, dx_doc *d,
    dx_text *t)
{
    if (doc >= s->docs)
        return DX_ERR_CORRUPT;
    if (d->coded_segment != s || d->coded_doc != doc)
        DX_TRY(copy_text(s, doc, d));
    const uint8_t *p = d->coded.data;
    return dx_text_open(t, p, p + d->coded.len) ? DX_OK : DX_ERR_CORRUPT;
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

static inline const uint8_t *field_end(const decoder *c)
{
    return c->text.first + c->text.end[c->field];
}

static void end_field(decoder *c)
{
    c->field++;
    c->pos = 0;
    c->after_word = false;
}

/* Decodes until there are `enough` tokens. */
static inline dx_status read_fields(decoder *c, size_t enough, dx_doc *out)
{
    const dx_segment *s = c->s;
    dx_str text = {"", 0};

    while (c->field < c->fields && out->token_count < enough) {
        if (c->at.first == field_end(c)) {
            out->field_end[c->field] = (uint32_t)out->text.len;
            end_field(c);
            continue;
        }
        uint32_t form = dx_text_next(&s->forms.code, &c->text, &c->at);
        if (form >= s->forms.count)
            return DX_ERR_CORRUPT;
        uint32_t entry = dx_form_meaning(&s->forms, form);
        if (c->with_text) {
            text = dx_form_string(&s->forms, form);
            if (!text.ptr)
                return DX_ERR_CORRUPT;
        }
        if (entry == DX_FORM_GAP) {
            if (c->with_text)
                dx_buf_put_str(&out->text, text);
            c->after_word = false;
        } else {
            DX_TRY(add_word(c, out, entry, text));
            if (c->pos >= c->positions && c->field + 1 == c->fields)
                c->field = c->fields;
        }
    }
    for (uint32_t f = c->field; f < DX_TEXT_FIELDS; f++)
        out->field_end[f] = (uint32_t)out->text.len;
    return out->text.status;
}

dx_status dx_segment_read_doc(const dx_segment *s, uint32_t doc,
    bool title_only, dx_doc *out)
{
    decoder c = {.s = s, .fields = title_only ? 1 : DX_TEXT_FIELDS,
        .positions = UINT32_MAX, .with_text = true};

    empty(out);
    DX_TRY(dx_segment_read_text(s, doc, out, &c.text));
    c.at.first = c.text.first;
    DX_TRY(read_fields(&c, SIZE_MAX, out));
    const uint8_t *end = c.text.more + (c.at.bit + 7) / 8;
    return title_only || end + COPY_ROOM == c.text.limit ? DX_OK
                                                         : DX_ERR_CORRUPT;
}

dx_status dx_term_scan_begin(dx_term_scan *c, const dx_segment *s, uint32_t doc,
    dx_field last, const dx_id_filter *words, dx_doc *out)
{
    *c = (dx_term_scan){.s = s, .fields = (uint32_t)last + 1, .words = words,
        .positions = UINT32_MAX};
    empty(out);
    DX_TRY(dx_segment_open_text(s, doc, &c->text));
    c->at.first = c->text.first;
    return DX_OK;
}

/* Skips everything that is none of the words, to the end of the field, in a loop
 * that the compiler keeps in registers. *entry is what the first form means that
 * needs a look, or GAP at the end. */
static dx_status pass_over(decoder *c, uint32_t *entry)
{
    const dx_segment *s = c->s;
    const dx_id_filter *words = c->words;
    const uint8_t *end = field_end(c);
    dx_text text = c->text;
    dx_text_place at = c->at;
    uint32_t passed = 0;
    dx_status rc = DX_OK;

    *entry = DX_FORM_GAP;
    while (at.first < end) {
        uint32_t form = dx_text_next(&s->forms.code, &text, &at);
        if (form >= s->forms.count) {
            rc = DX_ERR_CORRUPT;
            break;
        }
        *entry = dx_form_meaning(&s->forms, form);
        if (*entry < DX_FORM_EXTRA && !dx_id_filter_may_have(words, *entry))
            passed++;
        else if (*entry != DX_FORM_GAP)
            break;
        *entry = DX_FORM_GAP;
    }
    c->at = at;
    c->pos += passed;
    return rc;
}

dx_status dx_term_scan_go_on(dx_term_scan *c, size_t enough, dx_doc *out)
{
    const dx_str no_text = {"", 0};
    uint32_t entry;

    if (!c->words || c->positions < UINT32_MAX)
        return read_fields(c, enough, out);
    while (c->field < c->fields && out->token_count < enough) {
        DX_TRY(pass_over(c, &entry));
        if (entry == DX_FORM_GAP)
            end_field(c);
        else
            DX_TRY(add_word(c, out, entry, no_text));
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
    uint64_t done = (uint64_t)1 << (count - 1);
    dx_text text;

    *has = false;
    DX_TRY(dx_segment_open_text(s, doc, &text));
    dx_text_place at = {text.first, 0};
    for (unsigned f = 0; f < (title_only ? 1 : DX_TEXT_FIELDS) && !*has; f++) {
        const uint8_t *end = text.first + text.end[f];
        uint64_t state = 0;
        while (at.first < end && !(state & done)) {
            uint32_t form = dx_text_next(&s->forms.code, &text, &at);
            if (form >= s->forms.count)
                return DX_ERR_CORRUPT;
            uint32_t entry = dx_form_meaning(&s->forms, form);
            if (entry < DX_FORM_EXTRA)
                state = row_step(state, words, count, entry);
            else if (entry != DX_FORM_GAP)
                state = row_extras(s, state, words, count, entry);
        }
        *has = (state & done) != 0;
    }
    return DX_OK;
}
