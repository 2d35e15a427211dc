/* Opens the store for writing, runs transactions, moves on to another file. */
#include "common/index/store/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/base/mem.h"
#include "common/index/store/access.h"
#include "common/index/store/files.h"
#include "common/index/store/lmdb_file.h"
#include "common/index/store/lock.h"
#include "common/index/store/pages.h"

#define WRITER_FLAGS (MDB_NOSUBDIR | MDB_NOTLS)
/* For a file that takes the index's place in the end: until then nobody reads it. */
#define FRESH_FLAGS (WRITER_FLAGS | MDB_NOLOCK)
#define FRESH_END ".new"   /* behind the name of the index's file, as … */
#define LOCK_END "-lock" /* … of LMDB's own */
#define MAP_BYTES_MAX ((size_t)1 << 40)
#define MAP_BYTES_MIN ((size_t)1 << 24)
#define READER_WAIT_MS 2000
#define READER_POLL_MS 20

struct dx_writer {
    int lock_fd; /* holds writer.lock */
    int fd;      /* of the data file, to look for readers */
    MDB_env *env;
    bool is_fresh; /* not yet the index: it has no lock, no pin */
    bool is_replaced; /* by a file that was begun after it was opened */
    MDB_txn *pin; /* our own reader: LMDB reuses no page that this
                     transaction or a later one can see */
    MDB_txn *txn; /* the open write transaction, or NULL */
    MDB_dbi dbi;
    /* The file, not a link to it; and where it is another one, that whose readers may
     * read it. */
    char path[DX_STORE_PATH_MAX], like[DX_STORE_PATH_MAX];
};

/* ---- opening ---- */

/* This is address space, not memory: as much as any disk has. Of a process that may
 * have less, a quarter: it also reads the index, and needs memory. */
static size_t map_bytes_wanted(void)
{
    uint64_t share = dx_store_address_space() / 4;

    return share < MAP_BYTES_MAX ? (size_t)share & ~(MAP_BYTES_MIN - 1)
                                 : MAP_BYTES_MAX;
}

static int open_env(dx_writer *w)
{
    int rc = ENOMEM;

    for (size_t bytes = map_bytes_wanted(); bytes >= MAP_BYTES_MIN; bytes /= 2) {
        rc = mdb_env_create(&w->env);
        if (rc == 0)
            rc = mdb_env_set_mapsize(w->env, bytes);
        if (rc == 0)
            rc = mdb_env_open(w->env, w->path,
                w->is_fresh ? FRESH_FLAGS : WRITER_FLAGS,
                w->is_fresh ? DX_STORE_PRIVATE_MODE : 0644);
        if (rc == 0)
            return 0;
        if (w->env)
            mdb_env_close(w->env);
        w->env = NULL;
        if (rc != ENOMEM && rc != EINVAL)
            break;
    }
    return rc;
}

/* LMDB believes what a file says, and writes by it. */
static dx_status check_pages(dx_writer *w, dx_error *err)
{
    struct stat file;
    dx_pages pages;

    if (fstat(w->fd, &file) != 0)
        return dx_store_fail(err, errno, w->path, "opening");
    if (file.st_size == 0)
        return DX_OK;
    DX_TRY(dx_meta_pages_read(w->fd, w->path, &pages, err));
    return dx_pages_check_all(&pages, err);
}

/* A file that LMDB could not begin is empty again, and not cut short. */
static int open_or_leave_empty(dx_writer *w)
{
    struct stat file;
    bool is_empty = fstat(w->fd, &file) == 0 && file.st_size == 0;
    int rc = open_env(w);

    if (rc != 0 && is_empty)
        (void)!ftruncate(w->fd, 0);
    return rc;
}

/* What this writer has written itself or had LMDB copy is not looked at again. */
static dx_status open_file(dx_writer *w, dx_error *err)
{
    w->fd = open(w->path, O_RDWR | O_CLOEXEC | O_CREAT,
        w->is_fresh ? DX_STORE_PRIVATE_MODE : 0644);
    if (w->fd < 0)
        return dx_store_fail(err, errno, w->path, "opening");
    if (!w->is_replaced)
        DX_TRY(check_pages(w, err));
    int rc = open_or_leave_empty(w);
    if (rc == 0)
        rc = mdb_txn_begin(w->env, NULL, MDB_RDONLY, &w->pin);
    if (rc == 0)
        rc = mdb_dbi_open(w->pin, NULL, 0, &w->dbi);
    return rc == 0 ? DX_OK : dx_store_fail(err, rc, w->path, "opening");
}

