/* Writes the manifest and the deletions, and deletes what no manifest names. */
#include "indexer/invert/publish.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/arena.h"
#include "common/base/mem.h"
#include "common/index/codec/window.h"
#include "common/index/segment/hidden.h"
#include "common/index/segment/layout/parts.h"
#include "common/index/segment/segment.h"

#define SEGMENT_DIGITS 8
#define RECORD_MAX_BYTES (1u << 20)
/* LMDB keeps a list of the pages that a transaction frees, and writes what is left of
 * it anew with each transaction that takes some: so that it must not be long. */
#define DROP_BYTES (32u << 20)

typedef struct old_record {
    dx_str key;
    size_t bytes;
} old_record;

typedef struct key_list {
    dx_arena arena;
    old_record *records; /* owned */
    size_t count, cap;
    const dx_manifest *keep; /* skip keys of these segments, if any */
} key_list;

static dx_status note_key(void *ctx, dx_str key, dx_str value)
{
    key_list *l = ctx;
    void *p = l->records;

    if (l->keep && key.len > SEGMENT_DIGITS) {
        char digits[SEGMENT_DIGITS + 1] = {0};
        memcpy(digits, key.ptr + 1, SEGMENT_DIGITS);
        unsigned long id = strtoul(digits, NULL, 16);
        for (size_t i = 0; i < l->keep->count; i++)
            if (l->keep->segments[i].id == id)
                return DX_OK;
    }
    if (dx_grow(&p, &l->cap, l->count + 1, sizeof *l->records) != 0)
        return DX_ERR_NOMEM;
    l->records = p;
    char *copy = dx_arena_strndup(&l->arena, key.ptr, key.len);
    if (!copy)
        return DX_ERR_NOMEM;
    l->records[l->count++] = (old_record){{copy, key.len}, value.len};
    return DX_OK;
}

static dx_status delete_records(dx_writer *store, const key_list *l,
    size_t commit_bytes, dx_error *err)
{
    size_t bytes = 0;

    for (size_t i = 0; i < l->count; i++) {
        DX_TRY(dx_writer_delete(store, l->records[i].key, err));
        bytes += l->records[i].bytes;
        if (bytes < commit_bytes)
            continue;
        DX_TRY(dx_writer_commit(store, err));
        bytes = 0;
    }
    return DX_OK;
}

/* Keys are gathered before any is deleted: a cursor's page may move. Commits whenever
 * `commit_bytes` are deleted. */
static dx_status delete_keys(dx_writer *store, dx_str prefix,
    const dx_manifest *keep, size_t commit_bytes, dx_error *err)
{
    key_list l = {.keep = keep};
    dx_status rc = dx_writer_each(store, prefix, note_key, &l, err);

    if (rc == DX_ERR_NOMEM)
        dx_fail_nomem(err);
    if (rc == DX_OK)
        rc = delete_records(store, &l, commit_bytes, err);
    dx_free(l.records);
    dx_arena_free(&l.arena);
    return rc;
}

static dx_status drop_segment(dx_writer *store, uint32_t id, dx_error *err)
{
    char prefix[DX_PART_KEY_MAX];

    return delete_keys(store, dx_segment_prefix(prefix, id), NULL, SIZE_MAX, err);
}

dx_status dx_publish_sweep(dx_writer *store, const dx_manifest *m,
    dx_error *err)
{
    DX_TRY(delete_keys(store, DX_STR_LIT(DX_SEGMENT_PREFIX), m, DROP_BYTES, err));
    return dx_writer_commit(store, err);
}

static dx_status put_record(dx_writer *store, dx_str key, const dx_buf *record,
    dx_error *err)
{
    return record->status == DX_OK
               ? dx_writer_put(store, key,
                     (dx_str){(const char *)record->data, record->len}, err)
               : dx_fail_nomem(err);
}

static dx_status put_dead(dx_writer *store, uint32_t id,
    const dx_indexed_segment *s, dx_error *err)
{
    char key[DX_DEAD_KEY_MAX];
    dx_buf record;

    dx_buf_init(&record, RECORD_MAX_BYTES);
    dx_dead_write(s->marks[DX_INDEXED_DEAD],
        (size_t)dx_window_count(dx_segment_docs(s->segment)) * DX_WINDOW_WORDS,
        &record);
    dx_status rc = put_record(store, dx_dead_key(key, id), &record, err);
    dx_buf_free(&record);
    return rc;
}

static dx_status put_manifest(dx_writer *store, const dx_manifest *m,
    dx_error *err)
{
    dx_buf record;

    dx_buf_init(&record, RECORD_MAX_BYTES);
    dx_manifest_write(m, &record);
    dx_status rc = put_record(store, DX_MANIFEST_KEY, &record, err);
    dx_buf_free(&record);
    return rc == DX_OK ? dx_writer_commit(store, err) : rc;
}

dx_status dx_publish_begin(dx_writer *store, dx_manifest *m, dx_error *err)
{
    dx_str record;

    DX_TRY(dx_writer_get_first(store, DX_MANIFEST_KEY, &record, err));
    DX_TRY(dx_manifest_read(record, m, err));
    return record.ptr ? DX_OK : put_manifest(store, m, err);
}

dx_status dx_publish_new(dx_writer *store, dx_manifest *m, dx_error *err)
{
    m->generation++;
    return put_manifest(store, m, err);
}

dx_status dx_publish(dx_writer *store, dx_manifest *m,
    const dx_indexed *indexed, dx_error *err)
{
    size_t kept = 0;

    m->features = 0;
    for (size_t i = 0; i < m->count; i++) {
        dx_segment_entry e = m->segments[i];
        const dx_indexed_segment *s = &indexed->segments[i];
        bool changed = e.deleted != s->dead_count;
        e.deleted = s->dead_count;
        if (e.deleted == e.docs) {
            DX_TRY(drop_segment(store, e.id, err));
            continue;
        }
        if (changed)
            DX_TRY(put_dead(store, e.id, s, err));
        if (dx_segment_has_hidden(s->segment))
            m->features |= DX_FEATURE_HIDDEN;
        m->segments[kept++] = e;
    }
    m->count = kept;
    DX_TRY(dx_indexed_damage(indexed, err));
    return dx_publish_new(store, m, err);
}

dx_status dx_publish_merged(dx_writer *store, dx_manifest *m, size_t from,
    size_t end, const dx_segment_entry *merged, dx_error *err)
{
    uint64_t bytes = 0;

    for (size_t i = from; i < end; i++)
        bytes += m->segments[i].bytes;
    for (size_t i = from; i < end && bytes <= DROP_BYTES; i++)
        DX_TRY(drop_segment(store, m->segments[i].id, err));
    m->segments[from] = *merged;
    memmove(&m->segments[from + 1], &m->segments[end],
        (m->count - end) * sizeof *m->segments);
    m->count -= end - from - 1;
    DX_TRY(dx_publish_new(store, m, err));
    return bytes <= DROP_BYTES ? DX_OK : dx_publish_sweep(store, m, err);
}

bool dx_published_since(const char *index, uint64_t before)
{
    dx_manifest m = {0};
    dx_snapshot *s;
    dx_str record;
    bool is_other = false;

    if (dx_snapshot_open(index, &s, NULL) != DX_OK)
        return false;
    if (dx_snapshot_get_first(s, DX_MANIFEST_KEY, &record, NULL) == DX_OK &&
        dx_manifest_read(record, &m, NULL) == DX_OK)
        is_other = m.generation != before;
    dx_manifest_free(&m);
    dx_snapshot_close(s);
    return is_other;
}
