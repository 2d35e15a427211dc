/* Writes a segment: lists, rows, forms, texts, columns. */
#include "common/index/segment/write/segment_writer.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/index/codec/bm25.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "common/index/segment/write/dictionary_writer.h"
#include "common/index/segment/layout/parts.h"
#include "common/index/segment/layout/format.h"

struct dx_segment_writer {
    dx_part_sink *sink;
    dx_part_writer part[DX_PART_COUNT];
    uint32_t docs;
    const uint16_t *lengths; /* borrowed */
    uint64_t length_sum;
    double average_length;
    double *norms; /* owned: dx_bm25_norm() of each length */
    dx_dictionary_writer dictionary;
    pthread_mutex_t lock; /* of the LISTS and ROWS parts and `status` */
    dx_status status;     /* latched: scratch memory */
};

struct dx_list_builder {
    dx_segment_writer *w;
    uint8_t *bounds; /* per window */
    dx_buf list;
    dx_buf pairs;  /* of the current row */
    dx_buf groups; /* its skip table */
    dx_buf row;    /* the row as it is put */
    uint32_t row_pairs, row_second;
};

dx_status dx_segment_writer_new(dx_writer *store, uint32_t id, uint32_t docs,
    const uint16_t *lengths, dx_segment_writer **out)
{
    dx_segment_writer *w = dx_calloc(1, sizeof *w);

    *out = NULL;
    if (!w)
        return DX_ERR_NOMEM;
    w->docs = docs;
    w->lengths = lengths;
    for (uint32_t d = 0; d < docs; d++)
        w->length_sum += lengths[d];
    w->average_length = w->length_sum ? (double)w->length_sum / docs : 1.0;
    pthread_mutex_init(&w->lock, NULL);
    w->norms = dx_calloc(UINT16_MAX + 1u, sizeof *w->norms);
    for (uint32_t l = 0; w->norms && l <= UINT16_MAX; l++)
        w->norms[l] = dx_bm25_norm(l, w->average_length);
    if (!w->norms || dx_part_sink_new(store, id, &w->sink) != DX_OK) {
        dx_segment_writer_free(w);
        return DX_ERR_NOMEM;
    }
    for (unsigned i = 0; i < DX_PART_COUNT; i++)
        dx_part_writer_init(&w->part[i], w->sink, (dx_part)i);
    dx_dictionary_writer_init(&w->dictionary, &w->part[DX_PART_DICTIONARY],
        &w->part[DX_PART_DICTIONARY_INDEX]);
    *out = w;
    return DX_OK;
}

void dx_segment_writer_free(dx_segment_writer *w)
{
    if (!w)
        return;
    for (unsigned i = 0; i < DX_PART_COUNT; i++)
        dx_part_writer_free(&w->part[i]);
    dx_dictionary_writer_free(&w->dictionary);
    dx_part_sink_free(w->sink);
    pthread_mutex_destroy(&w->lock);
    dx_free(w->norms);
    dx_free(w);
}

static void put_u32(dx_segment_writer *w, dx_part part, uint32_t v)
{
    uint8_t bytes[4];

    dx_store_u32(bytes, v);
    dx_part_put(&w->part[part], bytes, sizeof bytes);
}

/* ---- lists and rows ---- */

dx_list_builder *dx_list_builder_new(dx_segment_writer *w)
{
    dx_list_builder *b = dx_calloc(1, sizeof *b);

    if (!b)
        return NULL;
    b->w = w;
    dx_buf_init(&b->list, UINT32_MAX);
    dx_buf_init(&b->pairs, UINT32_MAX);
    dx_buf_init(&b->groups, UINT32_MAX);
    dx_buf_init(&b->row, UINT32_MAX);
    b->bounds = dx_malloc(dx_window_count(w->docs));
    if (!b->bounds) {
        dx_list_builder_free(b);
        return NULL;
    }
    return b;
}

void dx_list_builder_free(dx_list_builder *b)
{
    if (!b)
        return;
    dx_buf_free(&b->list);
    dx_buf_free(&b->pairs);
    dx_buf_free(&b->groups);
    dx_buf_free(&b->row);
    dx_free(b->bounds);
    dx_free(b);
}

