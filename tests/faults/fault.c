/* A library for LD_PRELOAD that lets one call of the system fail, as disks do.
 *
 *     DX_FAULT=CALLS:N:HOW     CALLS is write, fsync, rename, mmap, open, ftruncate or read,
 *                              and stands for its kin, too (pwrite, writev, …)
 *     DX_FAULT_FS=HEX          statfs() tells of a file system of this type (0x6969: NFS)
 *     DX_FAULT_STATE=FILE      of 16 bytes, two counters: calls, and those made to fail
 *
 * The N-th of these calls, in the program or a child, fails with the error HOW (EIO,
 * ENOSPC, EINTR, ENOMEM, EMFILE). HOW may also be "short", half of the bytes, or "full": half of
 * the bytes, then ENOSPC for good, as of a disk that has no room; what is on it can be
 * written over, and statvfs() agrees.
 *
 * Calls that the C library makes for itself (stdio, malloc) are left alone. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

#define STATE_BYTES (2 * sizeof(uint64_t))

static struct {
    char calls[16];
    uint64_t nth;
    int error;
    bool is_short, is_full;
    _Atomic uint64_t *count; /* two, shared with children; NULL: nothing fails */
} plan;

typedef enum outcome { PASS, CUT, FAIL } outcome;

static int error_of(const char *how)
{
    static const struct {
        const char *name;
        int error;
    } errors[] = {{"EIO", EIO}, {"ENOSPC", ENOSPC}, {"EINTR", EINTR}, {"ENOMEM", ENOMEM},
        {"EMFILE", EMFILE}, {"full", ENOSPC}};

    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strcmp(errors[i].name, how) == 0)
            return errors[i].error;
    return EIO;
}

