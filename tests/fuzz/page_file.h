/* page_file.h -- a small LMDB file with every kind of page, damaged, and what must hold:
 * LMDB walks, and changes, whatever the validator passes.
 *
 * Its pages have 512 bytes, so that some KB have branches, values of several pages, and a
 * free list. */
#ifndef DX_TESTS_FUZZ_PAGE_FILE_H
#define DX_TESTS_FUZZ_PAGE_FILE_H

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/index/store/lmdb_file.h"
#include "common/index/store/page_bytes.h"
#include "common/index/store/pages.h"
#include "tests/fuzz/fuzz.h"

#define PAGE_FILE_PAGE 512u
#define PAGE_FILE_MAX 60000u
#define PAGE_FILE_MAP (1u << 20)
#define PAGE_FILE_RECORDS 60u

typedef struct page_file {
    int fd; /* in memory */
    char path[32];
    size_t len;
    uint8_t bytes[PAGE_FILE_MAX]; /* as it was made */
} page_file;

static inline MDB_env *page_file_open(const page_file *f, unsigned flags,
    MDB_txn **txn)
{
    MDB_env *env;

    FUZZ_CHECK(mdb_env_create(&env) == 0);
    FUZZ_CHECK(mdb_env_set_mapsize(env, PAGE_FILE_MAP) == 0);
    int rc = mdb_env_open(env, f->path,
        MDB_NOSUBDIR | MDB_NOLOCK | MDB_NOSYNC | flags, 0600);
    if (rc == 0)
        rc = mdb_txn_begin(env, NULL, flags & MDB_RDONLY, txn);
    if (rc == 0) {
        MDB_dbi keys;
        FUZZ_CHECK(mdb_dbi_open(*txn, NULL, 0, &keys) == 0 && keys == 1);
        return env;
    }
    FUZZ_CHECK(rc == ENOMEM || rc == MDB_MAP_RESIZED);
    mdb_env_close(env);
    return NULL;
}

static inline MDB_val page_file_key(unsigned i, char key[64])
{
    static const char *const forms[] = {"f/kho/tin/%u.txt", "s%08x.00.0000",
        "s%08x.09.0001", "manifest%u"};
    int n = snprintf(key, 64, forms[i % 9 < 5 ? 0 : i % 9 == 5 ? 3 : 1 + i % 2],
        i);

    return (MDB_val){(size_t)n, key};
}

static inline void page_file_change(MDB_txn *txn, unsigned seed)
{
    static const uint8_t text[4000] = {7};
    char key[64];

    for (unsigned i = 0; i < PAGE_FILE_RECORDS; i++) {
        unsigned n = i * 7919 + seed;
        MDB_val k = page_file_key(i, key);
        MDB_val v = {i % 9 > 5 ? n % 1300 : n % 90, (void *)(uintptr_t)text};
        if (seed && n % 5 == 0)
            (void)mdb_del(txn, 1, &k, NULL);
        else if (!seed || n % 5 == 1)
            (void)mdb_put(txn, 1, &k, &v, 0);
    }
}

static inline void page_file_put(const page_file *f, const void *bytes, size_t len)
{
    FUZZ_CHECK(ftruncate(f->fd, (off_t)len) == 0);
    FUZZ_CHECK(pwrite(f->fd, bytes, len, 0) == (ssize_t)len);
}

/* An empty file with pages of that size; LMDB goes on from there. */
static inline void page_file_make(page_file *f)
{
    uint8_t empty[2][PAGE_FILE_PAGE] = {{0}};

    f->fd = memfd_create("pages", 0);
    FUZZ_CHECK(f->fd >= 0);
    snprintf(f->path, sizeof f->path, "/proc/self/fd/%d", f->fd);
    for (uint32_t i = 0; i < 2; i++) {
        static const uint32_t magic = DX_META_MAGIC_VALUE, version = 1,
                              page = PAGE_FILE_PAGE;
        static const uint64_t none = UINT64_MAX, last = 1;
        static const uint16_t meta = DX_PAGE_IS_META, free_flags = 8;
        uint8_t *p = empty[i];
        memcpy(p + DX_PAGE_NUMBER, &i, sizeof i);
        memcpy(p + DX_PAGE_FLAGS, &meta, sizeof meta);
        memcpy(p + DX_META_MAGIC, &magic, sizeof magic);
        memcpy(p + DX_META_VERSION, &version, sizeof version);
        memcpy(p + DX_META_FREE, &page, sizeof page);
        memcpy(p + DX_META_FREE + DX_TREE_FLAGS, &free_flags, sizeof free_flags);
        memcpy(p + DX_META_FREE + DX_TREE_ROOT, &none, sizeof none);
        memcpy(p + DX_META_KEYS + DX_TREE_ROOT, &none, sizeof none);
        memcpy(p + DX_META_LAST_PAGE, &last, sizeof last);
    }
    page_file_put(f, empty, sizeof empty);
    for (unsigned seed = 0; seed < 4; seed++) {
        MDB_txn *txn;
        MDB_env *env = page_file_open(f, 0, &txn);
        FUZZ_CHECK(env);
        page_file_change(txn, seed);
        FUZZ_CHECK(mdb_txn_commit(txn) == 0);
        mdb_env_close(env);
    }
    off_t len = lseek(f->fd, 0, SEEK_END);
    FUZZ_CHECK(len > 0 && len < (off_t)PAGE_FILE_MAX);
    f->len = (size_t)len;
    FUZZ_CHECK(pread(f->fd, f->bytes, f->len, 0) == (ssize_t)f->len);
}

