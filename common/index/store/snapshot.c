/* Opens the newest generation, reads it and copies it. */
#include "common/index/store/snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/mem.h"
#include "common/index/store/access.h"
#include "common/index/store/files.h"
#include "common/index/store/lmdb_file.h"
#include "common/index/store/lock.h"
#include "common/index/store/pages.h"

#define READER_FLAGS                                                           \
    (MDB_NOSUBDIR | MDB_RDONLY | MDB_NOLOCK | MDB_NOTLS)
#define MAP_SLACK_BYTES ((size_t)64 << 20) /* a writer may extend the file */
#define OPEN_TRIES 20
#define FREE_LIST 0 /* LMDB's number of it */
#define LARGE_PAGES_SHARE 8u /* of the machine's memory */

struct dx_snapshot {
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi dbi;
    int fd; /* ours: carries the locks */
    struct stat file;
    dx_pages pages; /* of our transaction */
    bool is_whole;  /* all of its pages have been checked, not only those of searches */
    const char *map; /* where LMDB mapped the file; NULL: not known */
    pthread_mutex_t lock; /* LMDB lets one thread at a time use a txn */
    char dir[DX_STORE_PATH_MAX], path[DX_STORE_PATH_MAX];
};

/* ---- opening ---- */

static dx_status missing(dx_error *err, const char *dir, int code)
{
    if (code != ENOENT && code != ENOTDIR)
        return dx_store_fail(err, code, dir, "opening");
    return dx_fail(err, DX_ERR_NOINDEX,
        "%s: no index there; make one with: dxindex --index %s FOLDER", dir,
        dir);
}

static dx_status open_file(dx_snapshot *s, dx_error *err)
{
    s->fd = open(s->path, O_RDONLY | O_CLOEXEC);
    if (s->fd < 0)
        return missing(err, s->dir, errno);
    if (fstat(s->fd, &s->file) != 0)
        return dx_store_fail(err, errno, s->path, "opening");
    if (s->file.st_size == 0) /* its first writer is just making it */
        return missing(err, s->dir, ENOENT);
    return DX_OK;
}

/* Marks us as a reader of the newest transaction, so that no page that it sees changes
 * any more, and then looks at those pages. Inside the gate a writer either sees our mark
 * or has not yet reused anything that we can see. */
static dx_status mark(dx_snapshot *s, dx_error *err)
{
    if (!dx_gate_enter(s->fd))
        return dx_store_fail(err, errno, s->path, "locking");
    dx_status rc = dx_meta_pages_read(s->fd, s->path, &s->pages, err);
    if (rc == DX_OK && !dx_reader_mark(s->fd, s->pages.now.txn))
        rc = dx_store_fail(err, errno, s->path, "locking");
    dx_gate_leave(s->fd);
    DX_TRY(rc);
    return s->is_whole ? DX_OK
                       : dx_pages_check_from(&s->pages, DX_STORE_SEARCH_FROM, err);
}

/* Less where address space is short. */
static size_t map_slack_bytes(void)
{
    uint64_t share = dx_store_address_space() / 16;

    return share < MAP_SLACK_BYTES ? (size_t)share : MAP_SLACK_BYTES;
}

static dx_status open_env(dx_snapshot *s, dx_error *err)
{
    long page = sysconf(_SC_PAGESIZE);

    int rc = mdb_env_create(&s->env);
    if (rc == 0)
        rc = mdb_env_set_mapsize(s->env,
            ((size_t)s->file.st_size + map_slack_bytes()) / (size_t)page *
                (size_t)page);
    if (rc == 0)
        rc = mdb_env_open(s->env, s->path, READER_FLAGS, 0);
    return rc == 0 ? DX_OK : dx_store_fail(err, rc, s->path, "opening");
}

/* Sets *again when the file grew past the map, was replaced, or has a newer transaction
 * than the one that was looked at. */
