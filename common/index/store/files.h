/* files.h -- the files of an index directory. */
#ifndef DX_INDEX_STORE_FILES_H
#define DX_INDEX_STORE_FILES_H

#include "common/base/status.h"

#define DX_STORE_FILE "index.mdb"
#define DX_STORE_LOCK_FILE "writer.lock"
#define DX_STORE_PATH_MAX 4096

/** Writes "dir/name". Fails with LIMIT when it does not fit. */
DX_NODISCARD dx_status dx_store_path(const char *dir, const char *name,
    char out[DX_STORE_PATH_MAX], dx_error *err);

/** Makes the entries of a directory durable. */
void dx_store_sync_dir(const char *dir);

#endif
