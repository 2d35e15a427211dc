/* Recodes one text after another and packs stored fields anew. */
#include "indexer/invert/merging/docs.h"

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "common/base/stop.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/meta.h"
#include "indexer/gather/form_stream.h"
#include "indexer/gather/word_forms.h"
#include "indexer/invert/merging/text.h"

typedef struct copier {
    const dx_merge_forms *forms;
    const dx_coding *code;
    dx_segment_writer *w;
    dx_merge_text text;
    dx_form_stream stream; /* the text in merged forms */
    dx_text_writer writer;
    dx_meta_reader meta;
    dx_buf raw, block; /* stored fields under way, and packed */
    dx_compressor packer;
    uint32_t raw_docs;
} copier;

static dx_status end_block(copier *c)
{
    if (c->raw_docs == 0)
        return DX_OK;
    if (c->raw.status != DX_OK)
        return c->raw.status;
    dx_buf_clear(&c->block);
    DX_TRY(dx_meta_pack(&c->packer, &c->raw, &c->block));
    dx_segment_writer_meta(c->w,
        (dx_str){(const char *)c->block.data, c->block.len});
    dx_buf_clear(&c->raw);
    c->raw_docs = 0;
    return DX_OK;
}

static dx_status copy_doc(copier *c, size_t source, uint32_t doc)
{
    const dx_segment *s = c->forms->m->at[source].s;
    const uint32_t *to = c->forms->to[source];
    dx_str coded;
    dx_meta meta;

    DX_TRY(dx_merge_text_read(&c->text, s, doc));
    c->stream.count = 0;
    for (size_t i = 0; i < c->text.count; i++) {
        uint32_t form = c->text.forms[i];
        DX_TRY(dx_form_stream_put(&c->stream, form == DX_MERGE_FIELD_END
                                                  ? DX_WORD_FORM_FIELD_END
                                                  : to[form]));
    }
    DX_TRY(dx_coding_text(c->code, c->stream.units, c->stream.count, &c->writer,
        &coded));
    DX_TRY(dx_segment_read_meta(s, doc, &c->meta, &meta));
    dx_signature signature = dx_segment_signature(s, doc);
    dx_segment_writer_doc(c->w, coded, &signature);
    dx_buf_put_str(&c->raw, meta.stored);
    dx_work_add(c->forms->m->work, 1);
    return ++c->raw_docs == DX_META_BLOCK_DOCS ? end_block(c) : DX_OK;
}

static dx_status copy_all(copier *c, const dx_merge_sources *m,
    const atomic_bool *stop)
{
    for (size_t i = 0; i < m->count; i++)
        for (uint32_t doc = 0; doc < dx_segment_docs(m->at[i].s); doc++) {
            if (dx_stop_is_asked(stop))
                return DX_ERR_INTERRUPTED;
            if (dx_merge_doc(&m->at[i], doc) != DX_MERGE_GONE)
                DX_TRY(copy_doc(c, i, doc));
        }
    return end_block(c);
}

dx_status dx_merge_docs_put(const dx_merge_sources *m,
    const dx_merge_forms *forms, const dx_coding *code, dx_segment_writer *w,
    const atomic_bool *stop)
{
    copier c = {.forms = forms, .code = code, .w = w};

    dx_meta_reader_init(&c.meta);
    dx_buf_init(&c.raw, DX_META_BLOCK_MAX_BYTES);
    dx_buf_init(&c.block, UINT32_MAX);
    dx_status rc = copy_all(&c, m, stop);
    dx_merge_text_free(&c.text);
    dx_free(c.stream.units);
    dx_text_writer_free(&c.writer);
    dx_meta_reader_free(&c.meta);
    dx_compressor_free(&c.packer);
    dx_buf_free(&c.raw);
    dx_buf_free(&c.block);
    return rc;
}
