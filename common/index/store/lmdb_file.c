/* What readers and writers share of LMDB: error messages, walks, copies. */
#include "common/index/store/lmdb_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "common/index/store/access.h"

dx_status dx_store_damaged(dx_error *err, const char *path, const char *fmt, ...)
{
    char what[256];
    va_list args;

    va_start(args, fmt);
    vsnprintf(what, sizeof what, fmt, args);
    va_end(args);
    return dx_fail(err, DX_ERR_CORRUPT,
        "%s: damaged%s; restore a backup, or index again into a new directory", path, what);
}

#define DISK_IS_FULL_BYTES (UINT64_C(1) << 20)

ssize_t dx_store_pread(int fd, void *to, size_t n, uint64_t at)
{
    size_t done = 0;

    while (done < n) {
        ssize_t got = pread(fd, (char *)to + done, n - done, (off_t)(at + done));
        if (got == 0)
            break;
        if (got > 0)
            done += (size_t)got;
        else if (errno != EINTR)
            return -1;
    }
    return (ssize_t)done;
}

uint64_t dx_store_address_space(void)
{
    struct rlimit limit;

    return getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY
               ? UINT64_MAX
               : limit.rlim_cur;
}

/* The index is mapped as a whole, so it is nearly always the limit that is short. */
static dx_status fail_memory(dx_error *err, const char *path, const char *doing)
{
    uint64_t space = dx_store_address_space();

    if (space == UINT64_MAX)
        return dx_fail(err, DX_ERR_NOMEM, "%s: out of memory %s", path, doing);
    return dx_fail(err, DX_ERR_NOMEM,
        "%s: out of memory %s: this process may have %llu MiB of address space "
        "(ulimit -v, RLimitMEM), and the index is mapped into it; raise the limit",
        path, doing, (unsigned long long)(space >> 20));
}

/* LMDB turns a write that was cut short into EIO. */
static bool disk_is_full(const char *path)
{
    struct statvfs fs;

    return statvfs(path, &fs) == 0 &&
           (uint64_t)fs.f_bavail * fs.f_frsize < DISK_IS_FULL_BYTES;
}

static dx_status fail_full(dx_error *err, const char *path)
{
    struct stat file;
    uint64_t bytes = stat(path, &file) == 0 ? (uint64_t)file.st_size : 0;

    return dx_fail(err, DX_ERR_IO,
        "%s: the disk is full; free some space and run again. A run needs two "
        "thirds of the bytes that it reads; to be optimized or copied, an index "
        "needs as much again (%llu MiB)",
        path, (unsigned long long)(bytes >> 20) + 1);
}

dx_status dx_store_fail(dx_error *err, int code, const char *path,
    const char *doing)
{
    switch (code) {
    case ENOMEM:
        return fail_memory(err, path, doing);
    case MDB_INVALID:
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_PANIC:
        return dx_store_damaged(err, path, " or not an index (%s)", mdb_strerror(code));
    case MDB_VERSION_MISMATCH:
        return dx_fail(err, DX_ERR_VERSION,
            "%s: written by another version of LMDB; index again", path);
    case ENOSPC:
    case EDQUOT:
        return fail_full(err, path);
    case EACCES:
    case EPERM:
        return dx_fail(err, DX_ERR_IO,
            "%s: permission denied; give this user read permission", path);
    default:
        if (code == EIO && disk_is_full(path))
            return fail_full(err, path);
        return dx_fail(err, DX_ERR_IO, "%s: %s: %s", path, doing,
            mdb_strerror(code));
    }
}

dx_status dx_store_missing(MDB_txn *txn, MDB_dbi dbi, dx_str key,
    const char *path, dx_error *err)
{
    MDB_stat stat;
    int rc = mdb_stat(txn, dbi, &stat);

    if (rc != 0)
        return dx_store_fail(err, rc, path, "reading");
    if (stat.ms_entries == 0)
        return DX_OK;
    return dx_store_damaged(err, path, ": it has records, but no %.*s",
        (int)key.len, key.ptr);
}

dx_status dx_store_walk(MDB_txn *txn, MDB_dbi dbi, dx_str prefix,
    dx_store_each each, void *ctx, const char *path, dx_error *err)
{
    MDB_cursor *cursor;
    MDB_val key = {prefix.len, (void *)(uintptr_t)prefix.ptr}, value;
    dx_status status = DX_OK;
    int rc = mdb_cursor_open(txn, dbi, &cursor);

    if (rc != 0)
        return dx_store_fail(err, rc, path, "reading");
    rc = mdb_cursor_get(cursor, &key, &value,
        prefix.len ? MDB_SET_RANGE : MDB_FIRST);
    while (rc == 0 && status == DX_OK && key.mv_size >= prefix.len &&
           (prefix.len == 0 ||
               memcmp(key.mv_data, prefix.ptr, prefix.len) == 0)) {
        status = each(ctx, (dx_str){key.mv_data, key.mv_size},
            (dx_str){value.mv_data, value.mv_size});
        rc = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
    }
    mdb_cursor_close(cursor);
    if (status == DX_OK && rc != 0 && rc != MDB_NOTFOUND)
        return dx_store_fail(err, rc, path, "reading");
    return status;
}

int dx_store_copy_file(MDB_env *env, const char *path)
{
    (void)unlink(path); /* left by a copy that was killed */
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
        DX_STORE_PRIVATE_MODE);
    int rc = fd < 0 ? errno : mdb_env_copyfd2(env, fd, MDB_CP_COMPACT);

    if (rc == 0 && fsync(fd) != 0)
        rc = errno;
    if (fd >= 0)
        close(fd);
    if (rc != 0)
        (void)unlink(path);
    return rc;
}
