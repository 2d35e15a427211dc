/* job.h -- a piece of work for one worker: a file, or some lines of one. */
#ifndef DX_INDEXER_RUN_JOB_H
#define DX_INDEXER_RUN_JOB_H

#include <stdint.h>

#include "common/base/buf.h"
#include "indexer/input/input.h"

typedef struct dx_job {
    char *path;          /* owned, by mem.h */
    uint32_t file;       /* number in the file table */
    dx_input_type type;  /* JSONL: `lines` holds the text; else read `path` */
    dx_buf lines;
    uint64_t first_line; /* number of the first of them, from 1 */
    uint64_t bytes;      /* for progress: of the file or its piece */
} dx_job;

void dx_job_free(dx_job *job);

#endif
