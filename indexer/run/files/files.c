/* The table of files: looked up as they are found, written in the end. */
#include "indexer/run/files/files.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "common/index/store/store.h"
#include "indexer/run/files/numbers.h"

typedef struct dx_file_change { /* strings in the arena */
    dx_str record;
    dx_str kept; /* the record instead if lost articles stay, where that is another */
    dx_str path; /* of a file that is gone, which has no record */
} dx_file_change;

void dx_files_init(dx_files *f, dx_snapshot *snapshot, uint32_t next,
    uint32_t reading, bool no_delete)
{
    *f = (dx_files){.snapshot = snapshot, .reading = reading,
        .no_delete = no_delete,
        .next = next > DX_FILE_NONE ? next : DX_FILE_NONE + 1};
}

void dx_files_free(dx_files *f)
{
    dx_free(f->states);
    dx_free(f->changes);
    dx_arena_free(&f->arena);
    *f = (dx_files){0};
}

/* ---- states ---- */

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

static dx_status set_states(dx_files *f, const dx_file_record *r,
    dx_file_state state)
{
    for (uint32_t i = 0; i < r->block_count; i++) {
        uint32_t number = dx_file_record_block(r, i).number;
        if (number < f->next) /* else the record is damaged */
            DX_TRY(set_state(f, number, state));
    }
    return DX_OK;
}

dx_status dx_files_number(dx_files *f, uint32_t *number)
{
    *number = f->next;
    if (f->next == UINT32_MAX)
        return DX_ERR_LIMIT;
    f->next++;
    return set_state(f, *number, DX_FILE_READ);
}

void dx_files_keep(dx_files *f, uint32_t number)
{
    f->states[number] = DX_FILE_KEPT;
}

dx_status dx_files_open(dx_files *f, uint32_t number)
{
    return set_state(f, number, DX_FILE_READ);
}

/* ---- a file to be read ---- */

static dx_status take_old(const dx_files *f, dx_file *file,
    const dx_file_record *r)
{
    dx_block *old = dx_calloc(r->block_count, sizeof *old);

    if (!old)
        return DX_ERR_NOMEM;
    for (uint32_t i = 0; i < r->block_count; i++) {
        old[file->old_count] = dx_file_record_block(r, i);
        old[file->old_count].is_stale |= r->reading != f->reading;
        file->old_count += old[file->old_count].number < f->next;
    }
    file->old = old;
    file->has_grown = r->stamp.inode == file->record.stamp.inode &&
                      r->stamp.size_bytes < file->record.stamp.size_bytes;
    file->record.is_plain = r->is_plain;
    file->old_page = r->page;
    file->record.is_open = r->is_open;
    file->record.sample = r->sample;
    return DX_OK;
}

static dx_str put_str(dx_str s, char *to)
{
    if (s.len)
        memcpy(to, s.ptr, s.len);
    return (dx_str){to, s.len};
}

/* `r` is its record up to now, or NULL. */
static dx_status new_file(const dx_files *f, const dx_found_file *found,
    const dx_file_record *r, dx_file **out)
{
    dx_str path = dx_str_from(found->absolute);
    dx_str name = r ? r->name : dx_str_from(found->path);
    dx_file *file = dx_calloc(1, sizeof *file + path.len + name.len + 2);
    dx_status rc = DX_OK;

    if (!file)
        return DX_ERR_NOMEM;
    char *text = (char *)(file + 1);
    file->record.path = put_str(path, text);
    file->record.name = put_str(name, text + path.len + 1);
    file->record.stamp = found->stamp;
    file->record.reading = f->reading;
    file->record.is_given = found->is_given || (r && r->is_given);
    if (r)
        rc = take_old(f, file, r);
    if (rc != DX_OK) {
        dx_file_free(file);
        return rc;
    }
    *out = file;
    return DX_OK;
}

void dx_file_free(dx_file *file)
{
    void *old;

    if (!file)
        return;
    memcpy(&old, &file->old, sizeof old); /* it is no longer constant */
    dx_free(old);
    dx_blocks_free(&file->blocks);
    dx_free(file);
}

size_t dx_file_present(const dx_file *file)
{
    size_t n = 0;

    while (n < file->old_count && file->old[n].bytes > 0)
        n++;
    return n;
}

static bool is_same_stamp(const dx_file_stamp *a, const dx_file_stamp *b)
{
    return a->size_bytes == b->size_bytes && a->mtime_ns == b->mtime_ns &&
           a->ctime_ns == b->ctime_ns && a->inode == b->inode;
}

