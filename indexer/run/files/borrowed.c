/* Keeps the keys of articles that blocks borrow. */
#include "indexer/run/files/borrowed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/buf.h"
#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/base/mem.h"
#include "indexer/run/files/numbers.h"

#define NUMBER_DIGITS 8u
#define KEY_BYTES 8u
#define CHECKSUM_BYTES 8u

void dx_borrowed_free(dx_borrowed *b)
{
    dx_free(b->items);
    *b = (dx_borrowed){.items = NULL};
}

dx_status dx_borrowed_add(dx_borrowed *b, uint32_t number, uint64_t key)
{
    void *p = b->items;

    if (dx_grow(&p, &b->cap, b->count + 1, sizeof *b->items) != 0)
        return DX_ERR_NOMEM;
    b->items = p;
    b->items[b->count++] = (dx_borrowing){.number = number, .key = key};
    return DX_OK;
}

void dx_borrowed_forget(dx_borrowed *b, const uint32_t *numbers, size_t count,
    const uint64_t *keys, size_t key_count)
{
    size_t kept = 0;

    for (size_t i = 0; count && key_count && i < b->count; i++)
        if (!dx_numbers_find(numbers, count, b->items[i].number) ||
            !bsearch(&b->items[i].key, keys, key_count, sizeof *keys, dx_hash64_order))
            b->items[kept++] = b->items[i];
    if (count && key_count)
        b->count = kept;
}

/* ---- records ---- */

typedef struct record_key {
    char text[NUMBER_DIGITS + 2];
} record_key;

static dx_str key_of(uint32_t number, record_key *out)
{
    int n = snprintf(out->text, sizeof out->text, "%s%08x",
        DX_BORROWED_KEY_PREFIX.ptr, number);

    return (dx_str){out->text, (size_t)n};
}

/* The block whose record it is; DX_FILE_NONE if it is none. */
static uint32_t number_of(dx_str key)
{
    char digits[NUMBER_DIGITS + 1] = {0};
    record_key expected = {{0}};

    if (key.len != 1 + NUMBER_DIGITS)
        return DX_FILE_NONE;
    memcpy(digits, key.ptr + 1, NUMBER_DIGITS);
    uint32_t number = (uint32_t)strtoul(digits, NULL, 16);
    return dx_str_eq(key, key_of(number, &expected)) ? number : DX_FILE_NONE;
}

static size_t count_of(dx_str value)
{
    return value.len < CHECKSUM_BYTES ? 0
                                      : (value.len - CHECKSUM_BYTES) / KEY_BYTES;
}

static uint64_t key_at(dx_str value, size_t i)
{
    return dx_load_u64((const uint8_t *)value.ptr + i * KEY_BYTES);
}

/* Of a block's keys, and of the block. */
static uint64_t checksum_of(uint32_t number, const void *keys, size_t bytes)
{
    return dx_hash64(keys, bytes) + number;
}

/* Whether what the record says of its block may have changed. */
static bool is_past(const dx_files *files, uint32_t number)
{
    dx_file_state state = dx_files_state(files, number);

    return state == DX_FILE_READ || state == DX_FILE_GONE;
}

/* ---- all that is borrowed ---- */

typedef struct telling {
    const dx_files *files;
    dx_status (*each)(void *ctx, dx_borrowing borrowing);
    void *ctx;
} telling;

static dx_status tell_record(void *ctx, dx_str key, dx_str value)
{
    telling *t = ctx;
    uint32_t number = number_of(key);

    if (number == DX_FILE_NONE)
        return DX_OK;
    dx_borrowing b = {.number = number, .is_past = is_past(t->files, number)};
    for (size_t i = 0; i < count_of(value); i++) {
        b.key = key_at(value, i);
        DX_TRY(t->each(t->ctx, b));
    }
    return DX_OK;
}

dx_status dx_borrowed_each(const dx_borrowed *b, const dx_files *files,
    dx_snapshot *snapshot,
    dx_status (*each)(void *ctx, dx_borrowing borrowing), void *ctx,
    dx_error *err)
{
    telling t = {files, each, ctx};

    for (size_t i = 0; i < b->count; i++)
        DX_TRY(each(ctx, b->items[i]));
    return snapshot ? dx_snapshot_each(snapshot, DX_BORROWED_KEY_PREFIX,
                          tell_record, &t, err)
                    : DX_OK;
}

