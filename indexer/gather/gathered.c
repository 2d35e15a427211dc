/* Appends batches, packs their stored fields, finds ids that came before. */
#include "indexer/gather/gathered.h"

#include <string.h>

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/index/codec/list.h"
#include "common/index/codec/window.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/meta.h"

typedef struct dx_gathered_id {
    dx_hash128 id;
    uint32_t doc; /* + 1; 0 is free */
} dx_gathered_id;

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
    dx_buf_free(&g->meta_raw);
    dx_buf_free(&g->meta);
    dx_free(g->meta_ends);
    dx_free(g->ids);
    dx_free(g->dead);
    memset(g, 0, sizeof *g);
}

size_t dx_gathered_bytes(dx_gathered *g)
{
    return g->batch_bytes + dx_word_forms_bytes(g->forms) + g->meta_raw.cap +
           g->meta.cap + g->id_cap * sizeof *g->ids + g->dead_cap * 8;
}

bool dx_gathered_is_full(dx_gathered *g, size_t bytes)
{
    return dx_gathered_bytes(g) >= bytes ||
           g->docs >= DX_GATHERED_DOCS_MAX / 4 * 3 ||
           dx_word_forms_nearly_full(g->forms);
}

/* ---- replaced documents ---- */

static dx_gathered_id *find_id(const dx_gathered *g, dx_hash128 id)
{
    size_t mask = g->id_cap - 1, at = id.lo & mask;

    while (g->ids[at].doc &&
           (g->ids[at].id.lo != id.lo || g->ids[at].id.hi != id.hi))
        at = (at + 1) & mask;
    return &g->ids[at];
}

static dx_status ids_room(dx_gathered *g, size_t docs)
{
    dx_gathered bigger = *g;

    if (docs * 2 <= g->id_cap)
        return DX_OK;
    bigger.id_cap = g->id_cap ? g->id_cap : 64;
    while (docs * 2 > bigger.id_cap)
        bigger.id_cap *= 2;
    bigger.ids = dx_calloc(bigger.id_cap, sizeof *bigger.ids);
    if (!bigger.ids)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < g->id_cap; i++)
        if (g->ids[i].doc)
            *find_id(&bigger, g->ids[i].id) = g->ids[i];
    dx_free(g->ids);
    g->ids = bigger.ids;
    g->id_cap = bigger.id_cap;
    return DX_OK;
}

static dx_status dead_room(dx_gathered *g, size_t docs)
{
    size_t words = (size_t)dx_window_count((uint32_t)docs) * DX_WINDOW_WORDS;
    size_t before = g->dead_cap;
    void *p = g->dead;

    if (dx_grow(&p, &g->dead_cap, words, sizeof *g->dead) != 0)
        return DX_ERR_NOMEM;
    g->dead = p;
    memset(g->dead + before, 0, (g->dead_cap - before) * sizeof *g->dead);
    return DX_OK;
}

/* Whether the document replaces an earlier one. */
static bool note_id(dx_gathered *g, dx_hash128 id, uint32_t doc)
{
    dx_gathered_id *e = find_id(g, id);
    bool replaces = e->doc != 0;

    if (replaces) {
        uint32_t old = e->doc - 1;
        g->dead[old >> 6] |= (uint64_t)1 << (old & 63);
        g->dead_count++;
    }
    *e = (dx_gathered_id){id, doc + 1};
    return replaces;
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
    DX_TRY(dx_meta_pack(&g->meta_raw, &g->meta));
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
    uint32_t *replaced)
{
    void *p = g->batches;

    if (batch->doc_count == 0) {
        dx_batch_free(batch);
        return DX_OK;
    }
    size_t docs = g->docs + batch->doc_count;
    if (docs > DX_GATHERED_DOCS_MAX)
        return DX_ERR_LIMIT;
    DX_TRY(ids_room(g, docs));
    DX_TRY(dead_room(g, docs));
    if (dx_grow(&p, &g->batch_cap, g->batch_count + 1, sizeof *g->batches))
        return DX_ERR_NOMEM;
    g->batches = p;
    DX_TRY(add_meta(g, batch));
    for (size_t i = 0; i < batch->doc_count; i++)
        *replaced += note_id(g, batch->docs[i].columns.id, g->docs++);
    shrink(batch);
    g->batch_bytes += dx_batch_bytes(batch);
    g->batches[g->batch_count++] = *batch;
    dx_batch_init(batch);
    return DX_OK;
}

dx_status dx_gathered_end(dx_gathered *g) { return pack_meta(g); }
