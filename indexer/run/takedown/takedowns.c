/* The list of what was taken down: read, looked up in, added to, written. */
#include "indexer/run/takedown/takedowns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "common/index/segment/layout/manifest.h"

/* A name's hash is mixed with its kind: the same bytes may be an id and an address. */
typedef enum name_kind { BY_ID = 1, BY_URL, BY_CONTENT, BY_TEXT } name_kind;

static uint64_t mix(uint64_t hash, name_kind kind)
{
    return hash ^ (uint64_t)kind << 60;
}

void dx_takedowns_free(dx_takedowns *t)
{
    for (size_t i = 0; i < t->count; i++)
        dx_numbers_free(&t->items[i].numbers);
    dx_free(t->items);
    dx_free(t->names);
    dx_free(t->asked);
    dx_arena_free(&t->arena);
    *t = (dx_takedowns){0};
}

/* ---- entries ---- */

static dx_status keep(dx_takedowns *t, dx_str s, dx_str *out)
{
    *out = (dx_str){dx_arena_strndup(&t->arena, s.ptr ? s.ptr : "", s.len), s.len};
    return out->ptr ? DX_OK : DX_ERR_NOMEM;
}

static dx_status keep_blocks(dx_takedowns *t, dx_takedown *what)
{
    dx_str bytes = {(const char *)what->blocks,
        what->block_count * sizeof(uint32_t)};

    DX_TRY(keep(t, bytes, &bytes));
    what->blocks = (const uint8_t *)bytes.ptr;
    return DX_OK;
}

static dx_status add_entry(dx_takedowns *t, const dx_takedown *what,
    bool is_changed)
{
    void *p = t->items;

    if (dx_grow(&p, &t->cap, t->count + 1, sizeof *t->items) != 0)
        return DX_ERR_NOMEM;
    t->items = p;
    dx_takedown_entry e = {.what = *what, .is_changed = is_changed};
    DX_TRY(keep(t, what->id, &e.what.id));
    DX_TRY(keep(t, what->url, &e.what.url));
    DX_TRY(keep(t, what->reason, &e.what.reason));
    DX_TRY(keep_blocks(t, &e.what));
    t->items[t->count++] = e;
    return DX_OK;
}

dx_status dx_takedowns_add(dx_takedowns *t, const dx_takedown *what)
{
    return add_entry(t, what, true);
}

dx_status dx_takedowns_note(dx_takedowns *t, uint32_t which, uint32_t number)
{
    dx_takedown_entry *e = &t->items[which];

    for (size_t i = 0; i < e->numbers.count; i++)
        if (e->numbers.items[i] == number)
            return DX_OK;
    DX_TRY(dx_numbers_add(&e->numbers, number));
    e->is_changed = true;
    return DX_OK;
}

/* ---- names ---- */

static dx_status add_name(dx_takedowns *t, uint64_t hash, name_kind kind)
{
    void *p = t->names;

    if (dx_grow(&p, &t->name_cap, t->name_count + 1, sizeof *t->names) != 0)
        return DX_ERR_NOMEM;
    t->names = p;
    t->names[t->name_count++] =
        (dx_takedown_name){mix(hash, kind), (uint32_t)t->count - 1};
    return DX_OK;
}

/* Of the last entry. */
static dx_status add_names(dx_takedowns *t)
{
    const dx_takedown *what = &t->items[t->count - 1].what;

    if ((what->flags & DX_TAKEDOWN_ONLY) == 0)
        DX_TRY(add_name(t, dx_hash128_of(what->id.ptr, what->id.len).lo, BY_ID));
    if (what->flags & DX_TAKEDOWN_URL)
        DX_TRY(add_name(t, dx_takedown_url(what->url), BY_URL));
    if (what->flags & DX_TAKEDOWN_CONTENT)
        DX_TRY(add_name(t, what->content, BY_CONTENT));
    if (what->flags & DX_TAKEDOWN_TEXT)
        DX_TRY(add_name(t, what->text.lo, BY_TEXT));
    return DX_OK;
}

static int by_hash(const void *a, const void *b)
{
    const dx_takedown_name *x = a, *y = b;

    return x->hash != y->hash ? (x->hash > y->hash ? 1 : -1)
                              : (x->entry > y->entry) - (x->entry < y->entry);
}

static uint32_t find_name(const dx_takedowns *t, uint64_t hash, name_kind kind)
{
    size_t lo = 0, hi = t->name_count;

    hash = mix(hash, kind);
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (t->names[mid].hash < hash)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < t->name_count && t->names[lo].hash == hash ? t->names[lo].entry
                                                           : DX_TAKEDOWN_NONE;
}

