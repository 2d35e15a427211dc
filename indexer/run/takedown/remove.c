/* Finds the articles that are to go, and publishes the index without them. */
#include "indexer/run/takedown/remove.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "common/index/field/article_id.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/identity/contested.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/segment.h"
#include "common/index/store/writer.h"
#include "indexer/invert/indexed.h"
#include "indexer/invert/merge.h"
#include "indexer/invert/publish.h"
#include "indexer/run/files/check.h"
#include "indexer/run/files/numbers.h"
#include "indexer/run/settle/lost.h"
#include "indexer/run/settle/namesakes.h"
#include "indexer/run/takedown/take.h"
#include "indexer/run/takedown/takedowns.h"

#define HASH_MASK (~(uint64_t)15) /* what dx_id_split() gives of a hash */

typedef struct wanted_url {
    uint64_t hash;
    const char *text;
    bool is_found;
} wanted_url;

typedef struct removal {
    const dx_remove_options *options;
    dx_remove_totals *totals;
    dx_writer *store; /* NULL in a dry run */
    dx_snapshot *snapshot;
    dx_generation before;
    dx_manifest manifest;
    bool has_begun;          /* to write: the manifest was of … */
    uint64_t old_generation; /* … this generation */
    dx_indexed indexed;
    dx_files files; /* as they are */
    dx_borrowed borrowed;
    dx_takedowns takedowns;
    dx_doc_list all;  /* with all of their ids, … */
    dx_doc_list only; /* … and those beside which others have it */
    wanted_url *urls; /* owned */
    dx_meta_reader meta;
    dx_doc title; /* of an article */
    dx_error *err;
} removal;

/* ---- the index ---- */

static dx_status open_index(removal *r)
{
    dx_error *err = r->err;
    dx_str record;

    DX_TRY(dx_snapshot_open(r->options->index, &r->snapshot, err)); /* there is one */
    if (!r->options->dry_run) {
        dx_snapshot_close(r->snapshot);
        r->snapshot = NULL;
        DX_TRY(dx_writer_open(r->options->index, &r->store, err));
        DX_TRY(dx_publish_begin(r->store, &r->manifest, err));
        DX_TRY(dx_publish_sweep(r->store, &r->manifest, err));
        dx_manifest_free(&r->manifest);
        DX_TRY(dx_snapshot_open_written(r->options->index, &r->snapshot, err));
    }
    DX_TRY(dx_snapshot_get_first(r->snapshot, DX_MANIFEST_KEY, &record, err));
    DX_TRY(dx_manifest_read(record, &r->manifest, err));
    DX_TRY(dx_generation_open(r->snapshot, &r->before, err));
    for (size_t i = 0; i < r->before.segment_count; i++)
        if (dx_indexed_add(&r->indexed, r->before.segments[i], NULL) != DX_OK)
            return dx_fail_nomem(err);
    DX_TRY(dx_files_trust(r->snapshot, r->manifest.next_file, r->options->index, err));
    dx_files_init(&r->files, r->snapshot, r->manifest.next_file, 0, true);
    r->totals->articles = r->before.docs - r->before.deleted;
    return dx_takedowns_open(&r->takedowns, r->snapshot, err);
}

static void close_index(removal *r)
{
    dx_takedowns_free(&r->takedowns);
    dx_files_free(&r->files);
    dx_indexed_free(&r->indexed);
    dx_generation_close(&r->before);
    dx_snapshot_close(r->snapshot);
    dx_manifest_free(&r->manifest);
}

/* ---- finding ---- */

/* Marked as NAMED, so that none is chosen twice. */
static dx_status choose(removal *r, dx_indexed_doc d, dx_doc_list *to)
{
    if (dx_indexed_is(&r->indexed, d, DX_INDEXED_NAMED))
        return DX_OK;
    dx_indexed_mark_as(&r->indexed, d, DX_INDEXED_NAMED);
    return dx_doc_list_add(to, d);
}

static bool is_taken_down(const removal *r, dx_str id)
{
    for (size_t i = 0; i < r->takedowns.count; i++)
        if (dx_str_eq(r->takedowns.items[i].what.id, id))
            return true;
    return false;
}

static void tell_missing(removal *r, const char *name, bool was_there)
{
    r->totals->missing++;
    if (r->options->on_missing)
        r->options->on_missing(r->options->ctx, name, was_there);
}

