/* job_result.h -- what one job gives: documents, and what is to be told. */
#ifndef DX_INDEXER_RUN_JOB_RESULT_H
#define DX_INDEXER_RUN_JOB_RESULT_H

#include "common/base/arena.h"
#include "indexer/run/pipeline.h"
#include "indexer/gather/tokenize.h"

typedef struct dx_note { /* an event, strings in the arena */
    dx_event_kind kind;
    const char *path, *reason;
} dx_note;

typedef struct dx_job_result {
    dx_batch batch;
    dx_note *notes; /* owned */
    size_t note_count, note_cap;
    dx_indexed_doc *seen; /* owned: indexed articles met again: as they were, and
                           in a dry run also those that would be replaced */
    size_t seen_count, seen_cap;
    size_t unchanged;
    dx_arena arena;
    bool unreadable; /* the file as a whole: what is indexed of it stays */
} dx_job_result;

void dx_job_result_init(dx_job_result *o);
void dx_job_result_free(dx_job_result *o);

/** Does the job, in a worker: bad articles become notes. `known` is only read.
 *  Fails with NOMEM. */
DX_NODISCARD dx_status dx_job_result_make(dx_job_result *o, const dx_job *job,
    dx_tokenizer *tokenizer, const dx_indexed *known,
    const dx_run_options *options);

/** Puts the outcome into the intake, in turn. */
DX_NODISCARD dx_status dx_job_result_take(dx_job_result *o, const dx_job *job,
    dx_intake *intake);

/** Counts an event and tells it. */
void dx_intake_tell(dx_intake *in, dx_event_kind kind, const char *path,
    const char *reason);

#endif