dx_status dx_takedowns_find(const dx_takedowns *t, const dx_article *a,
    dx_hash128 id, uint32_t *which)
{
    uint64_t url;
    dx_hash128 text;

    *which = DX_TAKEDOWN_NONE;
    if (t->name_count == 0)
        return DX_OK;
    *which = find_name(t, id.lo, BY_ID);
    if (*which == DX_TAKEDOWN_NONE)
        *which = find_name(t, a->content.lo, BY_CONTENT);
    if (*which == DX_TAKEDOWN_NONE && (url = dx_takedown_url(a->url)) != 0)
        *which = find_name(t, url, BY_URL);
    if (*which != DX_TAKEDOWN_NONE || a->lead.len + a->body.len == 0)
        return DX_OK;
    DX_TRY(dx_takedown_text(a->at, DX_TEXT_FIELDS, &text));
    *which = find_name(t, text.lo, BY_TEXT);
    return DX_OK;
}

/* ---- those of before ---- */

static dx_status read_record(void *ctx, dx_str key, dx_str value)
{
    dx_takedowns *t = ctx;
    dx_takedown what;

    (void)key;
    if (!dx_takedown_read(value, &what))
        return DX_ERR_CORRUPT;
    DX_TRY(add_entry(t, &what, false));
    return add_names(t);
}

dx_status dx_takedowns_open(dx_takedowns *t, dx_snapshot *snapshot, dx_error *err)
{
    dx_status rc = snapshot ? dx_snapshot_each(snapshot, DX_TAKEDOWN_KEY_PREFIX,
                                  read_record, t, err)
                            : DX_OK;

    if (t->name_count)
        qsort(t->names, t->name_count, sizeof *t->names, by_hash);
    return rc == DX_ERR_NOMEM || rc == DX_ERR_CORRUPT
               ? dx_fail(err, rc, "what was taken down: %s", dx_status_text(rc))
               : rc;
}

/* ---- what records ask for ---- */

dx_status dx_takedowns_ask(dx_takedowns *t, dx_str id)
{
    void *p = t->asked;

    if (dx_grow(&p, &t->asked_cap, t->asked_count + 1, sizeof *t->asked) != 0)
        return DX_ERR_NOMEM;
    t->asked = p;
    return keep(t, id, &t->asked[t->asked_count++]);
}

/* ---- writing ---- */

bool dx_takedowns_are_changed(const dx_takedowns *t)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->items[i].is_changed)
            return true;
    return false;
}

/* The blocks of before that were not read, and those of now. */
static dx_status merge_numbers(const dx_takedown_entry *e, const dx_files *files,
    dx_numbers *out)
{
    for (size_t i = 0; i < e->numbers.count; i++)
        DX_TRY(dx_numbers_add(out, e->numbers.items[i]));
    for (uint32_t i = 0; i < e->what.block_count; i++) {
        uint32_t number = dx_takedown_block(&e->what, i);
        dx_file_state state = dx_files_state(files, number);
        if (state != DX_FILE_READ && state != DX_FILE_GONE)
            DX_TRY(dx_numbers_add(out, number));
    }
    dx_numbers_sort(out);
    return DX_OK;
}

static dx_status write_entry(const dx_takedown_entry *e, const dx_files *files,
    dx_writer *store, dx_error *err)
{
    char key[DX_TAKEDOWN_KEY_BYTES + 1];
    dx_numbers numbers = {0};
    dx_buf record;

    dx_buf_init(&record, UINT32_MAX);
    dx_status rc = merge_numbers(e, files, &numbers);
    if (rc == DX_OK)
        dx_takedown_write(&e->what, numbers.items, numbers.count, &record);
    dx_numbers_free(&numbers);
    rc = rc == DX_OK && record.status == DX_OK
            ? dx_writer_put(store, dx_takedown_key(&e->what, key),
                  (dx_str){(const char *)record.data, record.len}, err)
            : dx_fail_nomem(err);
    dx_buf_free(&record);
    return rc;
}

dx_status dx_takedowns_write(const dx_takedowns *t, const dx_files *files,
    dx_writer *store, dx_error *err)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->items[i].is_changed)
            DX_TRY(write_entry(&t->items[i], files, store, err));
    return dx_takedowns_are_changed(t)
               ? dx_writer_put(store, DX_WIPE_KEY, DX_STR_LIT("1"), err)
               : DX_OK;
}

/* ---- checking ---- */

typedef struct checking {
    void (*on_problem)(void *ctx, const char *problem);
    void *ctx;
    uint64_t *problems;
    uint32_t next;
} checking;

static dx_status check_record(void *ctx, dx_str key, dx_str value)
{
    checking *c = ctx;
    const char *fault = dx_takedown_fault(key, value, c->next);
    char line[128];

    if (!fault)
        return DX_OK;
    snprintf(line, sizeof line, "record of what was taken down “%.*s” %s",
        key.len < 40 ? (int)key.len : 40, key.ptr, fault);
    ++*c->problems;
    c->on_problem(c->ctx, line);
    return DX_OK;
}

dx_status dx_takedowns_check(dx_snapshot *snapshot, uint32_t next,
    void (*on_problem)(void *ctx, const char *problem), void *ctx,
    uint64_t *problems, dx_error *err)
{
    checking c = {on_problem, ctx, problems, next};

    return dx_snapshot_each(snapshot, DX_TAKEDOWN_KEY_PREFIX, check_record, &c, err);
}