static dx_status find_id(removal *r, const char *name)
{
    dx_str id = dx_str_from(name), base = {NULL, 0};
    uint64_t hash;
    dx_indexed_cursor c = dx_indexed_cursor_new(&r->indexed,
        dx_hash128_of(id.ptr, id.len), r->indexed.count);
    bool found = false;

    while (dx_indexed_next(&c)) {
        found = true;
        DX_TRY(choose(r, c.at, &r->all));
    }
    if (!found && dx_id_split(id, &base, &hash)) {
        c = dx_indexed_cursor_new(&r->indexed, dx_hash128_of(base.ptr, base.len),
            r->indexed.count);
        while (dx_indexed_next(&c)) {
            if ((dx_indexed_content(&r->indexed, c.at) & HASH_MASK) != hash)
                continue;
            found = true;
            DX_TRY(choose(r, c.at, &r->only));
        }
    }
    if (!found)
        tell_missing(r, name, is_taken_down(r, id));
    return DX_OK;
}

static int by_hash(const void *a, const void *b)
{
    const wanted_url *x = a, *y = b;

    return (x->hash > y->hash) - (x->hash < y->hash);
}

static dx_status find_url_of(removal *r, dx_indexed_doc d)
{
    wanted_url wanted = {0};
    dx_meta meta;

    DX_TRY(dx_segment_read_meta(r->indexed.segments[d.segment].segment, d.doc,
        &r->meta, &meta));
    wanted.hash = dx_takedown_url(meta.url);
    wanted_url *found = wanted.hash ? bsearch(&wanted, r->urls,
                                          r->options->url_count, sizeof wanted,
                                          by_hash)
                                    : NULL;
    if (!found)
        return DX_OK;
    found->is_found = true;
    return choose(r, d, &r->all);
}

static dx_status find_urls(removal *r)
{
    size_t count = r->options->url_count;

    if (count == 0)
        return DX_OK;
    r->urls = dx_calloc(count, sizeof *r->urls);
    if (!r->urls)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < count; i++) {
        const char *url = r->options->urls[i];
        r->urls[i] = (wanted_url){dx_takedown_url(dx_str_from(url)), url, false};
    }
    qsort(r->urls, count, sizeof *r->urls, by_hash);
    for (uint32_t s = 0; s < r->indexed.count; s++)
        for (uint32_t doc = 0;
             doc < dx_segment_docs(r->indexed.segments[s].segment); doc++)
            if (!dx_indexed_is(&r->indexed, (dx_indexed_doc){s, doc},
                    DX_INDEXED_DEAD))
                DX_TRY(find_url_of(r, (dx_indexed_doc){s, doc}));
    for (size_t i = 0; i < count; i++)
        if (!r->urls[i].is_found)
            tell_missing(r, r->urls[i].text, false);
    return DX_OK;
}

static dx_status find_all(removal *r)
{
    dx_status rc = DX_OK;

    for (size_t i = 0; rc == DX_OK && i < r->options->id_count; i++)
        rc = find_id(r, r->options->ids[i]);
    if (rc == DX_OK)
        rc = find_urls(r);
    r->totals->removed = r->all.count + r->only.count;
    r->totals->are_many = !r->options->remove_many &&
        dx_lost_are_many(r->totals->removed, r->totals->articles);
    return rc == DX_OK ? rc
                       : dx_fail(r->err, rc, "articles to be removed: %s",
                             dx_status_text(rc));
}

/* ---- removing ---- */

static dx_status tell(void *ctx, dx_indexed_doc d)
{
    removal *r = ctx;
    const dx_segment *s = r->indexed.segments[d.segment].segment;
    dx_meta meta;

    if (!r->options->on_article)
        return DX_OK;
    DX_TRY(dx_segment_read_meta(s, d.doc, &r->meta, &meta));
    DX_TRY(dx_segment_read_doc(s, d.doc, true, &r->title));
    r->options->on_article(r->options->ctx,
        &(dx_removed){meta.id,
            {(const char *)r->title.text.data, r->title.field_end[DX_FIELD_TITLE]},
            meta.date});
    return DX_OK;
}

static dx_status take_down(removal *r)
{
    dx_takedown_order order = {.indexed = &r->indexed, .files = &r->files,
        .borrowed = &r->borrowed, .snapshot = r->snapshot,
        .reason = r->options->reason, .time_s = (int64_t)time(NULL), .ctx = r,
        .each = tell};

    DX_TRY(dx_takedowns_take(&r->takedowns, &order, r->all.items, r->all.count,
        r->err));
    order.only = true;
    return dx_takedowns_take(&r->takedowns, &order, r->only.items, r->only.count,
        r->err);
}

