/* job_result.h -- what one job gives: documents, and what is to be told. */
#ifndef DX_INDEXER_RUN_JOB_RESULT_H
#define DX_INDEXER_RUN_JOB_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/hash.h"
#include "indexer/gather/tokenize.h"
#include "indexer/run/event.h"
#include "indexer/run/intake.h"
#include "indexer/run/job.h"

typedef struct dx_job_event {
    dx_event event; /* its strings are in the result's arena; ADDED stands for every
                       article that is in the batch, in the same order; REMOVED for
                       a record that asks for its article to be taken down */
    dx_hash128 id;  /* of such an article */
    uint32_t takedown; /* of what was taken down before: which, of the intake's list */
    bool has_namesake; /* there is an indexed article with this id */
    bool is_back; /* it gave way to a fuller one, which is lost */
    bool is_copy;      /* it is an indexed article, of a file, that standard input
                          brings: this cannot be read again, so it cannot borrow */
} dx_job_event;

typedef struct dx_job_sighting { /* an indexed article that was met again */
    dx_indexed_doc doc;
    uint64_t key;    /* dx_article_key().lo */
    uint64_t record; /* its number, as in dx_record */
    const char *name; /* likewise, in the result's arena, or NULL */
} dx_job_sighting;

typedef struct dx_job_result {
    dx_batch batch; /* empty in a dry run */
    dx_job_event *events; /* owned */
    size_t event_count, event_cap;
    dx_job_sighting *sightings; /* owned */
    size_t sighting_count, sighting_cap;
    dx_arena arena;
    /* Of a file of a type that is no stream: */
    dx_block block; /* what it is now */
    bool is_same;   /* it is as it was; nothing is in the batch */
    bool is_unreadable;
    dx_of_host page; /* what it tells of its host, if it is a page */
    bool has_fault; /* a record was skipped: likewise, so that it is told again */
    bool is_open; /* the next run reads it again in any case (article.h) */
} dx_job_result;

void dx_job_result_init(dx_job_result *result);
void dx_job_result_free(dx_job_result *result);

/** Does the job, in a worker: bad articles become events. Of the intake, what is
 *  `indexed`, `takedowns`, `dry_run` and `moved` is read. Fails with NOMEM. */
DX_NODISCARD dx_status dx_job_result_make(dx_job_result *result,
    const dx_job *job, dx_tokenizer *tokenizer, const dx_intake *intake);

/** Puts the result into the intake, in turn. */
DX_NODISCARD dx_status dx_job_result_take(dx_job_result *result, dx_job *job,
    dx_intake *intake);

#endif