/* Makes the file as long as LMDB says it is: it does not write pages that a transaction took
 * from the end and gave back. If this fails or is never reached, it is sound, too. */
static void fill_length(dx_writer *w)
{
    MDB_envinfo info;
    MDB_stat stat;
    struct stat file;

    mdb_env_info(w->env, &info);
    mdb_env_stat(w->env, &stat);
    off_t need = (off_t)((info.me_last_pgno + 1) * stat.ms_psize);
    if (fstat(w->fd, &file) == 0 && file.st_size < need)
        (void)!ftruncate(w->fd, need);
}

static void close_file(dx_writer *w)
{
    if (w->txn)
        mdb_txn_abort(w->txn);
    if (w->pin)
        mdb_txn_abort(w->pin);
    if (w->env)
        mdb_env_close(w->env);
    if (w->fd >= 0)
        close(w->fd);
    w->txn = w->pin = NULL;
    w->env = NULL;
    w->fd = -1;
}

/* "path" with `end` behind it. */
static dx_status beside(const char *path, const char *end,
    char out[DX_STORE_PATH_MAX], dx_error *err)
{
    int n = snprintf(out, DX_STORE_PATH_MAX, "%s%s", path, end);

    return n >= 0 && n < DX_STORE_PATH_MAX
               ? DX_OK
               : dx_fail(err, DX_ERR_LIMIT, "%.64s…: the path is too long", path);
}

static void sync_folder(const char *path)
{
    char dir[DX_STORE_PATH_MAX];

    memcpy(dir, path, strlen(path) + 1);
    *strrchr(dir, '/') = '\0';
    dx_store_sync_dir(*dir ? dir : "/");
}

/* Gives the file at `fresh` the name of that of `w`. Readers of the old file keep it
 * until they close it. */
static dx_status take_place(dx_writer *w, const char *fresh, dx_error *err)
{
    char lock[DX_STORE_PATH_MAX];
    bool is_there = access(w->path, F_OK) == 0;

    DX_TRY(beside(w->path, LOCK_END, lock, err));
    close_file(w);
    int rc = dx_access_copy(is_there ? w->path : w->like, fresh);
    if (rc == 0 && rename(fresh, w->path) != 0)
        rc = errno;
    if (rc != 0) {
        (void)unlink(fresh);
        return rc == EPERM ? dx_fail(err, DX_ERR_IO,
                                 "%s: a new file cannot have its group; run as a "
                                 "member of that", w->path)
                           : dx_store_fail(err, rc, w->path, "replacing");
    }
    w->is_replaced = true;
    (void)unlink(lock); /* of the old file; nobody else uses it */
    sync_folder(w->path);
    return open_file(w, err);
}

static dx_status move_to_copy(dx_writer *w, dx_error *err)
{
    char fresh[DX_STORE_PATH_MAX];

    DX_TRY(beside(w->path, FRESH_END, fresh, err));
    int rc = dx_store_copy_file(w->env, fresh);
    return rc == 0 ? take_place(w, fresh, err)
                   : dx_store_fail(err, rc, fresh, "copying");
}

static dx_status outwait_readers(dx_writer *w, dx_error *err)
{
    uint64_t oldest = mdb_txn_id(w->pin);
    struct timespec pause = {0, READER_POLL_MS * 1000000L};

    for (int ms = 0; ms < READER_WAIT_MS; ms += READER_POLL_MS) {
        if (!dx_readers_before(w->fd, oldest))
            return DX_OK;
        nanosleep(&pause, NULL);
    }
    return move_to_copy(w, err);
}

/* A link stays one: it is the file behind it that is written and replaced. It may not be
 * there yet. */