static void window_bounds(dx_list_builder *b, const uint32_t *docs,
    const uint16_t *tfs, uint32_t df)
{
    const dx_segment_writer *w = b->w;
    uint32_t i = 0;

    /* Rounding is monotone, so the greatest saturation has the greatest
     * bound. */
    memset(b->bounds, 0, dx_window_count(w->docs));
    while (i < df) {
        uint32_t window = docs[i] >> DX_WINDOW_BITS;
        double most = 0.0;
        for (; i < df && docs[i] >> DX_WINDOW_BITS == window; i++) {
            double s = dx_bm25_normed(tfs[i], w->norms[w->lengths[docs[i]]]);
            most = s > most ? s : most;
        }
        b->bounds[window] = dx_bm25_rounded_up(most);
    }
}

static void encode_list(dx_list_builder *b, dx_buf *out, const uint32_t *docs,
    const uint16_t *tfs, uint32_t df, bool count_fast)
{
    if (dx_list_is_windowed(df, b->w->docs))
        window_bounds(b, docs, tfs, df);
    dx_list_encode(out, docs, tfs, df, b->w->docs, b->bounds, count_fast);
}

/* Puts an item that a builder finished, unless its scratch memory failed. */
static uint32_t put_built(dx_segment_writer *w, dx_part part,
    const dx_buf *item)
{
    pthread_mutex_lock(&w->lock);
    if (item->status != DX_OK)
        w->status = item->status;
    uint32_t place = dx_part_put(&w->part[part], item->data, item->len);
    pthread_mutex_unlock(&w->lock);
    return place;
}

uint32_t dx_list_builder_list(dx_list_builder *b, const uint32_t *docs,
    const uint16_t *tfs, uint32_t df)
{
    dx_buf_clear(&b->list);
    encode_list(b, &b->list, docs, tfs, df, true);
    return put_built(b->w, DX_PART_LISTS, &b->list);
}

void dx_list_builder_pair(dx_list_builder *b, uint32_t second,
    const uint32_t *docs, const uint16_t *tfs, uint32_t df)
{
    if (b->row_pairs % DX_ROW_GROUP == 0) {
        dx_buf_put_u32(&b->groups, second);
        dx_buf_put_u32(&b->groups, (uint32_t)b->pairs.len);
        b->row_second = 0;
    }
    dx_buf_put_varint(&b->pairs, second - b->row_second);
    b->row_second = second;
    b->row_pairs++;
    encode_list(b, &b->pairs, docs, tfs, df, false);
}

uint32_t dx_list_builder_row_end(dx_list_builder *b)
{
    if (b->row_pairs == 0)
        return 0;
    dx_buf_clear(&b->row);
    dx_buf_put_varint(&b->row, b->row_pairs);
    if (b->row_pairs > DX_ROW_GROUP)
        dx_buf_put(&b->row, b->groups.data, b->groups.len);
    dx_buf_put(&b->row, b->pairs.data, b->pairs.len);
    if (b->pairs.status || b->groups.status)
        b->row.status = DX_ERR_NOMEM;
    uint32_t place = put_built(b->w, DX_PART_ROWS, &b->row);
    dx_buf_clear(&b->pairs);
    dx_buf_clear(&b->groups);
    b->row_pairs = 0;
    return place + 1;
}

/* ---- dictionary ---- */

void dx_segment_writer_triples(dx_segment_writer *w, uint32_t first,
    uint32_t second, uint32_t row)
{
    put_u32(w, DX_PART_TRIPLES, first);
    put_u32(w, DX_PART_TRIPLES, second);
    put_u32(w, DX_PART_TRIPLES, row);
}

void dx_segment_writer_folded(dx_segment_writer *w, dx_str folded,
    uint32_t list, uint32_t row)
{
    dx_dictionary_writer_folded(&w->dictionary, folded, list, row);
}

void dx_segment_writer_exact(dx_segment_writer *w, dx_str exact, uint32_t list)
{
    dx_dictionary_writer_exact(&w->dictionary, exact, list);
}

/* ---- forms ---- */

static bool is_extra(const dx_form_entry *e)
{
    return e->kind != DX_FORM_KIND_GAP &&
           !(e->count == 1 && dx_form_is_one_term(e->text.len, e->terms->start,
                                  e->terms->end, e->terms->overlay));
}

static uint32_t extra_terms(const dx_form_entry *e)
{
    return e->count < DX_FORM_TERMS_MAX ? e->count : DX_FORM_TERMS_MAX;
}

static size_t extra_bytes(const dx_form_entry *e)
{
    return is_extra(e) ? 2 + (size_t)extra_terms(e) * DX_FORM_TERM_BYTES : 0;
}