static volatile uint8_t page_file_sink; /* so that values are read */

/* Every key from `from` on is there, in order, is found, and its value can be read. */
static inline size_t page_file_walk(MDB_txn *txn, MDB_dbi dbi, const char *from)
{
    MDB_cursor *cursor;
    MDB_val key = {from ? strlen(from) : 0, (void *)(uintptr_t)from}, value, same;
    size_t count = 0;
    uint8_t sum = 0;

    FUZZ_CHECK(mdb_cursor_open(txn, dbi, &cursor) == 0);
    int rc = mdb_cursor_get(cursor, &key, &value, from ? MDB_SET_RANGE : MDB_FIRST);
    for (; rc == 0; rc = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) {
        for (size_t i = 0; i < value.mv_size; i += PAGE_FILE_PAGE)
            sum ^= ((const uint8_t *)value.mv_data)[i];
        if (value.mv_size)
            sum ^= ((const uint8_t *)value.mv_data)[value.mv_size - 1];
        FUZZ_CHECK(dbi == 0 || (mdb_get(txn, dbi, &key, &same) == 0 &&
                                   same.mv_data == value.mv_data));
        count++;
    }
    FUZZ_CHECK(rc == MDB_NOTFOUND);
    page_file_sink = sum;
    mdb_cursor_close(cursor);
    return count;
}

static inline void page_file_read(const page_file *f, const dx_pages *p, bool whole)
{
    MDB_txn *txn;
    MDB_env *env = page_file_open(f, MDB_RDONLY, &txn);

    if (!env)
        return;
    FUZZ_CHECK(mdb_txn_id(txn) == p->now.txn);
    page_file_walk(txn, 1, "manifest");
    if (whole) {
        FUZZ_CHECK(page_file_walk(txn, 1, NULL) == p->now.keys.entries);
        FUZZ_CHECK(page_file_walk(txn, 0, NULL) == p->now.free.entries);
    }
    mdb_txn_abort(txn);
    mdb_env_close(env);
}

/* A transaction, after which the file is as sound as before. */
static inline void page_file_write(const page_file *f, unsigned seed)
{
    MDB_txn *txn;
    MDB_env *env = page_file_open(f, 0, &txn);
    dx_pages pages;

    if (!env)
        return;
    page_file_change(txn, seed);
    int rc = mdb_txn_commit(txn);
    mdb_env_close(env);
    FUZZ_CHECK(rc == 0 || rc == MDB_MAP_FULL);
    FUZZ_CHECK(dx_meta_pages_read(f->fd, f->path, &pages, NULL) == DX_OK);
    FUZZ_CHECK(dx_pages_check_all(&pages, NULL) == DX_OK);
}

/** Lets LMDB at these bytes as far as the validator passes them. Says whether it passes
 *  them all. */
static inline bool page_file_try(const page_file *f, const uint8_t *bytes, size_t len)
{
    dx_error err = {DX_OK, ""};
    dx_pages pages;

    page_file_put(f, bytes, len);
    dx_status rc = dx_meta_pages_read(f->fd, f->path, &pages, &err);
    bool is_read = rc == DX_OK;
    if (rc == DX_OK)
        rc = dx_pages_check_from(&pages, DX_STORE_SEARCH_FROM, &err);
    FUZZ_CHECK(rc == DX_OK || err.msg[0] != '\0');
    bool whole = is_read && dx_pages_check_all(&pages, NULL) == DX_OK;
    FUZZ_CHECK(rc == DX_OK || !whole);
    if (rc == DX_OK)
        page_file_read(f, &pages, whole);
    if (rc == DX_OK && whole)
        for (unsigned seed = 1; seed < 3; seed++)
            page_file_write(f, seed);
    return whole;
}

#endif
