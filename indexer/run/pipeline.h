/* pipeline.h -- jobs to articles to word forms, on several threads.
 *
 *     one thread submits jobs ──▶ workers read and tokenize ──▶ the intake,
 *     (files, pieces of streams)  (each job to its own result)  in job order
 *
 * Results are taken in the order of the jobs, so the same input gives the same
 * index, however many threads there are. */
#ifndef DX_INDEXER_RUN_PIPELINE_H
#define DX_INDEXER_RUN_PIPELINE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "indexer/run/event.h"
#include "indexer/run/intake.h"
#include "indexer/run/job.h"

typedef struct dx_pipeline dx_pipeline;

/** Starts `threads` >= 1 workers, whose results go into `intake`. Once *stop
 *  (may be NULL) is set they do no more jobs. Both are borrowed. Fails with
 *  NOMEM. */
DX_NODISCARD dx_status dx_pipeline_new(unsigned threads, dx_intake *intake,
    const atomic_bool *stop, dx_pipeline **out, dx_error *err);
/** Stops the workers; what was submitted and not done is dropped. NULL is a
 *  no-op. */
void dx_pipeline_free(dx_pipeline *p);

/** Hands a job over, whether this fails or not: what it owns is no longer the
 *  caller's. Waits while the queue is full. After a failure of a worker returns
 *  that. */
DX_NODISCARD dx_status dx_pipeline_submit(dx_pipeline *p, dx_job *job,
    dx_error *err);

/** Gives an empty piece the room of one that a worker is done with, if there is any:
 *  to allocate a MiB for each job, and to have its pages cleared, took a fiftieth of the
 *  time. */
void dx_pipeline_reuse(dx_pipeline *p, dx_piece *piece);

/** The intake, which no worker uses until it is unlocked. */
dx_intake *dx_pipeline_lock(dx_pipeline *p);
void dx_pipeline_unlock(dx_pipeline *p);

/** Waits at most `timeout_ms` for everything submitted to be done;
 *  *idle tells whether it is. */
DX_NODISCARD dx_status dx_pipeline_drain(dx_pipeline *p, unsigned timeout_ms,
    bool *idle, dx_error *err);

/** Sets the articles and bytes taken in so far. */
void dx_pipeline_count(dx_pipeline *p, dx_run_progress *progress);

/** Whether what was gathered has grown to `bytes`, or near a limit of a
 *  segment. */
bool dx_pipeline_has_gathered(dx_pipeline *p, size_t bytes);

/** To be called while idle, when the intake has new word forms: the workers
 *  forget the old ones. Fails with NOMEM. */
DX_NODISCARD dx_status dx_pipeline_forget_forms(dx_pipeline *p, dx_error *err);

#endif
