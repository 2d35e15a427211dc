#include "indexer/files.h"

#include <stdio.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/base/mem.h"

#define RECORD_BYTES 20u /* size, time, number; then the path */
#define KEY_PREFIX "f"

typedef struct dx_file_record {
    dx_str key;
    dx_str path;
    uint64_t size_bytes;
    int64_t mtime_ns;
    uint32_t number;
    bool gone;
} dx_file_record;

void dx_files_init(dx_files *f, dx_snapshot *snapshot, uint32_t next)
{
    *f = (dx_files){.snapshot = snapshot, .next = next};
}

void dx_files_free(dx_files *f)
{
    dx_free(f->states);
    dx_free(f->changes);
    dx_arena_free(&f->arena);
    *f = (dx_files){0};
}

static dx_str key_of(const char *path, char out[DX_STORE_KEY_MAX + 1])
{
    size_t len = strlen(path);
    int n;

    if (len < DX_STORE_KEY_MAX) {
        n = snprintf(out, DX_STORE_KEY_MAX + 1, KEY_PREFIX "%s", path);
    } else {
        dx_hash128 h = dx_hash128_of(path, len);
        n = snprintf(out, DX_STORE_KEY_MAX + 1, KEY_PREFIX "#%016llx%016llx",
            (unsigned long long)h.hi, (unsigned long long)h.lo);
    }
    return (dx_str){out, (size_t)n};
}

static bool parse(dx_str value, dx_file_record *out)
{
    const uint8_t *p = (const uint8_t *)value.ptr;

    if (value.len < RECORD_BYTES)
        return false;
    out->size_bytes = dx_load_u64(p);
    out->mtime_ns = (int64_t)dx_load_u64(p + 8);
    out->number = dx_load_u32(p + 16);
    out->path =
        (dx_str){value.ptr + RECORD_BYTES, value.len - RECORD_BYTES};
    return true;
}

static dx_status set_state(dx_files *f, uint32_t number, dx_file_state state)
{
    size_t before = f->state_cap;
    void *p = f->states;

    if (dx_grow(&p, &f->state_cap, (size_t)number + 1, 1) != 0)
        return DX_ERR_NOMEM;
    f->states = p;
    memset(f->states + before, DX_FILE_UNSEEN, f->state_cap - before);
    f->states[number] = (uint8_t)state;
    return DX_OK;
}

static dx_status add_change(dx_files *f, dx_file_record r)
{
    void *p = f->changes;
    char *key = dx_arena_strndup(&f->arena, r.key.ptr, r.key.len);
    char *path = dx_arena_strndup(&f->arena, r.path.ptr, r.path.len);

    if (!key || !path ||
        dx_grow(&p, &f->change_cap, f->change_count + 1, sizeof r) != 0)
        return DX_ERR_NOMEM;
    f->changes = p;
    r.key.ptr = key;
    r.path.ptr = path;
    f->changes[f->change_count++] = r;
    return DX_OK;
}

dx_status dx_files_find(dx_files *f, const dx_found_file *file,
    uint32_t *number, bool *unchanged, dx_error *err)
{
    char key_bytes[DX_STORE_KEY_MAX + 1];
    dx_str key = key_of(file->absolute, key_bytes), value = {NULL, 0};
    dx_str path = dx_str_from(file->absolute);
    dx_file_record r;
    dx_status rc = DX_OK;

    if (f->snapshot)
        DX_TRY(dx_snapshot_get(f->snapshot, key, &value, err));
    bool known = parse(value, &r) && dx_str_eq(r.path, path);
    *number = known ? r.number : f->next;
    *unchanged = known && r.size_bytes == file->size_bytes &&
                 r.mtime_ns == file->mtime_ns;
    if (!known)
        f->next++;
    rc = set_state(f, *number, *unchanged ? DX_FILE_KEPT : DX_FILE_READ);
    if (rc == DX_OK && !*unchanged)
        rc = add_change(f, (dx_file_record){key, path, file->size_bytes,
                               file->mtime_ns, *number, false});
    return rc == DX_OK ? rc : dx_fail_nomem(err);
}

void dx_files_keep(dx_files *f, uint32_t number)
{
    f->states[number] = DX_FILE_KEPT;
    for (size_t i = f->change_count; i-- > 0;)
        if (f->changes[i].number == number) {
            f->changes[i] = f->changes[--f->change_count];
            break;
        }
}

typedef struct gone_search {
    dx_files *files;
    dx_str root;
} gone_search;

static bool is_under(dx_str path, dx_str root)
{
    bool slash = root.len && root.ptr[root.len - 1] == '/';

    return path.len >= root.len && memcmp(path.ptr, root.ptr, root.len) == 0 &&
           (path.len == root.len || slash || path.ptr[root.len] == '/');
}

static dx_status note_gone(void *ctx, dx_str key, dx_str value)
{
    gone_search *g = ctx;
    dx_file_record r;

    if (!parse(value, &r) || !is_under(r.path, g->root) ||
        dx_files_state(g->files, r.number) != DX_FILE_UNSEEN)
        return DX_OK;
    r.key = key;
    r.gone = true;
    DX_TRY(set_state(g->files, r.number, DX_FILE_GONE));
    return add_change(g->files, r);
}

dx_status dx_files_find_gone(dx_files *f, const char *root, dx_error *err)
{
    gone_search g = {f, dx_str_from(root)};

    if (!f->snapshot)
        return DX_OK;
    dx_status rc = dx_snapshot_each(f->snapshot, DX_STR_LIT(KEY_PREFIX),
        note_gone, &g, err);
    return rc == DX_ERR_NOMEM ? dx_fail_nomem(err) : rc;
}

static dx_status write_record(const dx_file_record *r, dx_writer *store,
    dx_buf *value, dx_error *err)
{
    if (r->gone)
        return dx_writer_delete(store, r->key, err);
    dx_buf_clear(value);
    dx_buf_put_u64(value, r->size_bytes);
    dx_buf_put_u64(value, (uint64_t)r->mtime_ns);
    dx_buf_put_u32(value, r->number);
    dx_buf_put_str(value, r->path);
    if (value->status != DX_OK)
        return dx_fail_nomem(err);
    return dx_writer_put(store, r->key,
        (dx_str){(const char *)value->data, value->len}, err);
}

dx_status dx_files_write(const dx_files *f, dx_writer *store, dx_error *err)
{
    dx_status rc = DX_OK;
    dx_buf value;

    dx_buf_init(&value, 1u << 20);
    for (size_t i = 0; rc == DX_OK && i < f->change_count; i++)
        rc = write_record(&f->changes[i], store, &value, err);
    dx_buf_free(&value);
    return rc;
}