static dx_status begin(dx_snapshot *s, bool *again, dx_error *err)
{
    mdb_filehandle_t env_fd;
    struct stat env_file;
    int rc = mdb_txn_begin(s->env, NULL, MDB_RDONLY, &s->txn);

    if (rc == 0)
        rc = mdb_env_get_fd(s->env, &env_fd);
    if (rc == 0)
        rc = fstat(env_fd, &env_file) == 0 ? 0 : errno;
    *again = rc == MDB_MAP_RESIZED ||
             (rc == 0 && (env_file.st_ino != s->file.st_ino ||
                             env_file.st_dev != s->file.st_dev ||
                             mdb_txn_id(s->txn) != s->pages.now.txn));
    if (*again)
        return DX_OK;
    if (rc == 0)
        rc = mdb_dbi_open(s->txn, NULL, 0, &s->dbi);
    return rc == 0 ? DX_OK : dx_store_fail(err, rc, s->path, "opening");
}

/* LMDB does not say where its map begins. But a key lies in a page, and each
 * page begins with its number. */
static void find_map(dx_snapshot *s)
{
    MDB_cursor *cursor;
    MDB_val key, value;
    MDB_stat stat;
    uint64_t number;
    char head[DX_STORE_PAGE_HEAD];

    s->map = NULL;
    mdb_env_stat(s->env, &stat);
    if (mdb_cursor_open(s->txn, s->dbi, &cursor) != 0)
        return;
    int rc = mdb_cursor_get(cursor, &key, &value, MDB_LAST);
    mdb_cursor_close(cursor);
    if (rc != 0)
        return;
    const char *page =
        (char *)key.mv_data - (uintptr_t)key.mv_data % stat.ms_psize;
    memcpy(&number, page, sizeof number);
    uint64_t at = number * stat.ms_psize;
    if (number < (uint64_t)s->file.st_size / stat.ms_psize &&
        dx_store_pread(s->fd, head, sizeof head, at) == (ssize_t)sizeof head &&
        memcmp(head, page, sizeof head) == 0)
        s->map = page - at;
}

/* If the file fits well into memory, lets the kernel read 2 MiB of it at a
 * touch, and map them at once where the file system can. A process then pays no
 * more for an index that was read from disk than for one just written. Of a
 * larger file, most of what is read this way would be read in vain. */
static void ask_for_large_pages(const dx_snapshot *s)
{
#ifdef MADV_HUGEPAGE
    long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
    uint64_t bytes = (uint64_t)s->file.st_size;

    if (s->map && pages > 0 &&
        bytes / (uint64_t)page <= (uint64_t)pages / LARGE_PAGES_SHARE)
        (void)madvise((void *)(uintptr_t)s->map, bytes, MADV_HUGEPAGE);
#else
    (void)s;
#endif
}

static void close_files(dx_snapshot *s)
{
    if (s->txn)
        mdb_txn_abort(s->txn);
    if (s->env)
        mdb_env_close(s->env);
    if (s->fd >= 0)
        close(s->fd);
    s->txn = NULL;
    s->env = NULL;
    s->fd = -1;
}

static dx_status open_all(dx_snapshot *s, dx_error *err)
{
    bool again = true;

    for (int i = 0; again && i < OPEN_TRIES; i++) {
        close_files(s);
        DX_TRY(open_file(s, err));
        DX_TRY(mark(s, err));
        DX_TRY(open_env(s, err));
        DX_TRY(begin(s, &again, err));
    }
    if (again)
        return dx_fail(err, DX_ERR_BUSY,
            "%s: is being rewritten too fast to be opened; try again", s->path);
    find_map(s);
    ask_for_large_pages(s);
    return DX_OK;
}

static dx_status open_snapshot(const char *dir, bool is_whole, dx_snapshot **out,
    dx_error *err)
{
    dx_snapshot *s = dx_calloc(1, sizeof *s);

    *out = NULL;
    if (!s)
        return dx_fail_nomem(err);
    s->fd = -1;
    s->is_whole = is_whole;
    pthread_mutex_init(&s->lock, NULL);
    dx_status rc = dx_store_path(dir, DX_STORE_FILE, s->path, err);
    if (rc == DX_OK) {
        memcpy(s->dir, dir, strlen(dir) + 1);
        rc = open_all(s, err);
    }
    if (rc != DX_OK) {
        dx_snapshot_close(s);
        return rc;
    }
    *out = s;
    return DX_OK;
}

