/* Chooses the code of a segment's texts, and writes them in it. */
#include "indexer/invert/coding.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/bytes.h"
#include "common/base/mem.h"
#include "common/index/codec/bits.h"
#include "common/index/segment/doc.h"

/* ---- choosing ---- */

static dx_status plan(const dx_numbering *n, dx_text_plan *out)
{
    uint64_t *room = dx_calloc((size_t)n->text_forms + DX_TEXT_KINDS,
        sizeof *room);
    const uint64_t *sums[DX_TEXT_KINDS];
    uint64_t *to = room;
    const uint32_t *form = n->form_order;

    if (!room)
        return DX_ERR_NOMEM;
    for (unsigned k = 0; k < DX_TEXT_KINDS; k++) {
        sums[k] = to;
        for (uint32_t i = 0; i < n->kind_forms[k]; i++, to++)
            to[1] = to[0] + n->form_count[*form++];
        to++;
    }
    dx_status rc = dx_text_plan_make(sums, n->kind_forms, out);
    dx_free(room);
    return rc;
}

typedef struct word_key {
    uint32_t exact, rank, form;
} word_key;

static int compare_words(const void *a, const void *b)
{
    const word_key *x = a, *y = b;

    if (x->exact != y->exact)
        return x->exact < y->exact ? -1 : 1;
    return (x->rank > y->rank) - (x->rank < y->rank);
}

/* Words of a run in the order of their terms. */
static dx_status sort_words(const dx_numbering *n, uint32_t *forms,
    uint32_t count)
{
    word_key *keys = dx_calloc(count, sizeof *keys);

    if (!keys)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < count; i++)
        keys[i] = (word_key){n->form_exact[forms[i]], i, forms[i]};
    qsort(keys, count, sizeof *keys, compare_words);
    for (uint32_t i = 0; i < count; i++)
        forms[i] = keys[i].form;
    dx_free(keys);
    return DX_OK;
}

/* From kinds one after another to runs. */
static dx_status order(dx_numbering *n, const dx_text_plan *p)
{
    uint32_t next[DX_TEXT_KINDS] = {0}, *ordered, *to;
    dx_status rc = DX_OK;

    for (unsigned k = 1; k < DX_TEXT_KINDS; k++)
        next[k] = next[k - 1] + n->kind_forms[k - 1];
    to = ordered = dx_calloc(n->text_forms, sizeof *ordered);
    if (!ordered)
        return DX_ERR_NOMEM;
    for (uint32_t r = 0; r < p->run_count && rc == DX_OK; r++) {
        const dx_text_run *run = &p->runs[r];
        memcpy(to, n->form_order + next[run->kind], run->forms * sizeof *to);
        if (run->kind == DX_TEXT_WORDS)
            rc = sort_words(n, to, run->forms);
        next[run->kind] += run->forms;
        to += run->forms;
    }
    if (n->text_forms > 0)
        memcpy(n->form_order, ordered, n->text_forms * sizeof *ordered);
    dx_free(ordered);
    return rc;
}

static dx_status make_codes(uint32_t forms, const dx_numbering *n, dx_coding *c)
{
    const uint32_t *form = n->form_order;
    dx_text_code code;

    c->codes = dx_calloc(forms, sizeof *c->codes);
    if (!c->codes)
        return DX_ERR_NOMEM;
    if (!dx_text_code_init(&code, c->plan.runs, c->plan.run_count))
        return DX_ERR_INVALID;
    for (uint32_t i = 0; i < n->text_forms; i++) {
        uint8_t first = dx_text_first_byte(&code, i);
        c->codes[*form++] = (dx_form_code){i - code.of[first].form, first,
            code.width[first]};
    }
    return DX_OK;
}

dx_status dx_coding_make(uint32_t forms, dx_numbering *n, dx_coding *c)
{
    *c = (dx_coding){.codes = NULL};
    DX_TRY(plan(n, &c->plan));
    DX_TRY(order(n, &c->plan));
    return make_codes(forms, n, c);
}

void dx_coding_free(dx_coding *c)
{
    dx_free(c->codes);
    c->codes = NULL;
}

/* ---- texts ---- */

#define HEAD_MAX (DX_TEXT_PARTS * 5u) /* three varints of 32 bits */
#define MORE_MAX ((DX_TEXT_WIDTH_MAX + 7) / 8)

static dx_status make_room(dx_text_writer *t, size_t forms)
{
    void *p = t->text;

    if (dx_grow(&p, &t->text_cap, HEAD_MAX + forms + MORE_MAX * forms, 1) != 0)
        return DX_ERR_NOMEM;
    t->text = p;
    p = t->more;
    if (dx_grow(&p, &t->more_cap, MORE_MAX * forms, 1) != 0)
        return DX_ERR_NOMEM;
    t->more = p;
    return DX_OK;
}

/* Attributes, which follow the text in the stream, are left out. */
dx_status dx_coding_text(const dx_coding *c, const uint16_t *at, size_t units,
    dx_text_writer *t, dx_str *coded)
{
    uint8_t head[HEAD_MAX];
    size_t head_len = 0;

    DX_TRY(make_room(t, units));
    uint8_t *first = t->text + HEAD_MAX;
    dx_field_packer more = {.at = t->more};
    for (unsigned field = 0; field < DX_TEXT_PARTS; field++) {
        const uint8_t *begin = first;
        uint32_t form;
        while ((form = dx_form_stream_next(&at)) != DX_WORD_FORM_FIELD_END) {
            const dx_form_code *code = &c->codes[form];
            *first++ = code->first;
            dx_field_put(&more, code->more, code->width);
        }
        head_len += dx_varint_write(head + head_len, (uint64_t)(first - begin));
    }
    dx_field_end(&more);
    uint8_t *text = t->text + HEAD_MAX - head_len;
    memcpy(text, head, head_len);
    memcpy(first, t->more, (size_t)(more.at - t->more));
    *coded = (dx_str){(const char *)text,
        (size_t)(first - text) + (size_t)(more.at - t->more)};
    return DX_OK;
}

void dx_text_writer_free(dx_text_writer *t)
{
    dx_free(t->text);
    dx_free(t->more);
    *t = (dx_text_writer){.text = NULL};
}

dx_status dx_coding_put_docs(const dx_coding *c, const dx_gathered *g,
    dx_segment_writer *w)
{
    dx_text_writer t = {.text = NULL};
    dx_status rc = DX_OK;

    for (size_t i = 0; i < g->batch_count && rc == DX_OK; i++) {
        const dx_batch *b = &g->batches[i];
        const uint16_t *at = b->stream.units;
        for (size_t d = 0; d < b->doc_count && rc == DX_OK; d++) {
            const uint16_t *end = b->stream.units + b->docs[d].end;
            dx_str coded;
            rc = dx_coding_text(c, at, (size_t)(end - at), &t, &coded);
            if (rc == DX_OK)
                dx_segment_writer_doc(w, coded,
                    &b->docs[d].columns.signature);
            at = end;
        }
    }
    dx_text_writer_free(&t);
    return rc;
}
