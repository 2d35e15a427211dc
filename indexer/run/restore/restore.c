/* Copies a backup's records into the file that is to be the index. */
#include "indexer/run/restore/restore.h"

#include "common/base/arena.h"
#include "common/base/mem.h"
#include "common/base/stop.h"
#include "common/index/field/article_id.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/layout/manifest.h"
#include "common/index/store/snapshot.h"
#include "common/index/store/writer.h"
#include "indexer/invert/publish.h"
#include "indexer/run/takedown/remove.h"
#include "indexer/run/takedown/takedowns.h"

typedef struct restoring {
    const dx_restore_options *options;
    dx_snapshot *from;
    dx_writer *store, *fresh;
    dx_manifest manifest;    /* of the backup, and of what it becomes */
    dx_takedowns down;       /* of the old index */
    dx_arena arena;
    const char **ids; /* owned: those of them that the backup does not know */
    size_t id_count;
    size_t bytes; /* not yet committed */
    dx_restore_totals *totals;
    dx_error *err;
} restoring;

/* ---- what is replaced ---- */

static dx_status read_old(restoring *r, dx_snapshot *s, uint64_t *generation)
{
    dx_manifest old = {0};
    dx_str record;
    dx_status rc = dx_snapshot_get_first(s, DX_MANIFEST_KEY, &record, r->err);

    if (rc == DX_OK)
        rc = dx_manifest_read(record, &old, r->err);
    if (rc == DX_OK) {
        *generation = old.generation;
        rc = dx_takedowns_open(&r->down, s, r->err);
    }
    dx_manifest_free(&old);
    return rc;
}

/* Its generation, and what was taken down; of what is damaged, what can be read. */
static dx_status look_at_old(restoring *r, uint64_t *generation)
{
    dx_snapshot *s;

    *generation = 0;
    dx_status rc = dx_snapshot_open(r->options->to, &s, r->err);
    if (rc == DX_OK) {
        rc = read_old(r, s, generation);
        dx_snapshot_close(s);
    }
    return rc == DX_ERR_NOMEM ? rc : DX_OK;
}

/* Its id, as it has to be given to be taken down again. */
static dx_status add_id(restoring *r, const dx_takedown *t)
{
    dx_str id = t->flags & DX_TAKEDOWN_ONLY
                    ? dx_id_with_hash(t->id, t->content, &r->arena)
                    : t->id;

    r->ids[r->id_count++] = id.ptr;
    return id.ptr ? DX_OK : dx_fail_nomem(r->err);
}

/* The blocks that had it are those of the old index's files. */
static dx_status put_takedown(restoring *r, const dx_takedown *t)
{
    char key[DX_TAKEDOWN_KEY_BYTES + 1];
    dx_buf record;
    dx_str there;

    DX_TRY(dx_snapshot_get(r->from, dx_takedown_key(t, key), &there, r->err));
    if (there.ptr)
        return DX_OK;
    dx_buf_init(&record, UINT32_MAX);
    dx_takedown_write(t, NULL, 0, &record);
    dx_status rc = record.status == DX_OK
                       ? dx_writer_put(r->fresh, dx_takedown_key(t, key),
                             (dx_str){(const char *)record.data, record.len}, r->err)
                       : dx_fail_nomem(r->err);
    dx_buf_free(&record);
    return rc == DX_OK ? add_id(r, t) : rc;
}

static dx_status put_takedowns(restoring *r)
{
    r->ids = dx_calloc(r->down.count + 1, sizeof *r->ids);
    if (!r->ids)
        return dx_fail_nomem(r->err);
    for (size_t i = 0; i < r->down.count; i++)
        DX_TRY(put_takedown(r, &r->down.items[i].what));
    return DX_OK;
}

/* ---- the backup ---- */

static dx_status copy_record(void *ctx, dx_str key, dx_str value)
{
    restoring *r = ctx;

    DX_TRY(dx_stop_check(r->options->stop, r->err));
    if (dx_str_eq(key, DX_MANIFEST_KEY))
        return DX_OK; /* it is published in the end */
    DX_TRY(dx_writer_put(r->fresh, key, value, r->err));
    r->bytes += value.len;
    if (r->bytes < DX_STORE_TXN_BYTES)
        return DX_OK;
    r->bytes = 0;
    return dx_writer_commit(r->fresh, r->err);
}

static dx_status open_backup(restoring *r)
{
    dx_str record;

    DX_TRY(dx_snapshot_open(r->options->from, &r->from, r->err));
    DX_TRY(dx_snapshot_check_pages(r->from, r->err));
    DX_TRY(dx_snapshot_get_first(r->from, DX_MANIFEST_KEY, &record, r->err));
    return dx_manifest_read(record, &r->manifest, r->err);
}

static dx_status replace(restoring *r)
{
    const dx_restore_options *o = r->options;
    uint64_t generation;

    DX_TRY(open_backup(r));
    DX_TRY(dx_writer_open_over(o->to, o->from, &r->store, r->err));
    DX_TRY(look_at_old(r, &generation));
    DX_TRY(dx_writer_begin_fresh(r->store, &r->fresh, r->err));
    DX_TRY(dx_snapshot_each(r->from, (dx_str){"", 0}, copy_record, r, r->err));
    DX_TRY(put_takedowns(r));
    if (r->manifest.generation < generation)
        r->manifest.generation = generation;
    DX_TRY(dx_publish_new(r->fresh, &r->manifest, r->err));
    DX_TRY(dx_stop_check(o->stop, r->err));
    dx_status rc = dx_writer_end_fresh(r->store, r->fresh, r->err);
    r->totals->is_published = dx_writer_is_replaced(r->store);
    return rc;
}

/* ---- afterwards ---- */

static dx_status count_articles(const char *index, uint64_t *articles, dx_error *err)
{
    dx_generation g = {0};
    dx_snapshot *s;

    DX_TRY(dx_snapshot_open(index, &s, err));
    dx_status rc = dx_generation_open(s, &g, err);
    *articles = g.docs - g.deleted;
    dx_generation_close(&g);
    dx_snapshot_close(s);
    return rc;
}

static dx_status take_down_again(const restoring *r)
{
    const dx_restore_options *o = r->options;
    dx_remove_options remove = {.index = o->to, .ids = r->ids,
        .id_count = r->id_count, .reason = "", .remove_many = true,
        .memory_bytes = o->memory_bytes, .threads = o->threads, .stop = o->stop};
    dx_remove_totals totals;

    if (r->id_count == 0)
        return DX_OK;
    for (size_t i = 0; o->on_article && i < r->id_count; i++)
        o->on_article(o->ctx, r->ids[i]);
    dx_status rc = dx_remove(&remove, &totals, r->err);
    r->totals->are_back = rc != DX_OK && !totals.is_published;
    return rc;
}

dx_status dx_restore(const dx_restore_options *options, dx_restore_totals *totals,
    dx_error *err)
{
    restoring r = {.options = options, .arena = DX_ARENA_INIT, .totals = totals,
        .err = err};

    *totals = (dx_restore_totals){0};
    dx_status rc = replace(&r);
    totals->are_back = rc != DX_OK && r.id_count > 0;
    dx_writer_close(r.fresh);
    dx_writer_close(r.store);
    dx_snapshot_close(r.from);
    dx_manifest_free(&r.manifest);
    if (rc == DX_OK)
        rc = take_down_again(&r);
    if (rc == DX_OK)
        rc = count_articles(options->to, &totals->articles, err);
    dx_takedowns_free(&r.down);
    dx_free(r.ids);
    dx_arena_free(&r.arena);
    return rc;
}
