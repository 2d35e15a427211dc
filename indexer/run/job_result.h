/* job_result.h -- what one job gives: documents, and what is to be told. */
#ifndef DX_INDEXER_RUN_JOB_RESULT_H
#define DX_INDEXER_RUN_JOB_RESULT_H

#include "common/base/arena.h"
#include "indexer/gather/tokenize.h"
#include "indexer/run/event.h"
#include "indexer/run/intake.h"
#include "indexer/run/job.h"

typedef struct dx_job_result {
    dx_batch batch;
    dx_event *events; /* owned; their strings are in the arena */
    size_t event_count, event_cap;
    dx_indexed_doc *seen; /* owned: indexed articles met again: as they were, and
                           in a dry run also those that would be replaced */
    size_t seen_count, seen_cap;
    size_t unchanged;
    dx_arena arena;
    bool unreadable; /* the file as a whole: what is indexed of it stays */
} dx_job_result;

void dx_job_result_init(dx_job_result *result);
void dx_job_result_free(dx_job_result *result);

/** Does the job, in a worker: bad articles become events. `indexed` is only
 *  read. Fails with NOMEM. */
DX_NODISCARD dx_status dx_job_result_make(dx_job_result *result, const dx_job *job,
    dx_tokenizer *tokenizer, const dx_indexed *indexed, bool dry_run);

/** Puts the result into the intake, in turn. */
DX_NODISCARD dx_status dx_job_result_take(dx_job_result *result, const dx_job *job,
    dx_intake *intake);

#endif