static dx_status follow_link(dx_writer *w, dx_error *err)
{
    struct stat file;

    if (lstat(w->path, &file) != 0 || !S_ISLNK(file.st_mode))
        return DX_OK;
    int fd = open(w->path, O_RDWR | O_CLOEXEC | O_CREAT, 0644);
    char *real = fd < 0 ? NULL : realpath(w->path, NULL);
    int rc = real ? 0 : errno;
    if (fd >= 0)
        close(fd);
    if (real && strlen(real) >= sizeof w->path)
        rc = ENAMETOOLONG;
    if (real && rc == 0)
        memcpy(w->path, real, strlen(real) + 1);
    free(real);
    return rc == 0 ? DX_OK : dx_store_fail(err, rc, w->path, "opening");
}

/* Locks the directory and finds its file. */
static dx_status begin_dir(dx_writer *w, const char *dir, dx_error *err)
{
    char left[DX_STORE_PATH_MAX];

    DX_TRY(dx_store_path(dir, DX_STORE_FILE, w->path, err));
    if (mkdir(dir, 0755) != 0 && errno != EEXIST)
        return dx_fail(err, DX_ERR_IO, "%s: cannot make the directory: %s", dir,
            strerror(errno));
    w->lock_fd = dx_writer_lock(dir, err);
    if (w->lock_fd < 0)
        return err && err->status ? err->status : DX_ERR_BUSY;
    DX_TRY(follow_link(w, err));
    if (dx_access_is_mount(w->path))
        return dx_fail(err, DX_ERR_IO,
            "%s: is mounted by itself, so no newer one can take its place; mount the "
            "folder that it is in", w->path);
    DX_TRY(beside(w->path, FRESH_END, left, err));
    (void)unlink(left); /* by a writer that was killed */
    return DX_OK;
}

static dx_status open_all(dx_writer *w, const char *dir, const char *like,
    dx_error *err)
{
    DX_TRY(begin_dir(w, dir, err));
    if (like)
        return dx_store_path(like, DX_STORE_FILE, w->like, err);
    DX_TRY(open_file(w, err));
    return outwait_readers(w, err);
}

static dx_status open_writer(const char *dir, const char *like, dx_writer **out,
    dx_error *err)
{
    dx_writer *w = dx_calloc(1, sizeof *w);
    dx_error own = {0};

    *out = NULL;
    if (!w)
        return dx_fail_nomem(err);
    w->lock_fd = w->fd = -1;
    dx_status rc = open_all(w, dir, like, &own);
    if (rc != DX_OK) {
        if (err)
            *err = own;
        dx_writer_close(w);
        return rc;
    }
    *out = w;
    return DX_OK;
}

dx_status dx_writer_open(const char *dir, dx_writer **out, dx_error *err)
{
    return open_writer(dir, NULL, out, err);
}

dx_status dx_writer_open_over(const char *dir, const char *like, dx_writer **out,
    dx_error *err)
{
    return open_writer(dir, like, out, err);
}

void dx_writer_close(dx_writer *w)
{
    if (!w)
        return;
    close_file(w);
    if (w->is_fresh)
        (void)unlink(w->path);
    if (w->lock_fd >= 0)
        close(w->lock_fd);
    dx_free(w);
}

/* ---- a fresh file ---- */

static dx_status open_fresh(dx_writer *w, const char *path, dx_error *err)
{
    DX_TRY(beside(path, FRESH_END, w->path, err));
    (void)unlink(w->path);
    DX_TRY(open_file(w, err));
    mdb_txn_abort(w->pin); /* there is nobody to pin pages for */
    w->pin = NULL;
    return DX_OK;
}

dx_status dx_writer_begin_fresh(dx_writer *w, dx_writer **out, dx_error *err)
{
    dx_writer *fresh = dx_calloc(1, sizeof *fresh);

    *out = NULL;
    if (!fresh)
        return dx_fail_nomem(err);
    fresh->lock_fd = fresh->fd = -1;
    fresh->is_fresh = true;
    dx_status rc = open_fresh(fresh, w->path, err);
    if (rc != DX_OK)
        dx_writer_close(fresh);
    else
        *out = fresh;
    return rc;
}

dx_status dx_writer_end_fresh(dx_writer *w, dx_writer *fresh, dx_error *err)
{
    DX_TRY(dx_writer_commit(fresh, err));
    close_file(fresh);
    return take_place(w, fresh->path, err);
}

bool dx_writer_is_replaced(const dx_writer *w) { return w->is_replaced; }

/* ---- reading and writing ---- */

