/* Finds segments due for merging, reads them back and inverts them as one. */
#include "indexer/invert/merge.h"

#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/form_table.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/hidden.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/segment.h"
#include "common/index/segment/write/doc_columns.h"
#include "common/index/store/snapshot.h"
#include "indexer/gather/gathered.h"
#include "indexer/gather/tokenize.h"
#include "indexer/invert/invert.h"
#include "indexer/invert/merge_policy.h"
#include "indexer/invert/publish.h"
#include "indexer/invert/stop.h"

#define BATCH_DOCS 4096u
#define SORT_BYTES_MIN ((size_t)16 << 20)

/* ---- what is due ---- */

/* About the memory that its documents take once they are gathered. */
static uint64_t gathered_bytes(const dx_segment *s)
{
    return dx_segment_part_bytes(s, DX_PART_TEXT) / 2 * 3 +
           dx_segment_part_bytes(s, DX_PART_META) +
           dx_segment_docs(s) * UINT64_C(64);
}

static dx_status find_due(const dx_generation *g,
    const dx_merge_options *options, dx_merge_range *due)
{
    dx_merge_limit limit = {DX_GATHERED_DOCS_MAX, options->memory_bytes / 2};
    dx_merge_candidate *all = dx_calloc(g->segment_count, sizeof *all);

    if (!all)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < g->segment_count; i++) {
        const dx_segment *s = g->segments[i];
        all[i] = (dx_merge_candidate){dx_segment_docs(s),
            dx_segment_deleted_count(s), gathered_bytes(s)};
    }
    *due = dx_merge_range_due(all, g->segment_count, &limit, options->optimize);
    dx_free(all);
    return DX_OK;
}

/* ---- reading a segment back ---- */

typedef struct source {
    const dx_segment *s;
    dx_tokenizer *tokenizer;
    dx_meta_reader meta;
} source;

static dx_status copy_text(source *src, uint32_t doc, dx_batch *b)
{
    const dx_form_table *forms = dx_segment_forms(src->s);
    uint32_t none = 0;
    dx_text t;

    DX_TRY(dx_segment_open_text(src->s, doc, &t));
    dx_text_place at = {t.first, 0};
    for (unsigned field = 0; field < DX_TEXT_FIELDS; field++) {
        while (at.first < t.first + t.end[field]) {
            uint32_t form = dx_text_next(&forms->code, &t, &at);
            if (form >= forms->count)
                return DX_ERR_CORRUPT;
            dx_str text = dx_form_string(forms, form);
            if (!text.ptr)
                return DX_ERR_CORRUPT;
            DX_TRY(dx_tokenizer_put_form(src->tokenizer, text,
                dx_form_meaning(forms, form) == DX_FORM_GAP
                    ? DX_FORM_KIND_GAP
                    : DX_FORM_KIND_WORD,
                b, &none));
        }
        DX_TRY(dx_tokenizer_put_form(src->tokenizer, (dx_str){"", 0},
            DX_FORM_KIND_FIELD_END, b, &none));
    }
    return DX_OK;
}

static dx_status copy_doc(source *src, uint32_t doc, dx_batch *b)
{
    dx_meta meta;

    DX_TRY(dx_segment_read_meta(src->s, doc, &src->meta, &meta));
    DX_TRY(copy_text(src, doc, b));
    dx_doc_columns columns = {.date = meta.date,
        .file = dx_segment_file(src->s, doc),
        .content = dx_segment_content_hash(src->s, doc),
        .id = dx_hash128_of(meta.id.ptr, meta.id.len)};
    return dx_tokenizer_end_doc(src->tokenizer, b,
        dx_length_at(dx_segment_lengths(src->s), doc), &columns,
        meta.at);
}

static dx_status copy_segment(source *src, dx_gathered *to,
    const dx_merge_options *options)
{
    const uint64_t *deleted = dx_segment_deleted(src->s);
    uint32_t docs = dx_segment_docs(src->s), replaced = 0;
    dx_status rc = DX_OK;
    dx_batch batch;

    dx_batch_init(&batch);
    for (uint32_t doc = 0; doc < docs && rc == DX_OK; doc++) {
        if (!dx_deleted_at(deleted, doc))
            rc = copy_doc(src, doc, &batch);
        if (rc == DX_OK && batch.doc_count == BATCH_DOCS)
            rc = dx_gathered_append(to, &batch, &replaced);
        if (rc == DX_OK && dx_stop_is_asked(options->stop))
            rc = DX_ERR_INTERRUPTED;
    }
    if (rc == DX_OK)
        rc = dx_gathered_append(to, &batch, &replaced);
    dx_batch_free(&batch);
    return rc;
}

