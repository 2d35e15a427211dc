/* A job and what it owns. */
#include "indexer/run/job.h"

#include <string.h>

#include "common/base/mem.h"

dx_status dx_job_init(dx_job *job, const char *path, dx_str name,
    const dx_source *source)
{
    *job = (dx_job){.path = dx_strndup(path, strlen(path)),
        .name = dx_strndup(name.ptr, name.len), .source = source};
    dx_piece_init(&job->piece);
    return job->path && job->name ? DX_OK : DX_ERR_NOMEM;
}

void dx_job_free(dx_job *job)
{
    dx_free(job->path);
    dx_free(job->name);
    dx_file_free(job->file);
    dx_piece_free(&job->piece);
    *job = (dx_job){.path = NULL};
}
