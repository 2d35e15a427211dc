/* Appends batches, packs their stored fields, finds ids that came before. */
#include "indexer/gather/gathered.h"

#include <string.h>

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "common/index/segment/layout/format.h"

typedef struct dx_gathered_id {
    dx_hash128 id;
    uint32_t doc; /* + 1; 0 is free */
} dx_gathered_id;

dx_status dx_gathered_init(dx_gathered *b)
{
    memset(b, 0, sizeof *b);
    dx_buf_init(&b->meta_raw, DX_META_BLOCK_MAX_BYTES);
    dx_buf_init(&b->meta, SIZE_MAX);
    b->forms = dx_word_forms_new();
    return b->forms ? DX_OK : DX_ERR_NOMEM;
}

void dx_gathered_free(dx_gathered *b)
{
    for (size_t i = 0; i < b->batch_count; i++)
        dx_batch_free(&b->batches[i]);
    dx_free(b->batches);
    dx_word_forms_free(b->forms);
    dx_buf_free(&b->meta_raw);
    dx_buf_free(&b->meta);
    dx_free(b->meta_ends);
    dx_free(b->ids);
    dx_free(b->dead);
    memset(b, 0, sizeof *b);
}

size_t dx_gathered_bytes(dx_gathered *b)
{
    return b->batch_bytes + dx_word_forms_bytes(b->forms) + b->meta_raw.cap +
           b->meta.cap + b->id_cap * sizeof *b->ids + b->dead_cap * 8;
}

/* ---- replaced documents ---- */

static dx_gathered_id *find_id(const dx_gathered *b, dx_hash128 id)
{
    size_t mask = b->id_cap - 1, at = id.lo & mask;

    while (b->ids[at].doc &&
           (b->ids[at].id.lo != id.lo || b->ids[at].id.hi != id.hi))
        at = (at + 1) & mask;
    return &b->ids[at];
}

static dx_status ids_room(dx_gathered *b, size_t docs)
{
    dx_gathered bigger = *b;

    if (docs * 2 <= b->id_cap)
        return DX_OK;
    bigger.id_cap = b->id_cap ? b->id_cap : 64;
    while (docs * 2 > bigger.id_cap)
        bigger.id_cap *= 2;
    bigger.ids = dx_calloc(bigger.id_cap, sizeof *bigger.ids);
    if (!bigger.ids)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < b->id_cap; i++)
        if (b->ids[i].doc)
            *find_id(&bigger, b->ids[i].id) = b->ids[i];
    dx_free(b->ids);
    b->ids = bigger.ids;
    b->id_cap = bigger.id_cap;
    return DX_OK;
}

static dx_status dead_room(dx_gathered *b, size_t docs)
{
    size_t words = (size_t)dx_window_count((uint32_t)docs) * DX_WINDOW_WORDS;
    size_t before = b->dead_cap;
    void *p = b->dead;

    if (dx_grow(&p, &b->dead_cap, words, sizeof *b->dead) != 0)
        return DX_ERR_NOMEM;
    b->dead = p;
    memset(b->dead + before, 0, (b->dead_cap - before) * sizeof *b->dead);
    return DX_OK;
}

/* Whether the document replaces an earlier one. */
static bool note_id(dx_gathered *b, dx_hash128 id, uint32_t doc)
{
    dx_gathered_id *e = find_id(b, id);
    bool replaces = e->doc != 0;

    if (replaces) {
        uint32_t old = e->doc - 1;
        b->dead[old >> 6] |= (uint64_t)1 << (old & 63);
        b->dead_count++;
    }
    *e = (dx_gathered_id){id, doc + 1};
    return replaces;
}

/* ---- stored fields ---- */

static dx_status pack_meta(dx_gathered *b)
{
    void *p = b->meta_ends;

    if (b->meta_docs == 0)
        return DX_OK;
    if (dx_grow(&p, &b->meta_cap, b->meta_count + 1, sizeof *b->meta_ends))
        return DX_ERR_NOMEM;
    b->meta_ends = p;
    DX_TRY(dx_meta_pack(&b->meta_raw, &b->meta));
    b->meta_ends[b->meta_count++] = b->meta.len;
    dx_buf_clear(&b->meta_raw);
    b->meta_docs = 0;
    return DX_OK;
}

static bool skip_fields(const uint8_t **p, const uint8_t *end)
{
    for (unsigned i = 0; i < DX_META_FIELDS; i++) {
        uint32_t len;
        if (!dx_varint_read_u32(p, end, &len) || len > (size_t)(end - *p))
            return false;
        *p += len;
    }
    return true;
}

static dx_status add_meta(dx_gathered *b, const dx_batch *batch)
{
    const uint8_t *p = batch->meta.data, *end = p + batch->meta.len;

    for (size_t i = 0; i < batch->doc_count; i++) {
        const uint8_t *from = p;
        if (!skip_fields(&p, end))
            return DX_ERR_INVALID;
        dx_buf_put(&b->meta_raw, from, (size_t)(p - from));
        if (b->meta_raw.status != DX_OK)
            return b->meta_raw.status;
        if (++b->meta_docs == DX_META_BLOCK_DOCS)
            DX_TRY(pack_meta(b));
    }
    return DX_OK;
}

/* ---- appending ---- */

/* Batches are kept as they are, not joined: no second copy, no spike. */
static void shrink(dx_batch *b)
{
    dx_buf_free(&b->meta);
    void *p = dx_realloc_array(b->stream.units, b->stream.count + 1,
        sizeof *b->stream.units);
    if (p) {
        b->stream.units = p;
        b->stream.cap = b->stream.count + 1;
    }
}

dx_status dx_gathered_append(dx_gathered *b, dx_batch *batch,
    uint32_t *replaced)
{
    void *p = b->batches;

    if (batch->doc_count == 0) {
        dx_batch_free(batch);
        return DX_OK;
    }
    size_t docs = b->docs + batch->doc_count;
    if (docs > DX_GATHERED_DOCS_MAX)
        return DX_ERR_LIMIT;
    DX_TRY(ids_room(b, docs));
    DX_TRY(dead_room(b, docs));
    if (dx_grow(&p, &b->batch_cap, b->batch_count + 1, sizeof *b->batches))
        return DX_ERR_NOMEM;
    b->batches = p;
    DX_TRY(add_meta(b, batch));
    for (size_t i = 0; i < batch->doc_count; i++)
        *replaced += note_id(b, batch->docs[i].columns.id, b->docs++);
    shrink(batch);
    b->batch_bytes += dx_batch_bytes(batch);
    b->batches[b->batch_count++] = *batch;
    dx_batch_init(batch);
    return DX_OK;
}

dx_status dx_gathered_end(dx_gathered *b) { return pack_meta(b); }