/* FORMS: where each string begins, and what the form means; one more entry, so that
 * every string has an end. */
static dx_status fill_forms(void *ctx, uint8_t *out)
{
    const dx_form_source *source = ctx;
    size_t strings = 0, extras = 0;
    dx_form_entry e;

    for (uint32_t i = 0; i < source->count; i++, out += DX_FORM_BYTES) {
        DX_TRY(source->get(source->ctx, i, &e));
        dx_store_u32(out, (uint32_t)strings);
        dx_store_u32(out + DX_FORM_MEANING,
            e.kind == DX_FORM_KIND_GAP ? DX_FORM_GAP
            : is_extra(&e)             ? DX_FORM_EXTRA | (uint32_t)extras
                                       : e.terms[0].exact_id);
        strings += e.text.len;
        extras += extra_bytes(&e);
    }
    dx_store_u32(out, (uint32_t)strings);
    dx_store_u32(out + DX_FORM_MEANING, 0);
    return DX_OK;
}

static dx_status fill_strings(void *ctx, uint8_t *out)
{
    const dx_form_source *source = ctx;
    dx_form_entry e;

    for (uint32_t i = 0; i < source->count; i++, out += e.text.len) {
        DX_TRY(source->get(source->ctx, i, &e));
        if (e.text.len > 0)
            memcpy(out, e.text.ptr, e.text.len);
    }
    return DX_OK;
}

static void put_extra(const dx_form_entry *e, uint8_t *out)
{
    uint32_t count = extra_terms(e);

    dx_store_u16(out, (uint16_t)count);
    out += 2;
    for (uint32_t i = 0; i < count; i++, out += DX_FORM_TERM_BYTES) {
        const dx_form_term *t = &e->terms[i];
        dx_store_u32(out, t->exact_id);
        dx_store_u16(out + 4, t->pos);
        dx_store_u16(out + 6, t->start);
        dx_store_u16(out + 8, t->end);
        out[10] = t->overlay;
    }
}

static dx_status fill_extras(void *ctx, uint8_t *out)
{
    const dx_form_source *source = ctx;
    dx_form_entry e;

    for (uint32_t i = 0; i < source->count; i++) {
        DX_TRY(source->get(source->ctx, i, &e));
        if (is_extra(&e))
            put_extra(&e, out);
        out += extra_bytes(&e);
    }
    return DX_OK;
}

static dx_status add_up(const dx_form_source *source, size_t *strings,
    size_t *extras)
{
    dx_form_entry e;

    *strings = *extras = 0;
    for (uint32_t i = 0; i < source->count; i++) {
        DX_TRY(source->get(source->ctx, i, &e));
        *strings += e.text.len;
        *extras += extra_bytes(&e);
    }
    return *extras < DX_FORM_GAP - DX_FORM_EXTRA ? DX_OK : DX_ERR_LIMIT;
}

void dx_segment_writer_forms(dx_segment_writer *w, const dx_form_source *source)
{
    void *ctx = (void *)(uintptr_t)source;
    size_t strings, extras;
    dx_status rc = add_up(source, &strings, &extras);

    if (rc != DX_OK) {
        pthread_mutex_lock(&w->lock);
        w->status = rc;
        pthread_mutex_unlock(&w->lock);
        return;
    }
    dx_part_put_array(&w->part[DX_PART_FORMS],
        ((size_t)source->count + 1) * DX_FORM_BYTES, fill_forms, ctx);
    dx_part_put_array(&w->part[DX_PART_FORM_STRINGS], strings, fill_strings, ctx);
    dx_part_put_array(&w->part[DX_PART_FORM_EXTRAS], extras, fill_extras, ctx);
}

void dx_segment_writer_code(dx_segment_writer *w, const dx_text_run *runs,
    uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        put_u32(w, DX_PART_FORM_CODE, dx_text_run_pack(&runs[i]));
}

/* ---- documents ---- */

void dx_segment_writer_doc(dx_segment_writer *w, dx_str coded_text,
    const dx_signature *signature)
{
    dx_str first = {(const char *)signature->bytes, DX_SIGNATURE_BYTES};

    put_u32(w, DX_PART_TEXT_OFFSETS,
        dx_part_put_two(&w->part[DX_PART_TEXT], first, coded_text));
}

