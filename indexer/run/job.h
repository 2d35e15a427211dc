/* job.h -- a piece of work for one worker: a file, or some records of one. */
#ifndef DX_INDEXER_RUN_JOB_H
#define DX_INDEXER_RUN_JOB_H

#include <stdint.h>

#include "common/base/status.h"
#include "indexer/input/piece.h"
#include "indexer/input/source.h"

typedef struct dx_job {
    char *path;    /* owned, by mem.h */
    uint32_t file; /* number in the file table */
    const dx_source *source;
    dx_piece piece; /* of a stream; a file of another type is still to be cut */
    uint64_t bytes; /* for progress: of the file or what the piece took of it */
} dx_job;

/** A job without records yet; `path` is copied. Fails with NOMEM. Free it with
 *  dx_job_free(), also then. */
DX_NODISCARD dx_status dx_job_init(dx_job *job, const char *path,
    uint32_t file, const dx_source *source);
void dx_job_free(dx_job *job);

#endif
