/* The table of files: looked up as they are found, written in the end. */
#include "indexer/run/files.h"

#include <stdio.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/index/store/store.h"

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
    *f = (dx_files){.snapshot = snapshot,
        .next = next > DX_FILE_NONE ? next : DX_FILE_NONE + 1};
}

void dx_files_free(dx_files *f)
{
    dx_free(f->states);
    dx_free(f->changes);
    dx_arena_free(&f->arena);
    *f = (dx_files){0};
}

static dx_str key_of(dx_str path, char out[DX_STORE_KEY_MAX + 1])
{
    dx_hash128 h = dx_hash128_of(path.ptr, path.len);
    int n;

    if (path.len < DX_STORE_KEY_MAX)
        n = snprintf(out, DX_STORE_KEY_MAX + 1, KEY_PREFIX "%.*s",
            (int)path.len, path.ptr);
    else
        n = snprintf(out, DX_STORE_KEY_MAX + 1, KEY_PREFIX "#%016llx%016llx",
            (unsigned long long)h.hi, (unsigned long long)h.lo);
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
    dx_str path = dx_str_from(file->absolute);
    dx_str key = key_of(path, key_bytes), value = {NULL, 0};
    dx_file_record r;
    dx_status rc = DX_OK;

    *number = 0;
    *unchanged = false;
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
    if (number == DX_FILE_NONE)
        return;
    f->states[number] = DX_FILE_KEPT;
    for (size_t i = f->change_count; i-- > 0;)
        if (f->changes[i].number == number) {
            f->changes[i] = f->changes[--f->change_count];
            break;
        }
}

typedef struct root_search {
    dx_files *files;
    dx_str root;
} root_search;

static bool is_under(dx_str path, dx_str root)
{
    bool slash = root.len && root.ptr[root.len - 1] == '/';

    return path.len >= root.len && memcmp(path.ptr, root.ptr, root.len) == 0 &&
           (path.len == root.len || slash || path.ptr[root.len] == '/');
}

static dx_status note_gone(void *ctx, dx_str key, dx_str value)
{
    root_search *g = ctx;
    dx_file_record r;

    if (!parse(value, &r) || !is_under(r.path, g->root) ||
        dx_files_state(g->files, r.number) != DX_FILE_UNSEEN)
        return DX_OK;
    r.key = key;
    r.gone = true;
    DX_TRY(set_state(g->files, r.number, DX_FILE_GONE));
    return add_change(g->files, r);
}

static dx_status note_kept(void *ctx, dx_str key, dx_str value)
{
    root_search *g = ctx;
    dx_file_record r;

    (void)key;
    return parse(value, &r) && is_under(r.path, g->root)
               ? set_state(g->files, r.number, DX_FILE_KEPT)
               : DX_OK;
}

static dx_status each_file(dx_files *f, const char *root,
    dx_status (*each)(void *ctx, dx_str key, dx_str value), dx_error *err)
{
    root_search g = {f, dx_str_from(root)};

    if (!f->snapshot)
        return DX_OK;
    dx_status rc = dx_snapshot_each(f->snapshot, DX_STR_LIT(KEY_PREFIX), each,
        &g, err);
    return rc == DX_ERR_NOMEM ? dx_fail_nomem(err) : rc;
}

dx_status dx_files_find_gone(dx_files *f, const char *root, dx_error *err)
{
    return each_file(f, root, note_gone, err);
}

dx_status dx_files_keep_under(dx_files *f, const char *root, dx_error *err)
{
    return each_file(f, root, note_kept, err);
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

/* ---- checking ---- */

typedef struct file_check {
    void (*on_problem)(void *ctx, const char *problem);
    void *ctx;
    uint64_t *problems;
    uint32_t next;
    uint8_t *given; /* owned: bit per number */
} file_check;

static const char *fault_of(file_check *f, dx_str key, dx_str value)
{
    char key_bytes[DX_STORE_KEY_MAX + 1];
    dx_file_record r;

    if (!parse(value, &r) || r.path.len == 0)
        return "is damaged";
    if (!dx_str_eq(key, key_of(r.path, key_bytes)))
        return "is that of another file";
    if (r.number == 0 || r.number >= f->next)
        return "has a number that was never given";
    if (f->given[r.number / 8] >> r.number % 8 & 1)
        return "has a number that another file has";
    f->given[r.number / 8] |= (uint8_t)(1u << r.number % 8);
    return NULL;
}

static dx_status check_record(void *ctx, dx_str key, dx_str value)
{
    file_check *f = ctx;
    const char *fault = fault_of(f, key, value);
    char line[512];

    if (!fault)
        return DX_OK;
    snprintf(line, sizeof line, "file record “%.*s” %s",
        key.len < 400 ? (int)key.len : 400, key.ptr, fault);
    ++*f->problems;
    f->on_problem(f->ctx, line);
    return DX_OK;
}

dx_status dx_files_check(dx_snapshot *snapshot, uint32_t next,
    void (*on_problem)(void *ctx, const char *problem), void *ctx,
    uint64_t *problems, dx_error *err)
{
    file_check f = {on_problem, ctx, problems, next,
        dx_calloc((size_t)next / 8 + 1, 1)};

    if (!f.given)
        return dx_fail_nomem(err);
    dx_status rc = dx_snapshot_each(snapshot, DX_STR_LIT(KEY_PREFIX),
        check_record, &f, err);
    dx_free(f.given);
    return rc;
}
