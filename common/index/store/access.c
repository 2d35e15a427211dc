/* Copies owner, mode and access list of files. */
#include "common/index/store/access.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/stat.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define ACL "system.posix_acl_access"
#define ACL_MAX_BYTES 65536
#define MODE_BITS 07777u
#define NEW_MODE 0666u

/* An owner can only be given by root; the group also by members of it. */
static int copy_owner(const struct stat *from, int fd)
{
    struct stat to;

    if (fstat(fd, &to) != 0)
        return errno;
    if ((from->st_uid == to.st_uid && from->st_gid == to.st_gid) ||
        fchown(fd, from->st_uid, from->st_gid) == 0)
        return 0;
    return from->st_gid == to.st_gid ||
                   fchown(fd, (uid_t)-1, from->st_gid) == 0
               ? 0
               : errno;
}

/* It may have got one of its folder's. */
static int copy_acl(const char *from, int fd)
{
    char acl[ACL_MAX_BYTES];
    ssize_t n = getxattr(from, ACL, acl, sizeof acl);

    if (n > 0)
        return fsetxattr(fd, ACL, acl, (size_t)n, 0) == 0 ? 0 : errno;
    (void)fremovexattr(fd, ACL);
    return 0;
}

static int copy_to(const char *from, const struct stat *info, int fd)
{
    int rc = copy_owner(info, fd);

    if (rc == 0)
        rc = copy_acl(from, fd);
    if (rc == 0 && fchmod(fd, info->st_mode & MODE_BITS) != 0)
        rc = errno;
    return rc;
}

static int take_umask(int fd)
{
    mode_t mask = umask(0);

    umask(mask);
    return fchmod(fd, NEW_MODE & ~mask) == 0 ? 0 : errno;
}

int dx_access_copy(const char *from, const char *to)
{
    struct stat info;
    int fd = open(to, O_RDONLY | O_CLOEXEC);
    int rc = 0;

    if (fd < 0)
        return errno;
    if (stat(from, &info) == 0)
        rc = copy_to(from, &info, fd);
    else
        rc = errno == ENOENT ? take_umask(fd) : errno;
    if (rc == 0 && fsync(fd) != 0)
        rc = errno;
    close(fd);
    return rc;
}

bool dx_access_is_mount(const char *path)
{
#ifdef STATX_ATTR_MOUNT_ROOT
    struct statx info;

    return statx(AT_FDCWD, path, 0, STATX_TYPE, &info) == 0 &&
           (info.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
#else
    (void)path;
    return false;
#endif
}