__attribute__((constructor)) static void read_plan(void)
{
    const char *wanted = getenv("DX_FAULT"), *state = getenv("DX_FAULT_STATE");
    const char *colon = wanted ? strchr(wanted, ':') : NULL;

    if (!colon || !state || (size_t)(colon - wanted) >= sizeof plan.calls)
        return;
    char *end;
    memcpy(plan.calls, wanted, (size_t)(colon - wanted));
    plan.nth = strtoull(colon + 1, &end, 10);
    const char *how = *end == ':' ? end + 1 : end;
    plan.error = error_of(how);
    plan.is_full = strcmp(how, "full") == 0;
    plan.is_short = plan.is_full || strcmp(how, "short") == 0;
    int fd = (int)syscall(SYS_openat, AT_FDCWD, state, O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return;
    void *p = (void *)syscall(SYS_mmap, NULL, STATE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED,
        fd, 0);
    syscall(SYS_close, fd);
    if (p != MAP_FAILED)
        plan.count = p;
}

/* What becomes of this call. */
static outcome meet(const char *calls)
{
    if (!plan.count || strcmp(calls, plan.calls) != 0)
        return PASS;
    uint64_t n = atomic_fetch_add(&plan.count[0], 1) + 1;
    if (n != plan.nth && !(plan.is_full && n > plan.nth))
        return PASS;
    atomic_fetch_add(&plan.count[1], 1);
    if (plan.is_short && n == plan.nth)
        return CUT;
    errno = plan.error;
    return FAIL;
}

static size_t half(size_t bytes) { return bytes > 1 ? bytes / 2 : bytes; }

/* The function that this one stands before. */
#define REAL(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

/* The C library's names of parameters are reserved.
 * NOLINTBEGIN(readability-inconsistent-declaration-parameter-name) */

/* ---- bytes ---- */

#define MEET_BYTES(calls, n)                                                                   \
    outcome what = meet(calls);                                                                \
    if (what == FAIL)                                                                          \
        return -1;                                                                             \
    if (what == CUT)                                                                           \
        (n) = half(n)

ssize_t write(int fd, const void *bytes, size_t n)
{
    MEET_BYTES("write", n);
    return REAL(write)(fd, bytes, n);
}

/* A full disk has room for what is there. */
static bool is_over(int fd, size_t n, off_t at)
{
    struct stat file;

    return plan.is_full && fstat(fd, &file) == 0 && at + (off_t)n <= file.st_size;
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at)
{
    if (is_over(fd, n, at))
        return REAL(pwrite)(fd, bytes, n, at);
    MEET_BYTES("write", n);
    return REAL(pwrite)(fd, bytes, n, at);
}

ssize_t read(int fd, void *bytes, size_t n)
{
    MEET_BYTES("read", n);
    return REAL(read)(fd, bytes, n);
}

ssize_t pread(int fd, void *bytes, size_t n, off_t at)
{
    MEET_BYTES("read", n);
    return REAL(pread)(fd, bytes, n, at);
}

/* Cut short, only the first piece is written. */
static ssize_t write_pieces(int fd, const struct iovec *pieces, int count, off_t at)
{
    outcome what = meet("write");

    if (what == FAIL)
        return -1;
    if (what == CUT) {
        size_t n = half(pieces->iov_len);
        return at < 0 ? REAL(write)(fd, pieces->iov_base, n)
                      : REAL(pwrite)(fd, pieces->iov_base, n, at);
    }
    return at < 0 ? REAL(writev)(fd, pieces, count) : REAL(pwritev)(fd, pieces, count, at);
}

ssize_t writev(int fd, const struct iovec *pieces, int count)
{
    return write_pieces(fd, pieces, count, -1);
}

ssize_t pwritev(int fd, const struct iovec *pieces, int count, off_t at)
{
    return write_pieces(fd, pieces, count, at);
}

/* ---- files ---- */

int fsync(int fd) { return meet("fsync") == PASS ? REAL(fsync)(fd) : -1; }

int fdatasync(int fd) { return meet("fsync") == PASS ? REAL(fdatasync)(fd) : -1; }

int msync(void *at, size_t n, int flags)
{
    return meet("fsync") == PASS ? REAL(msync)(at, n, flags) : -1;
}

int rename(const char *from, const char *to)
{
    return meet("rename") == PASS ? REAL(rename)(from, to) : -1;
}

int ftruncate(int fd, off_t bytes)
{
    return meet("ftruncate") == PASS ? REAL(ftruncate)(fd, bytes) : -1;
}

void *mmap(void *at, size_t n, int access, int flags, int fd, off_t from)
{
    if (meet("mmap") != PASS)
        return MAP_FAILED;
    return (void *)syscall(SYS_mmap, at, n, access, flags, fd, from);
}

static int open_at(int folder, const char *path, int flags, va_list args)
{
    unsigned mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(args, unsigned) : 0;

    if (meet("open") != PASS)
        return -1;
    return (int)syscall(SYS_openat, folder, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list args;

    va_start(args, flags);
    int fd = open_at(AT_FDCWD, path, flags, args);
    va_end(args);
    return fd;
}

int openat(int folder, const char *path, int flags, ...)
{
    va_list args;

    va_start(args, flags);
    int fd = open_at(folder, path, flags, args);
    va_end(args);
    return fd;
}

int statvfs(const char *restrict path, struct statvfs *restrict fs)
{
    int rc = REAL(statvfs)(path, fs);

    if (rc == 0 && plan.count && plan.is_full && atomic_load(&plan.count[1]) > 0)
        fs->f_bavail = fs->f_bfree = 0;
    return rc;
}

/* The file system that DX_FAULT_FS names by its number, wherever it is. */
int statfs(const char *restrict path, struct statfs *restrict fs)
{
    const char *type = getenv("DX_FAULT_FS");
    int rc = REAL(statfs)(path, fs);

    if (rc == 0 && type)
        fs->f_type = (__typeof__(fs->f_type))strtoul(type, NULL, 16);
    return rc;
}

/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */
