/* Copies columns of documents, and merges tables of ids, which are sorted. */
#include "indexer/invert/merging/columns.h"

#include "common/base/bytes.h"
#include "common/base/mem.h"
#include "common/index/segment/ids.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/segment.h"
#include "indexer/invert/merging/sources.h"

/* ---- in the order of documents ---- */

static uint8_t *put(uint8_t *out, dx_part part, const dx_segment *s, uint32_t doc)
{
    switch ((int)part) {
    case DX_PART_DATES:
        dx_store_u32(out, (uint32_t)dx_segment_date(s, doc));
        return out + 4;
    case DX_PART_FILES:
        dx_store_u32(out, dx_segment_file(s, doc));
        return out + 4;
    default:
        dx_store_u64(out, dx_segment_content_hash(s, doc));
        return out + 8;
    }
}

static void put_docs(const dx_merge_sources *m, dx_part part, uint8_t *out)
{
    for (size_t i = 0; i < m->count; i++) {
        const dx_segment *s = m->at[i].s;
        for (uint32_t doc = 0; doc < dx_segment_docs(s); doc++)
            if (dx_merge_doc(&m->at[i], doc) != DX_MERGE_GONE)
                out = put(out, part, s, doc);
    }
}

/* ---- in the order of ids ---- */

typedef struct head { /* where a source is */
    const dx_merge_source *source;
    uint32_t next; /* entry */
    dx_hash128 id;
    uint32_t doc; /* merged number; GONE at its end */
} head;

/* Goes to the next entry of a document that is not deleted. */
static dx_status step(head *h)
{
    const dx_segment *s = h->source->s;

    h->doc = DX_MERGE_GONE;
    while (h->doc == DX_MERGE_GONE && h->next < dx_segment_docs(s)) {
        uint32_t doc = dx_segment_id_entry(s, h->next++, &h->id);
        if (doc == DX_ID_NONE)
            return DX_ERR_CORRUPT;
        h->doc = dx_merge_doc(h->source, doc);
    }
    return DX_OK;
}

/* Where ids are equal, the earlier segment comes first. */
static head *least_of(head *heads, size_t count)
{
    head *least = NULL;

    for (size_t i = 0; i < count; i++) {
        head *h = &heads[i];
        if (h->doc == DX_MERGE_GONE)
            continue;
        if (!least || h->id.hi < least->id.hi ||
            (h->id.hi == least->id.hi && h->id.lo < least->id.lo))
            least = h;
    }
    return least;
}

static dx_status put_all_ids(const dx_merge_sources *m, head *heads, uint8_t *out)
{
    uint32_t left = m->docs;
    head *h;

    for (size_t i = 0; i < m->count; i++) {
        heads[i] = (head){.source = &m->at[i]};
        DX_TRY(step(&heads[i]));
    }
    while ((h = least_of(heads, m->count)) != NULL) {
        if (left-- == 0)
            return DX_ERR_CORRUPT; /* a document has two */
        dx_store_u64(out, h->id.hi);
        dx_store_u64(out + 8, h->id.lo);
        dx_store_u32(out + 16, h->doc);
        out += DX_ID_ENTRY_BYTES;
        DX_TRY(step(h));
    }
    return left == 0 ? DX_OK : DX_ERR_CORRUPT;
}

static dx_status put_ids(const dx_merge_sources *m, uint8_t *out)
{
    head *heads = dx_calloc(m->count, sizeof *heads);
    dx_status rc = heads ? put_all_ids(m, heads, out) : DX_ERR_NOMEM;

    dx_free(heads);
    return rc;
}

dx_status dx_merge_column(void *ctx, dx_part part, uint8_t *out)
{
    const dx_merge_sources *m = ctx;

    if (part == DX_PART_IDS)
        return put_ids(m, out);
    put_docs(m, part, out);
    return DX_OK;
}
