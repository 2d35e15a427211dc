/* A job and what it owns. */
#include "indexer/run/job.h"

#include "common/base/mem.h"

void dx_job_free(dx_job *job)
{
    dx_free(job->path);
    dx_buf_free(&job->lines);
}
