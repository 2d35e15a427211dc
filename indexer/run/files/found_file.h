/* found_file.h -- a file that the walk has found. */
#ifndef DX_INDEXER_RUN_FILES_FOUND_FILE_H
#define DX_INDEXER_RUN_FILES_FOUND_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "indexer/input/source.h"

/* What tells, without reading it, whether a file is as it was. Its content may have
 * been changed with size and time kept; then it was changed all the same, or it is
 * another file. */
typedef struct dx_file_stamp {
    uint64_t size_bytes;
    int64_t mtime_ns;
    int64_t ctime_ns; /* when anything about it was changed */
    uint64_t inode;
} dx_file_stamp;

typedef struct dx_found_file { /* borrowed for the call that tells of it */
    const char *path;     /* as the user named it + the way down */
    const char *absolute; /* with symbolic links resolved at the root only */
    dx_file_stamp stamp;
    bool is_given; /* by the user himself, by its name */
    const dx_source *source; /* its type; NULL: its name does not tell */
} dx_found_file;

#endif
