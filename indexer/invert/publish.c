#include "indexer/invert/publish.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/arena.h"
#include "common/base/mem.h"
#include "common/index/segment/parts.h"

#define SEGMENT_DIGITS 8

/* ---- deciding what dies ---- */

void dx_supersede(dx_indexed *k, size_t first_new, uint64_t *replaced)
{
    dx_hash128 id;

    for (size_t i = first_new; i < k->count && i > 0; i++) {
        const dx_segment *s = k->segments[i].segment;
        for (uint32_t e = 0; e < dx_segment_docs(s); e++) {
            uint32_t doc = dx_segment_id_entry(s, e, &id);
            if (doc == DX_ID_NONE ||
                dx_indexed_dead(k, (dx_indexed_doc){(uint32_t)i, doc}))
                continue;
            dx_indexed_doc before = dx_indexed_find(k, id, i);
            if (before.segment == DX_ID_NONE)
                continue;
            dx_indexed_kill(k, before);
            *replaced += before.segment >= first_new;
        }
    }
}

typedef struct paths {
    dx_meta_reader reader;
    dx_arena arena;
} paths;

static dx_status tell_removed(const dx_segment *s, uint32_t doc, paths *p,
    const dx_run_options *options, dx_run_totals *totals, dx_error *err)
{
    dx_meta meta;

    totals->events[DX_EVENT_REMOVED]++;
    if (!options->on_event)
        return DX_OK;
    dx_arena_reset(&p->arena);
    dx_status rc = dx_segment_read_meta(s, doc, &p->reader, &meta);
    if (rc == DX_OK && !dx_meta_keep(&meta, &p->arena))
        rc = DX_ERR_NOMEM;
    if (rc != DX_OK)
        return dx_fail(err, rc, "reading an article to be removed: %s",
            dx_status_text(rc));
    options->on_event(options->ctx,
        &(dx_event){DX_EVENT_REMOVED, meta.path.ptr, ""});
    return DX_OK;
}

dx_status dx_remove_lost(dx_indexed *k, size_t old_count, const dx_files *files,
    const dx_run_options *options, dx_run_totals *totals, dx_error *err)
{
    paths p = {.arena = DX_ARENA_INIT};
    dx_status rc = DX_OK;

    dx_meta_reader_init(&p.reader);
    for (size_t i = 0; i < old_count && rc == DX_OK; i++) {
        const dx_segment *s = k->segments[i].segment;
        for (uint32_t doc = 0; doc < dx_segment_docs(s) && rc == DX_OK; doc++) {
            dx_indexed_doc d = {(uint32_t)i, doc};
            dx_file_state state =
                dx_files_state(files, dx_segment_file(s, doc));
            bool lost = state == DX_FILE_GONE ||
                        (state == DX_FILE_READ && !dx_indexed_seen(k, d));
            if (!lost || dx_indexed_dead(k, d))
                continue;
            dx_indexed_kill(k, d);
            rc = tell_removed(s, doc, &p, options, totals, err);
        }
    }
    dx_meta_reader_free(&p.reader);
    dx_arena_free(&p.arena);
    return rc;
}

/* ---- records ---- */

typedef struct key_list {
    dx_arena arena;
    dx_str *keys;
    size_t count, cap;
    const dx_manifest *keep; /* skip keys of these segments, if any */
} key_list;

static dx_status note_key(void *ctx, dx_str key, dx_str value)
{
    key_list *l = ctx;
    void *p = l->keys;

    (void)value;
    if (l->keep && key.len > SEGMENT_DIGITS) {
        char digits[SEGMENT_DIGITS + 1] = {0};
        memcpy(digits, key.ptr + 1, SEGMENT_DIGITS);
        unsigned long id = strtoul(digits, NULL, 16);
        for (size_t i = 0; i < l->keep->count; i++)
            if (l->keep->segments[i].id == id)
                return DX_OK;
    }
    if (dx_grow(&p, &l->cap, l->count + 1, sizeof *l->keys) != 0)
        return DX_ERR_NOMEM;
    l->keys = p;
    char *copy = dx_arena_strndup(&l->arena, key.ptr, key.len);
    if (!copy)
        return DX_ERR_NOMEM;
    l->keys[l->count++] = (dx_str){copy, key.len};
    return DX_OK;
}

/* Keys are gathered before any is deleted: a cursor's page may move. */
static dx_status delete_keys(dx_writer *store, const char *prefix,
    const dx_manifest *keep, size_t *deleted, dx_error *err)
{
    key_list l = {.keep = keep};
    dx_status rc = dx_writer_each(store, dx_str_from(prefix), note_key, &l,
        err);

    if (rc == DX_ERR_NOMEM)
        dx_fail_nomem(err);
    for (size_t i = 0; i < l.count && rc == DX_OK; i++)
        rc = dx_writer_delete(store, l.keys[i], err);
    *deleted = l.count;
    dx_free(l.keys);
    dx_arena_free(&l.arena);
    return rc;
}

dx_status dx_drop_segment(dx_writer *store, uint32_t id, dx_error *err)
{
    char prefix[DX_PART_KEY_MAX];
    size_t deleted;

    snprintf(prefix, sizeof prefix, "s%08x.", id);
    return delete_keys(store, prefix, NULL, &deleted, err);
}

dx_status dx_sweep(dx_writer *store, const dx_manifest *m, dx_error *err)
{
    size_t deleted;

    DX_TRY(delete_keys(store, "s", m, &deleted, err));
    return deleted ? dx_writer_commit(store, err) : DX_OK;
}

static dx_status put_dead(dx_writer *store, uint32_t id,
    const dx_indexed_segment *k, dx_error *err)
{
    char key[DX_DEAD_KEY_MAX];
    dx_buf record;

    dx_buf_init(&record, 1u << 20);
    dx_dead_write(k->dead,
        (size_t)dx_window_count(dx_segment_docs(k->segment)) * DX_WINDOW_WORDS,
        &record);
    dx_status rc = record.status;
    if (rc == DX_OK)
        rc = dx_writer_put(store, dx_dead_key(key, id),
            (dx_str){(const char *)record.data, record.len}, err);
    else
        rc = dx_fail_nomem(err);
    dx_buf_free(&record);
    return rc;
}

static dx_status put_manifest(dx_writer *store, const dx_manifest *m,
    dx_error *err)
{
    dx_buf record;

    dx_buf_init(&record, 1u << 20);
    dx_manifest_write(m, &record);
    dx_status rc = record.status == DX_OK
                       ? dx_writer_put(store, DX_MANIFEST_KEY,
                             (dx_str){(const char *)record.data, record.len},
                             err)
                       : dx_fail_nomem(err);
    dx_buf_free(&record);
    return rc;
}

dx_status dx_publish(dx_writer *store, dx_manifest *m, const dx_indexed *known,
    const dx_files *files, dx_error *err)
{
    size_t kept = 0;

    for (size_t i = 0; i < m->count; i++) {
        dx_segment_entry e = m->segments[i];
        const dx_indexed_segment *k = &known->segments[i];
        bool changed = e.deleted != k->dead_count;
        e.deleted = k->dead_count;
        if (e.deleted == e.docs) {
            DX_TRY(dx_drop_segment(store, e.id, err));
            continue;
        }
        if (changed)
            DX_TRY(put_dead(store, e.id, k, err));
        m->segments[kept++] = e;
    }
    m->count = kept;
    m->generation++;
    if (files) {
        m->next_file = files->next;
        DX_TRY(dx_files_write(files, store, err));
    }
    DX_TRY(put_manifest(store, m, err));
    return dx_writer_commit(store, err);
}
