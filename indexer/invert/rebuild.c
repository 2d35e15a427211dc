/* Reads documents back as articles, and makes segments of them. */
#include "indexer/invert/rebuild.h"

#include <string.h>

#include "common/base/arena.h"
#include "common/base/civil.h"
#include "common/base/stop.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/layout/manifest.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/segment.h"
#include "common/index/store/snapshot.h"
#include "common/index/store/writer.h"
#include "indexer/gather/gathered.h"
#include "indexer/gather/tokenize.h"
#include "indexer/input/article.h"
#include "indexer/invert/invert.h"
#include "indexer/invert/publish.h"

#define BATCH_DOCS 1024u
#define SORT_BYTES_MIN ((size_t)16 << 20)

/* What an index keeps of files (run/files/), of ids, and of what was taken down. */
static const char *const kept_keys[] = {"f", "b", "namesakes", "t"};

typedef struct rebuild {
    const dx_rebuild_options *options;
    dx_generation from;
    dx_writer *store;
    dx_manifest manifest; /* of the new index */
    dx_gathered gathered;
    dx_tokenizer *tokenizer; /* of its word forms */
    dx_batch batch;
    dx_meta_reader meta;
    dx_doc doc;
    uint64_t articles;
    dx_error *err;
} rebuild;

static dx_status fail(const rebuild *r, dx_status rc, const char *what)
{
    return dx_fail(r->err, rc, "%s: %s", what, dx_status_text(rc));
}

/* ---- articles ---- */

/* Its strings live until the next one is read. */
static dx_status read_article(rebuild *r, const dx_segment *s, uint32_t doc,
    dx_article *out)
{
    dx_meta meta;
    uint32_t at = 0;

    DX_TRY(dx_segment_read_meta(s, doc, &r->meta, &meta));
    DX_TRY(dx_segment_read_doc(s, doc, false, &r->doc));
    *out = (dx_article){.date = meta.date,
        .content.lo = dx_segment_content_hash(s, doc)};
    memcpy(out->at, meta.at, sizeof out->at);
    for (unsigned f = 0; f < DX_TEXT_FIELDS; f++) {
        uint32_t end = r->doc.field_end[f];
        out->at[f] = (dx_str){(const char *)r->doc.text.data + at, end - at};
        at = end;
    }
    return DX_OK;
}

static dx_status append(rebuild *r)
{
    dx_gathered_repeat repeats[BATCH_DOCS]; /* there are none */
    dx_status rc = dx_gathered_append(&r->gathered, &r->batch, repeats);

    return rc == DX_OK ? rc : fail(r, rc, "gathering articles");
}

/* ---- segments ---- */

static dx_status begin_segment(rebuild *r)
{
    if (dx_gathered_init(&r->gathered) != DX_OK)
        return dx_fail_nomem(r->err);
    r->tokenizer = dx_tokenizer_new(r->gathered.forms, r->options->stop);
    return r->tokenizer ? DX_OK : dx_fail_nomem(r->err);
}

static void drop_gathered(rebuild *r)
{
    dx_tokenizer_free(r->tokenizer);
    r->tokenizer = NULL;
    dx_gathered_free(&r->gathered);
    r->gathered = (dx_gathered){0};
}

static dx_status make_segment(rebuild *r)
{
    dx_invert_options invert = {r->options->threads, SORT_BYTES_MIN, NULL};
    size_t used = dx_gathered_bytes(&r->gathered);
    dx_segment_entry *entry = dx_manifest_add(&r->manifest);

    if (!entry)
        return dx_fail_nomem(r->err);
    if (r->options->memory_bytes > used + SORT_BYTES_MIN)
        invert.sort_bytes = r->options->memory_bytes - used;
    DX_TRY(dx_invert(&r->gathered, r->store, r->manifest.next_segment++,
        &invert, entry, r->err));
    drop_gathered(r);
    return DX_OK;
}

