/* Takes locks on the data file, for readers, and on a file of its own, for the
 * writer. */
#include "common/index/store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "common/index/store/files.h"

#define GATE 0
#define GATE_WAIT_MS 5
#define GATE_POLL_MS 1

static bool set_lock(int fd, short type, uint64_t at, bool wait)
{
    struct flock l = {.l_type = type, .l_whence = SEEK_SET,
        .l_start = (off_t)at, .l_len = 1};
    int rc;

    do {
        rc = fcntl(fd, wait ? F_OFD_SETLKW : F_OFD_SETLK, &l);
    } while (rc != 0 && errno == EINTR);
    return rc == 0;
}

bool dx_gate_enter(int fd) { return set_lock(fd, F_RDLCK, GATE, true); }

void dx_gate_leave(int fd) { set_lock(fd, F_UNLCK, GATE, false); }

bool dx_reader_mark(int fd, uint64_t txn)
{
    return set_lock(fd, F_RDLCK, 1 + txn, false);
}

/* Readers are inside for microseconds. One that stays is stopped, or means to keep
 * us waiting: whoever may read the file can. */
static bool pass_gate(int fd)
{
    struct timespec pause = {0, GATE_POLL_MS * 1000000L};
    bool passed = set_lock(fd, F_WRLCK, GATE, false);

    for (int ms = 0; !passed && ms < GATE_WAIT_MS; ms += GATE_POLL_MS) {
        nanosleep(&pause, NULL);
        passed = set_lock(fd, F_WRLCK, GATE, false);
    }
    if (passed)
        dx_gate_leave(fd);
    return passed;
}

bool dx_readers_before(int fd, uint64_t txn)
{
    struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 1,
        .l_len = (off_t)txn};

    if (txn == 0)
        return false;
    if (!pass_gate(fd))
        return true;
    return fcntl(fd, F_OFD_GETLK, &l) != 0 || l.l_type != F_UNLCK;
}

int dx_writer_lock(const char *dir, dx_error *err)
{
    char path[DX_STORE_PATH_MAX];

    if (dx_store_path(dir, DX_STORE_LOCK_FILE, path, err) != DX_OK)
        return -1;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0) {
        dx_fail(err, DX_ERR_IO, "%s: %s; the indexer needs write permission",
            path, strerror(errno));
        return -1;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
    if (errno == EWOULDBLOCK)
        dx_fail(err, DX_ERR_BUSY,
            "%s: another indexer is writing this index; wait for it to end",
            dir);
    else
        dx_fail(err, DX_ERR_IO, "%s: cannot lock: %s", path, strerror(errno));
    close(fd);
    return -1;
}
