/* submit.h -- handing jobs to the pipeline, and having segments made meanwhile.
 *
 * Whenever the workers' results have grown to their share of the memory, the thread
 * that submits waits for all of them and has a segment made. */
#ifndef DX_INDEXER_RUN_SUBMIT_H
#define DX_INDEXER_RUN_SUBMIT_H

#include <stdatomic.h>
#include <stddef.h>

#include "common/base/status.h"
#include "indexer/run/event.h"
#include "indexer/run/job.h"
#include "indexer/run/pipeline.h"

typedef struct dx_submitter { /* all borrowed */
    dx_pipeline *pipeline;
    const dx_input_options *input;
    const char *own[2]; /* dx_walker.own */
    unsigned threads; /* that the thread that submits may use besides */
    dx_progress_sink *progress;
    const atomic_bool *stop; /* may be NULL */
    size_t record_bytes;     /* no record is larger */
    size_t window_bytes;     /* nothing that needs a larger one is unpacked */
    size_t gathered_bytes;   /* as soon as so much is gathered: a segment */
    /* Makes that segment; called while the pipeline is idle. */
    dx_status (*flush)(void *ctx, dx_error *err);
    void *ctx;
} dx_submitter;

/** Hands a job over, whether this fails or not: what it owns is no longer the
 *  caller's. Fails with INTERRUPTED, as a worker or as flush does. */
DX_NODISCARD dx_status dx_submit(const dx_submitter *s, dx_job *job,
    dx_error *err);

/** Waits until all jobs are taken in. Fails with INTERRUPTED or as a worker. */
DX_NODISCARD dx_status dx_submit_drain(const dx_submitter *s, dx_error *err);

/** Tells that a file was skipped for this reason; NULL: it is of no type that we
 *  read. */
void dx_submit_skip(const dx_submitter *s, const char *path,
    const char *reason);

#endif
