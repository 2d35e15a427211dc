/* Makes a segment: divides the work among threads, writes text and
 * dictionary. */
#include "indexer/invert/invert.h"


#include "common/base/mem.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/form_table.h"
#include "common/index/segment/write/segment_writer.h"
#include "common/text/term.h"
#include "indexer/invert/coding.h"
#include "indexer/gather/gathered_columns.h"
#include "indexer/invert/numbering.h"
#include "indexer/invert/parallel.h"
#include "indexer/invert/postings/postings.h"

typedef struct inverter {
    dx_gathered *gathered;
    dx_segment_writer *writer;
    uint16_t *lengths;
    dx_numbering numbering;
    dx_list_places places;
    dx_postings *postings;
    dx_coding coding;
} inverter;

/* ---- text ---- */

static void put_meta(inverter *v)
{
    const dx_gathered *g = v->gathered;
    size_t from = 0;

    for (size_t i = 0; i < g->meta_count; i++) {
        dx_segment_writer_meta(v->writer,
            (dx_str){(const char *)g->meta.data + from,
                g->meta_ends[i] - from});
        from = g->meta_ends[i];
    }
}

static dx_status text_task(inverter *v)
{
    dx_status rc = dx_coding_put_docs(&v->coding, v->gathered, v->writer);

    put_meta(v);
    return rc;
}

/* ---- tasks ---- */

static dx_status triples_task(inverter *v, unsigned worker)
{
    DX_TRY(dx_postings_help(v->postings, worker, true));
    DX_TRY(dx_postings_plan_triples(v->postings));
    return dx_postings_triples(v->postings, worker);
}

static dx_status help_task(inverter *v, unsigned worker)
{
    DX_TRY(dx_postings_triples(v->postings, worker));
    return dx_postings_help(v->postings, worker, false);
}

/* Pairs come first, because triples wait for them. Then one thread does triples
 * while others do exact forms. Who is done first does the text; in the end all
 * help each other. */
static dx_status do_task(inverter *v, unsigned worker, size_t index)
{
    size_t pairs = dx_postings_pair_slices(v->postings);
    size_t slices = dx_postings_slices(v->postings);

    if (index == pairs)
        return triples_task(v, worker);
    if (index <= slices)
        return dx_postings_slice(v->postings, worker,
            index < pairs ? index : index - 1);
    return index == slices + 1 ? text_task(v) : help_task(v, worker);
}

/* Tasks begin in order, so that a task only ever waits for threads at work. */
static dx_status run_task(void *ctx, unsigned worker, size_t index)
{
    inverter *v = ctx;
    dx_status rc = do_task(v, worker, index);

    if (rc != DX_OK)
        dx_postings_fail(v->postings, rc);
    return rc;
}

/* ---- dictionary and forms ---- */

static dx_str marked(dx_buf *out, dx_str s)
{
    dx_buf_clear(out);
    dx_buf_putc(out, DX_TITLE_MARK);
    dx_buf_put_str(out, s);
    return (dx_str){(const char *)out->data, out->len};
}

static dx_status put_dictionary(inverter *v)
{
    const dx_numbering *n = &v->numbering;
    uint32_t terms;
    const dx_word_term *all = dx_word_forms_terms(v->gathered->forms, &terms);
    dx_buf text;

    dx_buf_init(&text, 4 * DX_TERM_MAX_BYTES);
    for (uint32_t f = 0; f < n->foldeds && text.status == DX_OK; f++) {
        uint32_t first = n->folded_first[f];
        bool title = first < n->title_exacts;
        dx_str folded = all[n->exact_term[first]].folded;
        dx_segment_writer_folded(v->writer,
            title ? marked(&text, folded) : folded, v->places.folded_list[f],
            v->places.folded_row[f]);
        for (uint32_t e = first; e < n->folded_first[f + 1]; e++) {
            dx_str exact = all[n->exact_term[e]].exact;
            dx_segment_writer_exact(v->writer,
                title ? marked(&text, exact) : exact,
                v->places.exact_list[e]);
        }
    }
    dx_status rc = text.status;
    dx_buf_free(&text);
    return rc;
}