dx_status dx_borrowed_keep(dx_borrowed *b, const uint32_t *numbers,
    size_t count, const dx_files *files, dx_snapshot *snapshot, dx_error *err)
{
    for (size_t i = 0; snapshot && i < count; i++) {
        record_key key = {{0}};
        dx_str value = {NULL, 0};
        if (is_past(files, numbers[i]))
            continue;
        DX_TRY(dx_snapshot_get(snapshot, key_of(numbers[i], &key), &value, err));
        for (size_t k = 0; k < count_of(value); k++)
            if (dx_borrowed_add(b, numbers[i], key_at(value, k)) != DX_OK)
                return dx_fail_nomem(err);
    }
    return DX_OK;
}

/* That there is one is all that is asked. */
static dx_status find_any(void *ctx, dx_str key, dx_str value)
{
    bool *found = ctx;

    (void)key;
    (void)value;
    *found = true;
    return DX_ERR_LIMIT;
}

dx_status dx_borrowed_is_empty(const dx_borrowed *b, dx_snapshot *snapshot,
    bool *is_empty, dx_error *err)
{
    bool found = b->count > 0;
    dx_status rc = DX_OK;

    if (!found && snapshot)
        rc = dx_snapshot_each(snapshot, DX_BORROWED_KEY_PREFIX, find_any, &found,
            err);
    *is_empty = !found;
    return found ? DX_OK : rc;
}

/* ---- writing ---- */

typedef struct writing {
    const dx_files *files;
    dx_writer *store;
    dx_error *err;
} writing;

static dx_status delete_past(void *ctx, dx_str key, dx_str value)
{
    writing *w = ctx;

    (void)value;
    return is_past(w->files, number_of(key))
               ? dx_writer_delete(w->store, key, w->err)
               : DX_OK;
}

static int by_number_and_key(const void *a, const void *b)
{
    const dx_borrowing *x = a, *y = b;

    return x->number != y->number ? (x->number > y->number ? 1 : -1)
                                  : (x->key > y->key) - (x->key < y->key);
}

/* The keys of these items, of one block, with those of its record if that still
 * holds; each once. */
static void merge_keys(const dx_borrowing *items, size_t count, dx_str before,
    dx_buf *out)
{
    size_t i = 0, k = 0;
    uint64_t last = 0;

    while (i < count || k < count_of(before)) {
        bool is_new = k == count_of(before) ||
                      (i < count && items[i].key <= key_at(before, k));
        uint64_t key = is_new ? items[i++].key : key_at(before, k++);
        if (out->len == 0 || key != last)
            dx_buf_put_u64(out, key);
        last = key;
    }
}

static dx_status write_block(const dx_borrowing *items, size_t count,
    const dx_files *files, dx_snapshot *snapshot, dx_writer *store,
    dx_error *err)
{
    dx_str before = {NULL, 0};
    record_key key = {{0}};
    dx_buf record;

    if (snapshot && !is_past(files, items->number))
        DX_TRY(dx_snapshot_get(snapshot, key_of(items->number, &key), &before,
            err));
    dx_buf_init(&record, UINT32_MAX);
    merge_keys(items, count, before, &record);
    if (record.status == DX_OK)
        dx_buf_put_u64(&record,
            checksum_of(items->number, record.data, record.len));
    dx_status rc =
        record.status == DX_OK
            ? dx_writer_put(store, key_of(items->number, &key),
                  (dx_str){(const char *)record.data, record.len}, err)
            : dx_fail_nomem(err);
    dx_buf_free(&record);
    return rc;
}

dx_status dx_borrowed_write(dx_borrowed *b, const dx_files *files,
    dx_snapshot *snapshot, dx_writer *store, dx_error *err)
{
    writing w = {files, store, err};
    size_t end;

    if (snapshot)
        DX_TRY(dx_snapshot_each(snapshot, DX_BORROWED_KEY_PREFIX, delete_past, &w,
            err));
    if (b->count)
        qsort(b->items, b->count, sizeof *b->items, by_number_and_key);
    for (size_t from = 0; from < b->count; from = end) {
        for (end = from + 1; end < b->count; end++)
            if (b->items[end].number != b->items[from].number)
                break;
        DX_TRY(write_block(&b->items[from], end - from, files, snapshot, store,
            err));
    }
    return DX_OK;
}

const char *dx_borrowed_fault(dx_str key, dx_str value, uint32_t next)
{
    uint32_t number = number_of(key);

    if (number == DX_FILE_NONE || number >= next)
        return "is of a block that never was";
    size_t bytes = count_of(value) * KEY_BYTES;
    if (bytes == 0 || value.len != bytes + CHECKSUM_BYTES)
        return "has a wrong length";
    if (dx_load_u64((const uint8_t *)value.ptr + bytes) !=
        checksum_of(number, value.ptr, bytes))
        return "fails its checksum";
    for (size_t i = 1; i < count_of(value); i++)
        if (key_at(value, i - 1) >= key_at(value, i))
            return "is out of order";
    return NULL;
}
