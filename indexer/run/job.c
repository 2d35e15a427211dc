/* A job and what it owns. */
#include "indexer/run/job.h"

#include <string.h>

#include "common/base/mem.h"

dx_status dx_job_init(dx_job *job, const char *path, uint32_t file,
    const dx_source *source)
{
    *job = (dx_job){.path = dx_strndup(path, strlen(path)), .file = file,
        .source = source};
    dx_piece_init(&job->piece);
    return job->path ? DX_OK : DX_ERR_NOMEM;
}

void dx_job_free(dx_job *job)
{
    dx_free(job->path);
    dx_piece_free(&job->piece);
}