/* Ids that several articles had may be those of one now. */
static dx_status put_contested(removal *r)
{
    dx_contested before = {0};
    dx_progress_sink progress = {.on_progress = NULL};
    dx_buf record;

    DX_TRY(dx_contested_open(r->snapshot, &before, r->err));
    dx_namesakes namesakes = {.indexed = &r->indexed,
        .old_count = r->indexed.count, .before = &before, .files = &r->files,
        .borrowed = &r->borrowed, .progress = &progress};
    dx_buf_init(&record, SIZE_MAX);
    dx_status rc = dx_namesakes_settle(&namesakes, &record, r->err);
    if (rc == DX_OK)
        rc = dx_writer_put(r->store, DX_CONTESTED_KEY,
            (dx_str){(const char *)record.data, record.len}, r->err);
    dx_buf_free(&record);
    return rc;
}

static dx_status publish(removal *r)
{
    if (r->options->dry_run || r->totals->removed == 0)
        return dx_indexed_damage(&r->indexed, r->err);
    DX_TRY(put_contested(r));
    DX_TRY(dx_takedowns_write(&r->takedowns, &r->files, r->store, r->err));
    return dx_publish(r->store, &r->manifest, &r->indexed, r->err);
}

static dx_status remove_found(removal *r)
{
    DX_TRY(open_index(r));
    r->has_begun = !r->options->dry_run;
    r->old_generation = r->manifest.generation;
    DX_TRY(find_all(r));
    if (r->totals->are_many && !r->options->dry_run)
        return dx_indexed_damage(&r->indexed, r->err);
    DX_TRY(take_down(r));
    return publish(r);
}

dx_status dx_remove(const dx_remove_options *options, dx_remove_totals *totals,
    dx_error *err)
{
    removal r = {.options = options, .totals = totals, .err = err};
    dx_merge_options merge = {.memory_bytes = options->memory_bytes,
        .threads = options->threads, .optimize = options->optimize,
        .stop = options->stop};

    *totals = (dx_remove_totals){0};
    dx_meta_reader_init(&r.meta);
    dx_doc_init(&r.title);
    dx_status rc = remove_found(&r);
    dx_meta_reader_free(&r.meta);
    dx_doc_free(&r.title);
    dx_free(r.all.items);
    dx_free(r.only.items);
    dx_free(r.urls);
    close_index(&r);
    if (rc == DX_OK && !options->dry_run && !totals->are_many &&
        (totals->removed || options->optimize))
        rc = dx_merge_due(options->index, r.store, &merge, err);
    dx_writer_close(r.store);
    totals->is_published = rc != DX_OK && r.has_begun &&
                           dx_published_since(options->index, r.old_generation);
    return rc;
}

/* ---- letting it come back ---- */

/* By its id, or by the one that it was shown by beside others. */
static bool is_meant(const dx_takedown *t, dx_str id)
{
    dx_str base;
    uint64_t hash;

    return dx_str_eq(t->id, id) ||
           (dx_id_split(id, &base, &hash) && dx_str_eq(t->id, base) &&
               (t->content & HASH_MASK) == hash);
}

static dx_status lift(removal *r, const dx_undo_remove_options *o, const char *id,
    dx_numbers *again)
{
    char key[DX_TAKEDOWN_KEY_BYTES + 1];
    bool found = false, is_kept = false;

    for (size_t i = 0; i < r->takedowns.count; i++) {
        const dx_takedown *t = &r->takedowns.items[i].what;
        if (!is_meant(t, dx_str_from(id)))
            continue;
        found = true;
        is_kept |= t->block_count > 0;
        for (uint32_t b = 0; b < t->block_count; b++)
            if (dx_numbers_add(again, dx_takedown_block(t, b)) != DX_OK)
                return dx_fail_nomem(r->err);
        DX_TRY(dx_writer_delete(r->store, dx_takedown_key(t, key), r->err));
    }
    if (found)
        o->on_article(o->ctx, id, is_kept);
    else
        o->on_missing(o->ctx, id);
    return DX_OK;
}

static dx_status undo(removal *r, const dx_undo_remove_options *o,
    dx_numbers *again)
{
    DX_TRY(open_index(r));
    for (size_t i = 0; i < o->id_count; i++)
        DX_TRY(lift(r, o, o->ids[i], again));
    dx_numbers_sort(again);
    DX_TRY(dx_files_read_again(&r->files, again->items, again->count, r->err));
    DX_TRY(dx_files_write(&r->files, r->store, r->err));
    return dx_publish(r->store, &r->manifest, &r->indexed, r->err);
}

dx_status dx_undo_remove(const dx_undo_remove_options *options, dx_error *err)
{
    dx_remove_options index = {.index = options->index};
    dx_remove_totals totals;
    removal r = {.options = &index, .totals = &totals, .err = err};
    dx_numbers again = {0};

    dx_status rc = undo(&r, options, &again);
    dx_numbers_free(&again);
    close_index(&r);
    dx_writer_close(r.store);
    return rc;
}