dx_status dx_snapshot_open(const char *dir, dx_snapshot **out, dx_error *err)
{
    return open_snapshot(dir, false, out, err);
}

dx_status dx_snapshot_open_written(const char *dir, dx_snapshot **out, dx_error *err)
{
    return open_snapshot(dir, true, out, err);
}

void dx_snapshot_close(dx_snapshot *s)
{
    if (!s)
        return;
    close_files(s);
    pthread_mutex_destroy(&s->lock);
    dx_free(s);
}

/* ---- reading ---- */

/* Keys before those of searches lie on pages that nobody has looked at yet. Call with
 * the lock held. */
static dx_status check_whole(dx_snapshot *s, dx_error *err)
{
    if (s->is_whole)
        return DX_OK;
    DX_TRY(dx_pages_check_all(&s->pages, err));
    s->is_whole = true;
    return DX_OK;
}

static dx_status check_key(dx_snapshot *s, dx_str key, dx_error *err)
{
    dx_str from = DX_STORE_SEARCH_FROM;
    size_t len = key.len < from.len ? key.len : from.len;

    if (len == from.len ? memcmp(key.ptr, from.ptr, len) >= 0
                        : memcmp(key.ptr, from.ptr, len) > 0)
        return DX_OK;
    return check_whole(s, err);
}

dx_status dx_snapshot_check_pages(dx_snapshot *s, dx_error *err)
{
    pthread_mutex_lock(&s->lock);
    dx_status rc = check_whole(s, err);
    pthread_mutex_unlock(&s->lock);
    return rc;
}

dx_status dx_snapshot_get(dx_snapshot *s, dx_str key, dx_str *value,
    dx_error *err)
{
    MDB_val k = {key.len, (void *)(uintptr_t)key.ptr}, v;

    *value = (dx_str){NULL, 0};
    pthread_mutex_lock(&s->lock);
    dx_status checked = check_key(s, key, err);
    int rc = checked == DX_OK ? mdb_get(s->txn, s->dbi, &k, &v) : 0;
    pthread_mutex_unlock(&s->lock);
    DX_TRY(checked);
    if (rc == MDB_NOTFOUND)
        return DX_OK;
    if (rc != 0)
        return dx_store_fail(err, rc, s->path, "reading");
    *value = (dx_str){v.mv_data, v.mv_size};
    return DX_OK;
}

dx_status dx_snapshot_get_first(dx_snapshot *s, dx_str key, dx_str *value,
    dx_error *err)
{
    DX_TRY(dx_snapshot_get(s, key, value, err));
    return value->ptr ? DX_OK
                      : dx_store_missing(s->txn, s->dbi, key, s->path, err);
}

void dx_snapshot_read(const dx_snapshot *s, dx_str slice, void *out)
{
    if (slice.len == 0)
        return;
    if (!s->map || dx_store_pread(s->fd, out, slice.len,
                       (uint64_t)(slice.ptr - s->map)) != (ssize_t)slice.len)
        memcpy(out, slice.ptr, slice.len);
}

dx_status dx_snapshot_each(dx_snapshot *s, dx_str prefix, dx_store_each each,
    void *ctx, dx_error *err)
{
    pthread_mutex_lock(&s->lock);
    dx_status checked = check_key(s, prefix, err);
    pthread_mutex_unlock(&s->lock);
    DX_TRY(checked);
    return dx_store_walk(s->txn, s->dbi, prefix, each, ctx, s->path, err);
}