dx_status dx_files_find(dx_files *f, const dx_found_file *found, dx_file **out,
    dx_error *err)
{
    char key_bytes[DX_STORE_KEY_MAX + 1];
    dx_str path = dx_str_from(found->absolute), value = {NULL, 0};
    dx_file_record r;

    *out = NULL;
    if (f->snapshot)
        DX_TRY(dx_snapshot_get(f->snapshot, dx_file_key(path, key_bytes), &value,
            err));
    bool known = dx_file_record_read(value, &r) && dx_str_eq(r.path, path);
    bool same = known && r.reading == f->reading &&
                is_same_stamp(&r.stamp, &found->stamp);
    dx_status rc =
        known ? set_states(f, &r, same ? DX_FILE_KEPT : DX_FILE_READ) : DX_OK;
    if (rc == DX_OK && !same)
        rc = new_file(f, found, known ? &r : NULL, out);
    return rc == DX_OK ? rc : dx_fail_nomem(err);
}

/* ---- changes ---- */

static dx_status add_change(dx_files *f, dx_file_change change)
{
    void *p = f->changes;

    if (dx_grow(&p, &f->change_cap, f->change_count + 1, sizeof change) != 0)
        return DX_ERR_NOMEM;
    f->changes = p;
    f->changes[f->change_count++] = change;
    return DX_OK;
}

static dx_status keep_str(dx_files *f, dx_str s, dx_str *out)
{
    *out = (dx_str){dx_arena_strndup(&f->arena, s.ptr, s.len), s.len};
    return out->ptr ? DX_OK : DX_ERR_NOMEM;
}

static dx_status encode_record(dx_files *f, const dx_file_record *r,
    const dx_blocks *blocks, dx_str *out)
{
    dx_buf record;

    dx_buf_init(&record, UINT32_MAX);
    dx_file_record_write(r, blocks->items, blocks->count, &record);
    dx_status rc = record.status;
    if (rc == DX_OK)
        rc = keep_str(f, (dx_str){(const char *)record.data, record.len}, out);
    dx_buf_free(&record);
    return rc;
}

static dx_status add_record(dx_files *f, const dx_file_record *r,
    const dx_blocks *blocks)
{
    dx_file_change change = {.path = {NULL, 0}};

    DX_TRY(encode_record(f, r, blocks, &change.record));
    return add_change(f, change);
}

/* Articles of blocks that are not in the file any more stay: let their numbers stay
 * in its record, that they are not forgotten. */
static dx_status add_absent_blocks(dx_files *f, dx_file *file)
{
    dx_numbers there = {0};
    dx_status rc = DX_OK;

    for (size_t i = 0; rc == DX_OK && i < file->blocks.count; i++)
        rc = dx_numbers_add(&there, file->blocks.items[i].number);
    dx_numbers_sort(&there);
    for (size_t i = 0; rc == DX_OK && i < file->old_count; i++) {
        dx_block absent = {.number = file->old[i].number};
        if (file->is_failed)
            dx_files_keep(f, absent.number);
        if (!dx_numbers_find(there.items, there.count, absent.number))
            rc = dx_blocks_add(&file->blocks, &absent);
    }
    dx_numbers_free(&there);
    return rc;
}

/* A file that was not even opened keeps the blocks that it had. */
static dx_status end_blocks(dx_files *f, dx_file *file)
{
    dx_status rc = DX_OK;

    if (file->blocks.count > 0)
        return file->is_failed || f->no_delete ? add_absent_blocks(f, file)
                                               : DX_OK;
    for (size_t i = 0; rc == DX_OK && i < file->old_count; i++) {
        dx_files_keep(f, file->old[i].number);
        rc = dx_blocks_add(&file->blocks, &file->old[i]);
    }
    return rc;
}

/* To the change just added. */
static dx_status add_kept_record(dx_files *f, dx_file *file)
{
    size_t count = file->blocks.count;

    if (file->old_count == 0 || file->is_failed || f->no_delete)
        return DX_OK;
    DX_TRY(add_absent_blocks(f, file));
    return file->blocks.count == count
               ? DX_OK
               : encode_record(f, &file->record, &file->blocks,
                     &f->changes[f->change_count - 1].kept);
}

dx_status dx_files_finish(dx_files *f, dx_file *file)
{
    dx_status rc = end_blocks(f, file);

    if (file->is_failed || file->is_doubtful)
        file->record.stamp.size_bytes = DX_FILE_SIZE_UNKNOWN;
    if (rc == DX_OK && file->blocks.count > 0) {
        rc = add_record(f, &file->record, &file->blocks);
        if (rc == DX_OK)
            rc = add_kept_record(f, file);
    }
    dx_file_free(file);
    return rc;
}

