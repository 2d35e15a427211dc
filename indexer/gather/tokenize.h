/* tokenize.h -- an article's text as numbers of forms.
 *
 * A document is the forms of its title, lead and body, each field closed by
 * DX_FORM_ID_FIELD_END, and then its attributes. The single space between two
 * words is left out, as in the stored text (docs/FORMAT.md). */
#ifndef DX_INDEXER_GATHER_TOKENIZE_H
#define DX_INDEXER_GATHER_TOKENIZE_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/index/segment/segment_writer.h"
#include "indexer/input/article.h"
#include "indexer/gather/word_forms.h"

/* ---- streams of form numbers ---- */

/* 16-bit units: nearly all running forms are among the first 61,440 seen, and
 * a branch that is nearly never taken is cheaper than LEB128's. Others take
 * two units: 0xF000 | number >> 16, then the low half. */
#define DX_STREAM_WIDE 0xF000u

static inline uint32_t dx_stream_next(const uint16_t **at)
{
    uint32_t v = *(*at)++;

    if (v >= DX_STREAM_WIDE)
        v = (v & 0x0FFFu) << 16 | *(*at)++;
    return v;
}

typedef struct dx_stream {
    uint16_t *units; /* owned */
    size_t count, cap;
} dx_stream;

/** Room for one more form of any number. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_stream_grow(dx_stream *s);

DX_NODISCARD static inline dx_status dx_stream_put(dx_stream *s, uint32_t form)
{
    if (s->count + 2 > s->cap)
        DX_TRY(dx_stream_grow(s));
    if (form < DX_STREAM_WIDE) {
        s->units[s->count++] = (uint16_t)form;
    } else {
        s->units[s->count++] = (uint16_t)(DX_STREAM_WIDE | form >> 16);
        s->units[s->count++] = (uint16_t)form;
    }
    return DX_OK;
}

/* ---- batches ---- */

typedef struct dx_batch_doc {
    size_t end;          /* in the batch's stream */
    uint16_t length;     /* weighted, saturated: see bm25.h */
    dx_doc_columns columns;
} dx_batch_doc;

typedef struct dx_batch { /* some consecutive documents */
    dx_stream stream;
    dx_batch_doc *docs; /* owned */
    size_t doc_count, doc_cap;
    dx_buf meta;        /* dx_meta_put() of each document */
} dx_batch;

void dx_batch_init(dx_batch *b);
void dx_batch_free(dx_batch *b);
size_t dx_batch_bytes(const dx_batch *b);

/* ---- the tokenizer ---- */

typedef struct dx_tokenizer dx_tokenizer; /* one per thread */

/** `forms` is borrowed and shared. NULL when memory is short. */
dx_tokenizer *dx_tokenizer_new(dx_forms *forms);
void dx_tokenizer_free(dx_tokenizer *t);

/** Appends an article to `b`, as of input file number `file`. On failure `b` is
 *  as before: NOMEM, or LIMIT when it has more different words than a segment
 *  can hold or over 1 MiB in fields other than title, lead and body. */
DX_NODISCARD dx_status dx_tokenize_article(dx_tokenizer *t,
    const dx_article *article, uint32_t file, dx_batch *b);

/** Adds a word or gap of a document's stream, or ends it with its attributes:
 *  for text that was cut into forms before (merging). */
DX_NODISCARD dx_status dx_tokenize_form(dx_tokenizer *t, dx_str text,
    dx_form_kind kind, dx_batch *b, uint32_t *running);
DX_NODISCARD dx_status dx_tokenize_end_doc(dx_tokenizer *t, dx_batch *b,
    uint32_t length, const dx_doc_columns *columns, const dx_meta *meta);

#endif
