/* found_file.h -- a file that the walk has found. */
#ifndef DX_INDEXER_RUN_FOUND_FILE_H
#define DX_INDEXER_RUN_FOUND_FILE_H

#include <stdint.h>

#include "indexer/input/source.h"

typedef struct dx_found_file { /* borrowed for the call that tells of it */
    const char *path;     /* as the user named it + the way down */
    const char *absolute; /* with symbolic links resolved at the root only */
    uint64_t size_bytes;
    int64_t mtime_ns;
    const dx_source *source; /* its type */
} dx_found_file;

#endif
