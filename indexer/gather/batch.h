/* batch.h -- some consecutive documents, tokenized.
 *
 * A document is the forms of its title, lead and body, each field closed by
 * DX_WORD_FORM_FIELD_END, and then those of its attributes. */
#ifndef DX_INDEXER_GATHER_BATCH_H
#define DX_INDEXER_GATHER_BATCH_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/index/segment/write/doc_columns.h"
#include "indexer/gather/form_stream.h"

typedef struct dx_batch_doc {
    size_t end;          /* in the batch's stream */
    uint16_t length;     /* weighted, saturated: see bm25.h */
    dx_doc_columns columns;
} dx_batch_doc;

typedef struct dx_batch {
    dx_form_stream stream;
    dx_batch_doc *docs; /* owned */
    size_t doc_count, doc_cap;
    dx_buf meta;        /* dx_meta_put() of each document */
} dx_batch;

void dx_batch_init(dx_batch *b);
/** Leaves an empty batch. */
void dx_batch_free(dx_batch *b);
/** Memory in use. */
size_t dx_batch_bytes(const dx_batch *b);

/** Ends a document, whose forms have been put into the stream; `fields` by
 *  dx_field, DX_FIELDS of them, those that are stored count. Fails with NOMEM;
 *  the batch is then as it was but for these forms. */
DX_NODISCARD dx_status dx_batch_end_doc(dx_batch *b, uint32_t length,
    const dx_doc_columns *columns, const dx_str *fields);

#endif
