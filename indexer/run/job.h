/* job.h -- a piece of work for one worker: a file, or a block of one. */
#ifndef DX_INDEXER_RUN_JOB_H
#define DX_INDEXER_RUN_JOB_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/piece.h"
#include "indexer/input/source.h"
#include "indexer/run/files/files.h"

typedef struct dx_job {
    char *path;      /* owned, as is the name */
    char *name;      /* what its articles are named by (file_record.h) */
    uint32_t number; /* of the block, or DX_FILE_NONE */
    const dx_source *source;
    dx_piece piece; /* of a stream; a file of another type is still to be cut */
    uint32_t told;  /* dx_record.told */
    dx_file *file;  /* owned: of another type; NULL: read once more */
    bool is_again;  /* the block was met before in this run, but now some of its
                       articles are in no other */
    uint64_t bytes; /* for progress: of the file or what the piece took of it */
} dx_job;

/** A job without records yet; `path` and `name` are copied. Fails with NOMEM. Free it
 *  with dx_job_free(), also then. */
DX_NODISCARD dx_status dx_job_init(dx_job *job, const char *path, dx_str name,
    const dx_source *source);
void dx_job_free(dx_job *job);

#endif
