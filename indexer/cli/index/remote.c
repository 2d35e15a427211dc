/* File systems by their numbers. */
#include "indexer/cli/index/remote.h"

#include <linux/magic.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/vfs.h>

#include "common/base/mem.h"

/* Those that linux/magic.h does not have, of all ages. */
#define CIFS_SUPER 0xFF534D42u
#define SMB2_SUPER 0xFE534D42u
#define FUSE_SUPER 0x65735546u
#define CEPH_SUPER 0x00C36400u

static const struct {
    unsigned long number;
    const char *name;
} kinds[] = {{NFS_SUPER_MAGIC, "NFS"}, {CIFS_SUPER, "CIFS"}, {SMB2_SUPER, "SMB"},
    {SMB_SUPER_MAGIC, "SMB"}, {FUSE_SUPER, "FUSE"}, {CEPH_SUPER, "Ceph"},
    {AFS_SUPER_MAGIC, "AFS"}, {V9FS_MAGIC, "9P"}};

static bool find_file_system(const char *index, struct statfs *fs)
{
    const char *slash = strrchr(index, '/');

    if (statfs(index, fs) == 0)
        return true;
    char *parent = slash ? dx_strndup(index, (size_t)(slash - index) + 1)
                         : dx_strndup(".", 1);
    bool is_found = parent && statfs(parent, fs) == 0;
    dx_free(parent);
    return is_found;
}

const char *dx_remote_file_system(const char *index)
{
    struct statfs fs;

    if (!find_file_system(index, &fs))
        return NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (((unsigned long)fs.f_type & 0xFFFFFFFFu) == kinds[i].number)
            return kinds[i].name;
    return NULL;
}