typedef struct form_reader {
    const dx_numbering *n;
    const dx_word_form *forms;
    const dx_word_form_ref *refs;
    dx_form_term terms[DX_WORD_MAX_TERMS];
} form_reader;

static dx_status get_form(void *ctx, uint32_t i, dx_form_entry *out)
{
    form_reader *r = ctx;
    const dx_word_form *f = &r->forms[r->n->form_order[i]];

    *out = (dx_form_entry){.text = f->text, .kind = (dx_form_kind)f->kind,
        .terms = r->terms,
        .count = f->ref_count < DX_WORD_MAX_TERMS ? f->ref_count
                                                  : DX_WORD_MAX_TERMS};
    for (uint32_t t = 0; t < out->count; t++) {
        const dx_word_form_ref *ref = &r->refs[f->first_ref + t];
        r->terms[t] = (dx_form_term){r->n->term_exact[ref->term], ref->pos,
            ref->start, ref->end, ref->overlay};
    }
    return DX_OK;
}

static void put_forms(inverter *v)
{
    const dx_word_forms *all = v->gathered->forms;
    uint32_t count;
    form_reader r = {.n = &v->numbering, .forms = dx_word_forms_all(all, &count),
        .refs = dx_word_forms_refs(all)};

    dx_segment_writer_forms(v->writer,
        &(dx_form_source){&r, v->numbering.text_forms, get_form});
}

/* ---- the whole ---- */

static dx_status take_lengths(inverter *v)
{
    uint32_t doc = 0;

    v->lengths = dx_calloc(v->gathered->docs, sizeof *v->lengths);
    if (!v->lengths)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < v->gathered->batch_count; i++)
        for (size_t d = 0; d < v->gathered->batches[i].doc_count; d++)
            v->lengths[doc++] = v->gathered->batches[i].docs[d].length;
    return DX_OK;
}

static dx_status invert(inverter *v, dx_writer *store, uint32_t id,
    const dx_invert_options *options)
{
    uint32_t forms;

    DX_TRY(dx_gathered_end(v->gathered));
    DX_TRY(take_lengths(v));
    DX_TRY(dx_numbering_make(v->gathered, &v->numbering));
    dx_word_forms_all(v->gathered->forms, &forms);
    DX_TRY(dx_coding_make(forms, &v->numbering, &v->coding));
    DX_TRY(dx_list_places_init(&v->places, &v->numbering));
    DX_TRY(dx_segment_writer_new(store, id, v->gathered->docs, v->lengths,
        &v->writer));
    dx_segment_writer_code(v->writer, v->coding.plan.runs,
        v->coding.plan.run_count);
    DX_TRY(dx_postings_new(v->gathered, &v->numbering, v->writer, &v->places,
        options->threads, options->sort_bytes, options->work, &v->postings));
    DX_TRY(dx_parallel(options->threads,
        dx_postings_slices(v->postings) + 2 + options->threads, run_task, v));
    dx_postings_put_triples(v->postings);
    DX_TRY(put_dictionary(v));
    put_forms(v);
    return DX_OK;
}

dx_status dx_invert(dx_gathered *g, dx_writer *store, uint32_t id,
    const dx_invert_options *options, dx_segment_entry *entry, dx_error *err)
{
    inverter v = {.gathered = g};
    uint64_t bytes = 0;
    dx_status rc = invert(&v, store, id, options);

    if (rc != DX_OK)
        dx_fail(err, rc, "%s while making a segment", dx_status_text(rc));
    else
        rc = dx_segment_writer_finish(v.writer,
            &(dx_column_source){g, dx_gathered_column}, &bytes, err);
    *entry = (dx_segment_entry){id, g->docs, 0, bytes};
    dx_postings_free(v.postings);
    dx_segment_writer_free(v.writer);
    dx_numbering_free(&v.numbering);
    dx_coding_free(&v.coding);
    dx_list_places_free(&v.places);
    dx_free(v.lengths);
    return rc;
}
