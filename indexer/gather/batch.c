/* Batches: where tokenized documents are kept. */
#include "indexer/gather/batch.h"

#include <string.h>

#include "common/base/mem.h"
#include "common/index/segment/meta.h"

void dx_batch_init(dx_batch *b)
{
    memset(b, 0, sizeof *b);
    dx_buf_init(&b->meta, UINT32_MAX);
}

void dx_batch_free(dx_batch *b)
{
    dx_free(b->stream.units);
    dx_free(b->docs);
    dx_buf_free(&b->meta);
    dx_batch_init(b);
}

size_t dx_batch_bytes(const dx_batch *b)
{
    return b->stream.cap * sizeof *b->stream.units +
           b->doc_cap * sizeof *b->docs + b->meta.cap;
}

dx_status dx_batch_end_doc(dx_batch *b, uint32_t length,
    const dx_doc_columns *columns, const dx_str *fields)
{
    size_t meta_before = b->meta.len;
    void *p = b->docs;

    if (dx_grow(&p, &b->doc_cap, b->doc_count + 1, sizeof *b->docs) != 0)
        return DX_ERR_NOMEM;
    b->docs = p;
    dx_meta_put(&b->meta, fields);
    if (b->meta.status != DX_OK) {
        b->meta.len = meta_before;
        b->meta.status = DX_OK;
        return DX_ERR_NOMEM;
    }
    b->docs[b->doc_count++] = (dx_batch_doc){b->stream.count,
        length > UINT16_MAX ? UINT16_MAX : (uint16_t)length, *columns};
    return DX_OK;
}