void dx_files_keep_lost(dx_files *f)
{
    size_t kept = 0;

    f->no_delete = true;
    for (size_t i = 0; i < f->state_cap; i++)
        if (f->states[i] == DX_FILE_GONE)
            f->states[i] = DX_FILE_UNSEEN;
    for (size_t i = 0; i < f->change_count; i++) {
        dx_file_change change = f->changes[i];
        if (change.path.ptr) /* gone */
            continue;
        if (change.kept.ptr)
            change.record = change.kept;
        f->changes[kept++] = change;
    }
    f->change_count = kept;
}

/* ---- all files ---- */

typedef struct search {
    dx_files *files;
    dx_str root;
    const uint32_t *numbers;
    size_t count;
    bool *found; /* owned: of each number */
    const dx_of_host *pages; /* what is to be noted of each */
    dx_status (*each)(void *ctx, const dx_block_place *place);
    dx_status (*each_page)(void *ctx, const dx_file_page *page);
    void *ctx;
} search;

static bool is_unseen(const dx_files *f, const dx_file_record *r)
{
    return dx_files_state(f, dx_file_record_block(r, 0).number) ==
           DX_FILE_UNSEEN;
}

static dx_status note_gone(void *ctx, dx_str key, dx_str value)
{
    search *s = ctx;
    dx_file_change gone = {.record = {NULL, 0}};
    dx_file_record r;

    (void)key;
    if (!dx_file_record_read(value, &r) || !dx_file_record_is_under(&r, s->root) ||
        !is_unseen(s->files, &r))
        return DX_OK;
    DX_TRY(set_states(s->files, &r, DX_FILE_GONE));
    DX_TRY(keep_str(s->files, r.path, &gone.path));
    return add_change(s->files, gone);
}

static dx_status note_kept(void *ctx, dx_str key, dx_str value)
{
    search *s = ctx;
    dx_file_record r;

    (void)key;
    return dx_file_record_read(value, &r) && dx_file_record_is_under(&r, s->root)
               ? set_states(s->files, &r, DX_FILE_KEPT)
               : DX_OK;
}

static dx_status each_file(search *s,
    dx_status (*each)(void *ctx, dx_str key, dx_str value), dx_error *err)
{
    if (!s->files->snapshot)
        return DX_OK;
    dx_status rc = dx_snapshot_each(s->files->snapshot, DX_FILE_KEY_PREFIX, each,
        s, err);
    return rc == DX_ERR_NOMEM ? dx_fail_nomem(err) : rc;
}

dx_status dx_files_find_gone(dx_files *f, const char *root, dx_error *err)
{
    search s = {.files = f, .root = dx_str_from(root)};

    return each_file(&s, note_gone, err);
}

dx_status dx_files_keep_under(dx_files *f, const char *root, dx_error *err)
{
    search s = {.files = f, .root = dx_str_from(root)};

    return each_file(&s, note_kept, err);
}

/* ---- blocks by their numbers ---- */

/* Where a number is among those that are searched, if it was not found yet; then it is
 * found. A number has one place: records of this run come before those that they
 * replace. */
static const uint32_t *find_number(search *s, uint32_t number)
{
    const uint32_t *at = dx_numbers_find(s->numbers, s->count, number);

    if (!at || s->found[at - s->numbers])
        return NULL;
    s->found[at - s->numbers] = true;
    return at;
}

static dx_status each_record(search *s,
    dx_status (*each)(void *ctx, dx_str key, dx_str value), dx_error *err)
{
    size_t changes = s->files->change_count;
    dx_status rc = DX_OK;

    if (s->count == 0)
        return DX_OK;
    s->found = dx_calloc(s->count, sizeof *s->found);
    if (!s->found)
        return dx_fail_nomem(err);
    for (size_t i = changes; rc == DX_OK && i-- > 0;) /* the last one counts */
        rc = each(s, s->files->changes[i].path, s->files->changes[i].record);
    if (rc == DX_ERR_NOMEM)
        dx_fail_nomem(err);
    if (rc == DX_OK)
        rc = each_file(s, each, err);
    dx_free(s->found);
    return rc;
}

static dx_status tell_place(search *s, const dx_file_record *r,
    dx_block_place *place)
{
    char *path = dx_strndup(r->path.ptr, r->path.len);

    place->path = path;
    dx_status rc = path ? s->each(s->ctx, place) : DX_ERR_NOMEM;
    dx_free(path);
    return rc;
}

static dx_status tell_places(void *ctx, dx_str key, dx_str value)
{
    search *s = ctx;
    dx_block_place place = {.path = NULL};
    dx_file_record r;

    (void)key;
    if (!dx_file_record_read(value, &r))
        return DX_OK;
    place.name = r.name;
    place.is_plain = r.is_plain;
    place.told = r.page.flags;
    for (uint32_t i = 0; i < r.block_count; i++) {
        place.block = dx_file_record_block(&r, i);
        if (place.block.bytes > 0 && find_number(s, place.block.number))
            DX_TRY(tell_place(s, &r, &place));
        place.offset += place.block.bytes;
    }
    return DX_OK;
}