/* After a batch: makes a segment if enough is gathered. */
static dx_status end_batch(rebuild *r)
{
    const dx_rebuild_options *o = r->options;

    DX_TRY(append(r));
    DX_TRY(dx_stop_check(o->stop, r->err));
    if (o->on_progress)
        o->on_progress(o->ctx, r->articles, r->from.docs - r->from.deleted);
    if (!dx_gathered_is_full(&r->gathered, o->memory_bytes / 2))
        return DX_OK;
    DX_TRY(make_segment(r));
    return begin_segment(r);
}

static dx_status copy_doc(rebuild *r, const dx_segment *s, uint32_t doc)
{
    dx_article article;
    dx_status rc = read_article(r, s, doc, &article);

    if (rc == DX_OK)
        rc = dx_tokenizer_put_article(r->tokenizer, &article,
            dx_segment_file(s, doc), &r->batch);
    if (rc == DX_ERR_INTERRUPTED)
        return dx_stop_check(r->options->stop, r->err);
    if (rc != DX_OK)
        return fail(r, rc, "reading an article back");
    r->articles++;
    return r->batch.doc_count < BATCH_DOCS ? DX_OK : end_batch(r);
}

static dx_status copy_all(rebuild *r)
{
    DX_TRY(begin_segment(r));
    for (size_t i = 0; i < r->from.segment_count; i++) {
        const dx_segment *s = r->from.segments[i];
        const uint64_t *deleted = dx_segment_deleted(s);
        for (uint32_t doc = 0; doc < dx_segment_docs(s); doc++)
            if (!dx_deleted_at(deleted, doc))
                DX_TRY(copy_doc(r, s, doc));
    }
    DX_TRY(append(r));
    return r->gathered.docs ? make_segment(r) : DX_OK;
}

/* ---- the index ---- */

static dx_status copy_record(void *ctx, dx_str key, dx_str value)
{
    rebuild *r = ctx;

    return dx_writer_put(r->store, key, value, r->err);
}

/* Not where there is an index; what an earlier try left is removed. */
static dx_status open_new(rebuild *r)
{
    dx_manifest there = {0};

    DX_TRY(dx_writer_open(r->options->to, &r->store, r->err));
    dx_status rc = dx_publish_begin(r->store, &there, r->err);
    bool is_published = rc == DX_ERR_VERSION ||
                        (rc == DX_OK && there.generation > 0);
    dx_manifest_free(&there);
    if (is_published)
        return dx_fail(r->err, DX_ERR_INVALID,
            "%s: there is an index already; give a new directory",
            r->options->to);
    DX_TRY(rc);
    return dx_publish_sweep(r->store, &r->manifest, r->err);
}

static dx_status make_index(rebuild *r, dx_snapshot *from)
{
    DX_TRY(dx_generation_open_texts(from, &r->from, &r->manifest.next_file,
        r->err));
    DX_TRY(open_new(r));
    DX_TRY(copy_all(r));
    DX_TRY(dx_stop_check(r->options->stop, r->err));
    for (size_t i = 0; i < sizeof kept_keys / sizeof *kept_keys; i++)
        DX_TRY(dx_snapshot_each(from, dx_str_from(kept_keys[i]), copy_record, r,
            r->err));
    DX_TRY(dx_generation_damage(&r->from, NULL, r->err));
    if (r->from.hidden)
        r->manifest.features |= DX_FEATURE_HIDDEN;
    return dx_publish_new(r->store, &r->manifest, r->err);
}

dx_status dx_rebuild(const dx_rebuild_options *options, uint64_t *articles,
    dx_error *err)
{
    rebuild r = {.options = options, .err = err};
    dx_snapshot *from;

    *articles = 0;
    DX_TRY(dx_snapshot_open(options->from, &from, err));
    dx_batch_init(&r.batch);
    dx_meta_reader_init(&r.meta);
    dx_doc_init(&r.doc);
    dx_status rc = make_index(&r, from);
    *articles = r.articles;
    drop_gathered(&r);
    dx_batch_free(&r.batch);
    dx_doc_free(&r.doc);
    dx_meta_reader_free(&r.meta);
    dx_manifest_free(&r.manifest);
    dx_writer_close(r.store);
    dx_generation_close(&r.from);
    dx_snapshot_close(from);
    return rc;
}