/* Each record of LMDB's list begins with how many pages it names. */
static dx_status count_free_pages(dx_snapshot *s, uint64_t *pages, dx_error *err)
{
    MDB_cursor *cursor;
    MDB_val key, value;
    size_t n;

    *pages = 0;
    int rc = mdb_cursor_open(s->txn, FREE_LIST, &cursor);
    if (rc != 0)
        return dx_store_fail(err, rc, s->path, "reading");
    while ((rc = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == 0) {
        memcpy(&n, value.mv_data, sizeof n);
        *pages += n;
    }
    mdb_cursor_close(cursor);
    return rc == MDB_NOTFOUND ? DX_OK : dx_store_fail(err, rc, s->path, "reading");
}

dx_status dx_snapshot_info(dx_snapshot *s, dx_store_info *out, dx_error *err)
{
    struct stat file;
    uint64_t free_pages;

    DX_TRY(dx_snapshot_check_pages(s, err));
    pthread_mutex_lock(&s->lock);
    dx_status rc = count_free_pages(s, &free_pages, err);
    pthread_mutex_unlock(&s->lock);
    DX_TRY(rc);
    if (fstat(s->fd, &file) != 0)
        return dx_store_fail(err, errno, s->path, "reading");
    *out = (dx_store_info){.txn = s->pages.now.txn,
        .file_bytes = (uint64_t)file.st_size,
        .page_bytes = s->pages.page_bytes,
        .pages_used = s->pages.now.pages,
        .pages_free = free_pages};
    return DX_OK;
}

int64_t dx_snapshot_written_ns(const dx_snapshot *s)
{
    return (int64_t)s->file.st_mtim.tv_sec * 1000000000 + s->file.st_mtim.tv_nsec;
}

bool dx_snapshot_is_stale(dx_snapshot *s)
{
    MDB_envinfo info;
    struct stat now;

    mdb_env_info(s->env, &info);
    return info.me_last_txnid != s->pages.now.txn || stat(s->path, &now) != 0 ||
           now.st_ino != s->file.st_ino || now.st_dev != s->file.st_dev;
}

/* ---- copying ---- */

static dx_status copy_to(dx_snapshot *s, const char *to_dir, dx_error *err)
{
    char path[DX_STORE_PATH_MAX], fresh_path[DX_STORE_PATH_MAX];
    dx_snapshot *fresh = NULL;

    DX_TRY(dx_store_path(to_dir, DX_STORE_FILE, path, err));
    DX_TRY(dx_store_path(to_dir, DX_STORE_FILE ".new", fresh_path, err));
    DX_TRY(dx_snapshot_check_pages(s, err));
    if (access(path, F_OK) == 0)
        return dx_fail(err, DX_ERR_INVALID,
            "%s: holds an index already; give another directory", to_dir);
    int rc = dx_store_copy_file(s->env, fresh_path);
    /* LMDB copies the newest generation, which may have outgrown our map. */
    for (int i = 0; rc == MDB_MAP_RESIZED && i < OPEN_TRIES; i++) {
        dx_snapshot_close(fresh);
        fresh = NULL;
        DX_TRY(dx_snapshot_open(s->dir, &fresh, err));
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): OK is open */
        rc = dx_store_copy_file(fresh->env, fresh_path);
    }
    dx_snapshot_close(fresh);
    if (rc == 0)
        rc = dx_access_copy(s->path, fresh_path);
    if (rc == 0 && rename(fresh_path, path) != 0)
        rc = errno;
    if (rc != 0) {
        (void)unlink(fresh_path);
        return dx_store_fail(err, rc, to_dir, "copying");
    }
    dx_store_sync_dir(to_dir);
    return DX_OK;
}

dx_status dx_snapshot_copy(dx_snapshot *s, const char *to_dir, dx_error *err)
{
    bool made = mkdir(to_dir, 0755) == 0;

    if (!made && errno != EEXIST)
        return dx_fail(err, DX_ERR_IO, "%s: %s", to_dir, strerror(errno));
    dx_status rc = copy_to(s, to_dir, err);
    if (rc != DX_OK && made)
        (void)rmdir(to_dir);
    return rc;
}