static dx_status begin(dx_writer *w, dx_error *err)
{
    int rc = w->txn ? 0 : mdb_txn_begin(w->env, NULL, 0, &w->txn);

    return rc == 0 ? DX_OK : dx_store_fail(err, rc, w->path, "writing");
}

dx_status dx_writer_get(dx_writer *w, dx_str key, dx_str *value, dx_error *err)
{
    MDB_val k = {key.len, (void *)(uintptr_t)key.ptr}, v;

    *value = (dx_str){NULL, 0};
    DX_TRY(begin(w, err));
    int rc = mdb_get(w->txn, w->dbi, &k, &v);
    if (rc == MDB_NOTFOUND)
        return DX_OK;
    if (rc != 0)
        return dx_store_fail(err, rc, w->path, "reading");
    *value = (dx_str){v.mv_data, v.mv_size};
    return DX_OK;
}

dx_status dx_writer_get_first(dx_writer *w, dx_str key, dx_str *value,
    dx_error *err)
{
    DX_TRY(dx_writer_get(w, key, value, err));
    return value->ptr ? DX_OK
                      : dx_store_missing(w->txn, w->dbi, key, w->path, err);
}

dx_status dx_writer_each(dx_writer *w, dx_str prefix, dx_store_each each,
    void *ctx, dx_error *err)
{
    DX_TRY(begin(w, err));
    return dx_store_walk(w->txn, w->dbi, prefix, each, ctx, w->path, err);
}

static dx_status put(dx_writer *w, dx_str key, MDB_val *v, unsigned flags,
    dx_error *err)
{
    MDB_val k = {key.len, (void *)(uintptr_t)key.ptr};

    if (key.len == 0 || key.len > DX_STORE_KEY_MAX || v->mv_size > UINT32_MAX)
        return dx_fail(err, DX_ERR_LIMIT,
            "%s: a record of %zu bytes does not fit", w->path, v->mv_size);
    DX_TRY(begin(w, err));
    int rc = mdb_put(w->txn, w->dbi, &k, v, flags);
    if (rc == MDB_MAP_FULL)
        return dx_fail(err, DX_ERR_LIMIT,
            "%s: the index has outgrown this process's address space; raise "
            "the limit (ulimit -v)", w->path);
    return rc == 0 ? DX_OK : dx_store_fail(err, rc, w->path, "writing");
}

dx_status dx_writer_put(dx_writer *w, dx_str key, dx_str value, dx_error *err)
{
    MDB_val v = {value.len, (void *)(uintptr_t)value.ptr};

    return put(w, key, &v, 0, err);
}

dx_status dx_writer_reserve(dx_writer *w, dx_str key, size_t bytes, void **out,
    dx_error *err)
{
    MDB_val v = {bytes, NULL};
    dx_status rc = put(w, key, &v, MDB_RESERVE, err);

    *out = rc == DX_OK ? v.mv_data : NULL;
    return rc;
}

dx_status dx_writer_delete(dx_writer *w, dx_str key, dx_error *err)
{
    MDB_val k = {key.len, (void *)(uintptr_t)key.ptr};

    DX_TRY(begin(w, err));
    int rc = mdb_del(w->txn, w->dbi, &k, NULL);
    return rc == 0 || rc == MDB_NOTFOUND
               ? DX_OK
               : dx_store_fail(err, rc, w->path, "writing");
}

dx_status dx_writer_commit(dx_writer *w, dx_error *err)
{
    dx_meta_copy before;

    if (!w->txn)
        return DX_OK;
    bool is_kept = dx_meta_pages_keep(w->fd, &before);
    int rc = mdb_txn_commit(w->txn);
    w->txn = NULL;
    if (rc == 0)
        fill_length(w);
    else if (is_kept)
        dx_meta_pages_put_back(w->fd, &before);
    return rc == 0 ? DX_OK : dx_store_fail(err, rc, w->path, "writing");
}

void dx_writer_unpin(dx_writer *w)
{
    MDB_txn *newer = NULL;

    if (mdb_txn_begin(w->env, NULL, MDB_RDONLY, &newer) != 0)
        return; /* then the file grows */
    bool is_read = dx_readers_before(w->fd, mdb_txn_id(newer));
    mdb_txn_abort(is_read ? newer : w->pin);
    w->pin = is_read ? w->pin : newer;
}
