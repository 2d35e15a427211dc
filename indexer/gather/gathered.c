/* Appends batches, packs their stored fields, finds articles that came before. */
#include "indexer/gather/gathered.h"

#include <string.h>

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/meta.h"
#include "indexer/gather/article_key.h"

typedef struct dx_gathered_text {
    dx_hash128 key; /* dx_article_key() */
    uint32_t doc;   /* + 1; 0 is free */
    uint32_t file;
} dx_gathered_text;

dx_status dx_gathered_init(dx_gathered *g)
{
    memset(g, 0, sizeof *g);
    dx_buf_init(&g->meta_raw, DX_META_BLOCK_MAX_BYTES);
    dx_buf_init(&g->meta, SIZE_MAX);
    g->forms = dx_word_forms_new();
    return g->forms ? DX_OK : DX_ERR_NOMEM;
}

void dx_gathered_free(dx_gathered *g)
{
    for (size_t i = 0; i < g->batch_count; i++)
        dx_batch_free(&g->batches[i]);
    dx_free(g->batches);
    dx_word_forms_free(g->forms);
    dx_compressor_free(&g->packer);
    dx_buf_free(&g->meta_raw);
    dx_buf_free(&g->meta);
    dx_free(g->meta_ends);
    dx_free(g->texts);
    dx_free(g->dead);
    memset(g, 0, sizeof *g);
}

size_t dx_gathered_bytes(dx_gathered *g)
{
    return g->batch_bytes + dx_word_forms_bytes(g->forms) + g->meta_raw.cap +
           g->meta.cap + g->text_cap * sizeof *g->texts + g->dead_cap * 8;
}

bool dx_gathered_is_full(dx_gathered *g, size_t bytes)
{
    return dx_gathered_bytes(g) >= bytes ||
           g->docs >= DX_GATHERED_DOCS_MAX / 4 * 3 ||
           dx_word_forms_nearly_full(g->forms);
}

/* ---- repeated documents ---- */

static dx_gathered_text *find_text(const dx_gathered *g, dx_hash128 key)
{
    size_t mask = g->text_cap - 1, at = key.lo & mask;

    while (g->texts[at].doc && !dx_hash128_eq(g->texts[at].key, key))
        at = (at + 1) & mask;
    return &g->texts[at];
}

static dx_status texts_room(dx_gathered *g, size_t docs)
{
    dx_gathered bigger = *g;

    if (docs * 2 <= g->text_cap)
        return DX_OK;
    bigger.text_cap = g->text_cap ? g->text_cap : 64;
    while (docs * 2 > bigger.text_cap)
        bigger.text_cap *= 2;
    bigger.texts = dx_calloc(bigger.text_cap, sizeof *bigger.texts);
    if (!bigger.texts)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < g->text_cap; i++)
        if (g->texts[i].doc)
            *find_text(&bigger, g->texts[i].key) = g->texts[i];
    dx_free(g->texts);
    g->texts = bigger.texts;
    g->text_cap = bigger.text_cap;
    return DX_OK;
}

static dx_status dead_room(dx_gathered *g, size_t docs)
{
    size_t words = (size_t)dx_window_count((uint32_t)docs) * DX_WINDOW_WORDS;
    void *p = g->dead;

    if (dx_grow_zeroed(&p, &g->dead_cap, words, sizeof *g->dead) != 0)
        return DX_ERR_NOMEM;
    g->dead = p;
    return DX_OK;
}

static void kill(dx_gathered *g, uint32_t doc)
{
    g->dead[doc >> 6] |= (uint64_t)1 << (doc & 63);
    g->dead_count++;
}

/* What came by standard input cannot be read again, so it stays. */
static dx_gathered_repeat note_text(dx_gathered *g, const dx_doc_columns *c,
    uint32_t doc)
{
    dx_hash128 key = dx_article_key(c->id, c->content);
    dx_gathered_text *e = find_text(g, key);
    dx_gathered_text found = *e, new = {key, doc + 1, c->file};

    if (found.doc == 0 || (c->file == 0 && found.file != 0))
        *e = new;
    if (found.doc == 0)
        return (dx_gathered_repeat){.key = key.lo};
    dx_gathered_text dead = e->doc == new.doc ? found : new;
    kill(g, dead.doc - 1);
    return (dx_gathered_repeat){true, dead.file == e->file ? 0 : dead.file,
        key.lo};
}

/* ---- stored fields ---- */

static dx_status pack_meta(dx_gathered *g)
{
    void *p = g->meta_ends;

    if (g->meta_docs == 0)
        return DX_OK;
    if (dx_grow(&p, &g->meta_cap, g->meta_count + 1, sizeof *g->meta_ends))
        return DX_ERR_NOMEM;
    g->meta_ends = p;
    DX_TRY(dx_meta_pack(&g->packer, &g->meta_raw, &g->meta));
    g->meta_ends[g->meta_count++] = g->meta.len;
    dx_buf_clear(&g->meta_raw);
    g->meta_docs = 0;
    return DX_OK;
}

static dx_status add_meta(dx_gathered *g, const dx_batch *batch)
{
    const uint8_t *p = batch->meta.data, *end = p + batch->meta.len;

    for (size_t i = 0; i < batch->doc_count; i++) {
        const uint8_t *from = p;
        if (!dx_meta_skip(&p, end))
            return DX_ERR_INVALID;
        dx_buf_put(&g->meta_raw, from, (size_t)(p - from));
        if (g->meta_raw.status != DX_OK)
            return g->meta_raw.status;
        if (++g->meta_docs == DX_META_BLOCK_DOCS)
            DX_TRY(pack_meta(g));
    }
    return DX_OK;
}

/* ---- appending ---- */

/* Batches are kept as they are, not joined: no second copy, no spike. */
static void shrink(dx_batch *batch)
{
    dx_buf_free(&batch->meta);
    void *p = dx_realloc_array(batch->stream.units, batch->stream.count + 1,
        sizeof *batch->stream.units);
    if (p) {
        batch->stream.units = p;
        batch->stream.cap = batch->stream.count + 1;
    }
}

dx_status dx_gathered_append(dx_gathered *g, dx_batch *batch,
    dx_gathered_repeat *repeats)
{
    void *p = g->batches;

    if (batch->doc_count == 0) {
        dx_batch_free(batch);
        return DX_OK;
    }
    size_t docs = g->docs + batch->doc_count;
    if (docs > DX_GATHERED_DOCS_MAX)
        return DX_ERR_LIMIT;
    DX_TRY(texts_room(g, docs));
    DX_TRY(dead_room(g, docs));
    if (dx_grow(&p, &g->batch_cap, g->batch_count + 1, sizeof *g->batches))
        return DX_ERR_NOMEM;
    g->batches = p;
    DX_TRY(add_meta(g, batch));
    for (size_t i = 0; i < batch->doc_count; i++)
        repeats[i] = note_text(g, &batch->docs[i].columns, g->docs++);
    shrink(batch);
    g->batch_bytes += dx_batch_bytes(batch);
    g->batches[g->batch_count++] = *batch;
    dx_batch_init(batch);
    return DX_OK;
}

dx_status dx_gathered_end(dx_gathered *g) { return pack_meta(g); }
