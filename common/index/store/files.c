/* Makes the paths of an index directory, and its entries durable. */
#include "common/index/store/files.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

dx_status dx_store_path(const char *dir, const char *name,
    char out[DX_STORE_PATH_MAX], dx_error *err)
{
    int n = snprintf(out, DX_STORE_PATH_MAX, "%s/%s", dir, name);

    if (n < 0 || n >= DX_STORE_PATH_MAX)
        return dx_fail(err, DX_ERR_LIMIT, "%.64s…: the path is too long", dir);
    return DX_OK;
}

void dx_store_sync_dir(const char *dir)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
}