dx_status dx_files_each_place(dx_files *f, const uint32_t *numbers,
    size_t count, dx_status (*each)(void *ctx, const dx_block_place *place),
    void *ctx, dx_error *err)
{
    search s = {.files = f, .numbers = numbers, .count = count, .each = each,
        .ctx = ctx};

    return each_record(&s, tell_places, err);
}

/* Adds a record by which the wanted ones of its blocks are stale, if it has such. Of
 * several changes of a file the last one is written. */
static dx_status note_again(void *ctx, dx_str key, dx_str value)
{
    search *s = ctx;
    dx_blocks blocks = {0};
    dx_file_record r;
    dx_status rc = DX_OK;
    bool has_any = false;

    (void)key;
    if (!dx_file_record_read(value, &r))
        return DX_OK;
    for (uint32_t i = 0; rc == DX_OK && i < r.block_count; i++) {
        dx_block b = dx_file_record_block(&r, i);
        if (find_number(s, b.number)) {
            has_any = true;
            b.is_stale = true;
        }
        rc = dx_blocks_add(&blocks, &b);
    }
    r.stamp.size_bytes = DX_FILE_SIZE_UNKNOWN;
    if (rc == DX_OK && has_any)
        rc = add_record(s->files, &r, &blocks);
    dx_blocks_free(&blocks);
    return rc;
}

dx_status dx_files_read_again(dx_files *f, const uint32_t *numbers,
    size_t count, dx_error *err)
{
    search s = {.files = f, .numbers = numbers, .count = count};

    return each_record(&s, note_again, err);
}

/* ---- pages ---- */

static dx_status tell_page(search *s, dx_str value, bool is_change)
{
    dx_file_record r;

    if (!dx_file_record_read(value, &r) || r.page.host == 0)
        return DX_OK;
    dx_file_page page = {dx_file_record_block(&r, 0).number, r.page};
    dx_file_state state = dx_files_state(s->files, page.number);
    if (!is_change && (state == DX_FILE_READ || state == DX_FILE_GONE))
        return DX_OK;
    return s->each_page(s->ctx, &page);
}

static dx_status tell_recorded_page(void *ctx, dx_str key, dx_str value)
{
    (void)key;
    return tell_page(ctx, value, false);
}

dx_status dx_files_each_page(dx_files *f,
    dx_status (*each)(void *ctx, const dx_file_page *page), void *ctx,
    dx_error *err)
{
    search s = {.files = f, .each_page = each, .ctx = ctx};

    for (size_t i = f->change_count; i-- > 0;)
        DX_TRY(tell_page(&s, f->changes[i].record, true));
    return each_file(&s, tell_recorded_page, err);
}

static dx_status note_page(void *ctx, dx_str key, dx_str value)
{
    search *s = ctx;
    dx_blocks blocks = {0};
    dx_file_record r;

    (void)key;
    if (!dx_file_record_read(value, &r) || r.page.host == 0)
        return DX_OK;
    dx_block b = dx_file_record_block(&r, 0);
    const uint32_t *at = find_number(s, b.number);
    if (!at)
        return DX_OK;
    r.page = s->pages[at - s->numbers];
    dx_status rc = DX_OK;
    for (uint32_t i = 0; rc == DX_OK && i < r.block_count; i++) {
        b = dx_file_record_block(&r, i);
        rc = dx_blocks_add(&blocks, &b);
    }
    if (rc == DX_OK)
        rc = add_record(s->files, &r, &blocks);
    dx_blocks_free(&blocks);
    return rc;
}

dx_status dx_files_set_pages(dx_files *f, const uint32_t *numbers,
    const dx_of_host *pages, size_t count, dx_error *err)
{
    search s = {.files = f, .numbers = numbers, .pages = pages, .count = count};

    return each_record(&s, note_page, err);
}

/* ---- the end ---- */

static dx_status write_change(const dx_file_change *c, dx_writer *store,
    dx_error *err)
{
    char key[DX_STORE_KEY_MAX + 1];
    dx_file_record r;

    return dx_file_record_read(c->record, &r)
               ? dx_writer_put(store, dx_file_key(r.path, key), c->record, err)
               : dx_writer_delete(store, dx_file_key(c->path, key), err);
}

dx_status dx_files_write(const dx_files *f, dx_writer *store, dx_error *err)
{
    for (size_t i = 0; i < f->change_count; i++)
        DX_TRY(write_change(&f->changes[i], store, err));
    return DX_OK;
}