void dx_segment_writer_meta(dx_segment_writer *w, dx_str block)
{
    uint8_t head[DX_VARINT_MAX];
    dx_str length = {(const char *)head, dx_varint_write(head, block.len)};

    put_u32(w, DX_PART_META_OFFSETS,
        dx_part_put_two(&w->part[DX_PART_META], length, block));
}

/* ---- columns ---- */

typedef struct column {
    const dx_column_source *source;
    dx_part part;
} column;

static dx_status fill_column(void *ctx, uint8_t *out)
{
    const column *c = ctx;

    return c->source->fill(c->source->ctx, c->part, out);
}

static dx_status fill_lengths(void *ctx, uint8_t *out)
{
    const dx_segment_writer *w = ctx;

    for (uint32_t doc = 0; doc < w->docs; doc++)
        dx_store_u16(out + 2 * (size_t)doc, w->lengths[doc]);
    return DX_OK;
}

/* Later dates have lesser keys; none, which is the least of all dates, comes
 * last. Documents of one day stay in order. */
static uint64_t date_key(int32_t date, uint32_t doc)
{
    return (uint64_t)((uint32_t)INT32_MAX - (uint32_t)date) << 32 | doc;
}

typedef struct date_order {
    const dx_column_source *source;
    uint32_t docs;
} date_order;

static dx_status fill_by_date(void *ctx, uint8_t *out)
{
    const date_order *o = ctx;
    uint64_t *keys = dx_calloc(o->docs, sizeof *keys);
    dx_status rc = keys ? o->source->fill(o->source->ctx, DX_PART_DATES, out)
                        : DX_ERR_NOMEM;

    for (uint32_t doc = 0; rc == DX_OK && doc < o->docs; doc++)
        keys[doc] = date_key((int32_t)dx_load_u32(out + 4 * (size_t)doc), doc);
    if (rc == DX_OK)
        qsort(keys, o->docs, sizeof *keys, dx_hash64_order);
    for (uint32_t i = 0; rc == DX_OK && i < o->docs; i++)
        dx_store_u32(out + 4 * (size_t)i, (uint32_t)keys[i]);
    dx_free(keys);
    return rc;
}

static void put_columns(dx_segment_writer *w, const dx_column_source *source)
{
    static const struct {
        dx_part part;
        unsigned width;
    } columns[] = {{DX_PART_DATES, 4}, {DX_PART_FILES, 4},
        {DX_PART_CONTENTS, 8}, {DX_PART_IDS, DX_ID_ENTRY_BYTES}};

    dx_part_put_array(&w->part[DX_PART_LENGTHS], (size_t)w->docs * 2,
        fill_lengths, w);
    for (unsigned i = 0; i < sizeof columns / sizeof *columns; i++) {
        column c = {source, columns[i].part};
        dx_part_put_array(&w->part[c.part],
            (size_t)w->docs * columns[i].width, fill_column, &c);
    }
    dx_part_put_array(&w->part[DX_PART_BY_DATE], (size_t)w->docs * 4, fill_by_date,
        &(date_order){source, w->docs});
}

dx_status dx_segment_writer_finish(dx_segment_writer *w,
    const dx_column_source *columns, uint64_t *bytes, dx_error *err)
{
    dx_buf head;

    dx_status rc = dx_dictionary_writer_end(&w->dictionary);
    put_columns(w, columns);
    dx_buf_init(&head, UINT32_MAX);
    dx_buf_put_u32(&head, DX_SEGMENT_MAGIC);
    dx_buf_put_u32(&head, w->docs);
    dx_buf_put_u64(&head, w->length_sum);
    dx_buf_put_u32(&head, w->dictionary.folded);
    dx_buf_put_u32(&head, w->dictionary.exacts);
    dx_buf_put_u32(&head, DX_PART_COUNT);
    for (unsigned i = 0; i < DX_PART_COUNT; i++)
        dx_part_writer_end(&w->part[i], &head);
    dx_buf_put_u64(&head, dx_hash64(head.data, head.len));
    rc = rc ? rc : w->status ? w->status : head.status;
    if (rc == DX_OK)
        rc = dx_part_sink_end(w->sink, &head);
    dx_buf_free(&head);
    if (bytes)
        *bytes = dx_part_sink_bytes(w->sink);
    if (rc != DX_OK && dx_part_sink_status(w->sink, err) == DX_OK)
        return dx_fail(err, rc, "%s while writing a segment",
            dx_status_text(rc));
    return rc;
}