static dx_status gather(const dx_generation *g, dx_merge_range r, dx_gathered *to,
    const dx_merge_options *options)
{
    source src = {.tokenizer = dx_tokenizer_new(to->forms)};
    dx_status rc = src.tokenizer ? DX_OK : DX_ERR_NOMEM;

    dx_meta_reader_init(&src.meta);
    for (size_t i = r.from; i < r.end && rc == DX_OK; i++) {
        src.s = g->segments[i];
        rc = copy_segment(&src, to, options);
    }
    dx_tokenizer_free(src.tokenizer);
    dx_meta_reader_free(&src.meta);
    return rc;
}

/* ---- merging ---- */

static dx_status invert(dx_gathered *gathered, dx_writer *store, uint32_t id,
    const dx_merge_options *options, dx_segment_entry *merged, dx_error *err)
{
    dx_invert_options invert = {options->threads, SORT_BYTES_MIN};
    size_t used = dx_gathered_bytes(gathered);

    if (options->memory_bytes > used + SORT_BYTES_MIN)
        invert.sort_bytes = (options->memory_bytes - used) / 2;
    return dx_invert(gathered, store, id, &invert, merged, err);
}

/* What the index needs of readers after merging, which leaves deleted documents
 * out. */
static unsigned features_after(const dx_generation *g, dx_merge_range r)
{
    unsigned features = 0;

    for (size_t i = 0; i < g->segment_count; i++) {
        const dx_segment *s = g->segments[i];
        bool is_merged = i >= r.from && i < r.end;
        if (is_merged ? dx_segment_hidden_count(s) > 0
                      : dx_segment_has_hidden(s))
            features |= DX_FEATURE_HIDDEN;
    }
    return features;
}

static dx_status merge(const dx_generation *g, dx_merge_range r,
    dx_writer *store, dx_manifest *m, const dx_merge_options *options,
    dx_error *err)
{
    dx_segment_entry merged = {0};
    dx_gathered gathered;
    dx_status rc = dx_gathered_init(&gathered);

    if (rc == DX_OK)
        rc = gather(g, r, &gathered, options);
    if (rc == DX_OK)
        rc = invert(&gathered, store, m->next_segment++, options, &merged, err);
    else
        dx_fail(err, rc, "merging segments: %s", dx_status_text(rc));
    dx_gathered_free(&gathered);
    if (rc == DX_OK && dx_stop_is_asked(options->stop))
        rc = dx_fail(err, DX_ERR_INTERRUPTED, "interrupted while merging");
    m->features = features_after(g, r);
    return rc == DX_OK
               ? dx_publish_merged(store, m, r.from, r.end, &merged, err)
               : rc;
}

static dx_status merge_next(const dx_generation *g, dx_writer *store,
    const dx_merge_options *options, bool *merged, dx_error *err)
{
    dx_manifest m;
    dx_str record;

    *merged = false;
    DX_TRY(dx_writer_get(store, DX_MANIFEST_KEY, &record, err));
    DX_TRY(dx_manifest_read(record, &m, err));
    dx_merge_range r = {0, 0};
    dx_status rc = find_due(g, options, &r);
    if (rc != DX_OK) {
        dx_fail_nomem(err);
    } else if (r.from < r.end) {
        if (options->on_merge)
            options->on_merge(options->ctx);
        rc = merge(g, r, store, &m, options, err);
        *merged = true;
    }
    dx_manifest_free(&m);
    return rc;
}

dx_status dx_merge_due(const char *index, dx_writer *store,
    const dx_merge_options *options, dx_error *err)
{
    bool merged = true;
    dx_status rc = DX_OK;

    while (merged && rc == DX_OK) {
        dx_snapshot *snapshot;
        dx_generation g;
        DX_TRY(dx_snapshot_open(index, &snapshot, err));
        rc = dx_generation_open(snapshot, &g, err);
        if (rc == DX_OK) {
            rc = merge_next(&g, store, options, &merged, err);
            dx_generation_close(&g);
        }
        dx_snapshot_close(snapshot);
    }
    return rc;
}
