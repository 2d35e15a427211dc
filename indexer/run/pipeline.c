/* The queue between the thread that finds work and those that do it. */
#include "indexer/run/pipeline.h"

#include <pthread.h>
#include <time.h>

#include "common/base/mem.h"
#include "common/base/stop.h"
#include "indexer/gather/tokenize.h"
#include "indexer/run/job_result.h"

#define JOBS_PER_THREAD 2u
#define SPARES_MAX 4u /* pieces whose room is kept */
#define SPARE_MAX_BYTES (2 * (size_t)DX_PIECE_BYTES)

typedef struct worker {
    dx_pipeline *of;
    dx_tokenizer *tokenizer;
    pthread_t thread;
    bool started;
} worker;

struct dx_pipeline {
    dx_intake *intake;
    const atomic_bool *stop; /* may be NULL */
    worker *workers; /* owned */
    unsigned threads;
    pthread_mutex_t lock; /* guards all below and the intake */
    pthread_cond_t changed;
    dx_job *queue; /* owned ring of `room` jobs */
    size_t room;
    uint64_t submitted, started, finished; /* numbers of jobs */
    dx_piece spares[SPARES_MAX]; /* of jobs that are finished, empty */
    unsigned spare_count;
    size_t queued_bytes; /* of their records */
    bool closing;
    dx_status status; /* first fatal failure */
    dx_error error;
};

/* ---- workers ---- */

static bool next_job(dx_pipeline *p, dx_job *job, uint64_t *number)
{
    pthread_mutex_lock(&p->lock);
    while (p->started == p->submitted && !p->closing)
        pthread_cond_wait(&p->changed, &p->lock);
    bool have = p->started < p->submitted && !p->closing;
    if (have) {
        *number = p->started++;
        *job = p->queue[*number % p->room];
    }
    pthread_mutex_unlock(&p->lock);
    return have;
}

static void keep_spare(dx_pipeline *p, dx_piece *piece)
{
    if (!piece->bytes.data || piece->bytes.cap > SPARE_MAX_BYTES ||
        p->spare_count == SPARES_MAX)
        return;
    dx_piece_clear(piece);
    p->spares[p->spare_count++] = *piece;
    dx_piece_init(piece);
}

static void drop_spares(dx_pipeline *p)
{
    while (p->spare_count > 0)
        dx_piece_free(&p->spares[--p->spare_count]);
}

/* Waits for the job's turn and hands its result to the intake. */
static void finish_job(dx_pipeline *p, uint64_t number, dx_job *job,
    dx_status rc, dx_job_result *result)
{
    pthread_mutex_lock(&p->lock);
    while (p->finished != number)
        pthread_cond_wait(&p->changed, &p->lock);
    if (rc == DX_OK && p->status == DX_OK)
        rc = dx_job_result_take(result, job, p->intake);
    if (rc == DX_ERR_INTERRUPTED && p->status == DX_OK)
        p->status = dx_stop_check(p->stop, &p->error);
    else if (rc != DX_OK && p->status == DX_OK)
        p->status = dx_fail(&p->error, rc, "%s while reading %s",
            dx_status_text(rc), job->path);
    p->queued_bytes -= job->piece.bytes.len;
    keep_spare(p, &job->piece);
    p->finished++;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
}

static void *work(void *arg)
{
    worker *w = arg;
    dx_pipeline *p = w->of;
    uint64_t number;
    dx_job job;

    while (next_job(p, &job, &number)) {
        dx_job_result result;
        dx_status rc = DX_OK;
        dx_job_result_init(&result);
        if (!dx_stop_is_asked(p->stop))
            rc = dx_job_result_make(&result, &job, w->tokenizer, p->intake);
        finish_job(p, number, &job, rc, &result);
        dx_job_result_free(&result);
        dx_job_free(&job);
    }
    return NULL;
}

/* ---- life ---- */

static dx_status new_tokenizers(dx_pipeline *p)
{
    for (unsigned i = 0; i < p->threads; i++) {
        dx_tokenizer_free(p->workers[i].tokenizer);
        p->workers[i].tokenizer = dx_tokenizer_new(p->intake->gathered->forms,
            p->stop);
        if (!p->workers[i].tokenizer)
            return DX_ERR_NOMEM;
    }
    return DX_OK;
}

static dx_status start(dx_pipeline *p)
{
    DX_TRY(new_tokenizers(p));
    for (unsigned i = 0; i < p->threads; i++) {
        p->workers[i].of = p;
        if (pthread_create(&p->workers[i].thread, NULL, work,
                &p->workers[i]) != 0)
            return i ? DX_OK : DX_ERR_NOMEM; /* fewer will do */
        p->workers[i].started = true;
    }
    return DX_OK;
}

/* Its waits are timed by a clock that nobody sets. */
static void init_changed(pthread_cond_t *changed)
{
    pthread_condattr_t attributes;

    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(changed, &attributes);
    pthread_condattr_destroy(&attributes);
}

dx_status dx_pipeline_new(unsigned threads, dx_intake *intake,
    const atomic_bool *stop, dx_pipeline **out, dx_error *err)
{
    dx_pipeline *p = dx_calloc(1, sizeof *p);

    *out = NULL;
    if (!p)
        return dx_fail_nomem(err);
    p->intake = intake;
    p->stop = stop;
    p->threads = threads;
    p->room = (size_t)threads * JOBS_PER_THREAD;
    pthread_mutex_init(&p->lock, NULL);
    init_changed(&p->changed);
    p->workers = dx_calloc(threads, sizeof *p->workers);
    p->queue = dx_calloc(p->room, sizeof *p->queue);
    if (!p->workers || !p->queue || start(p) != DX_OK) {
        dx_pipeline_free(p);
        return dx_fail_nomem(err);
    }
    *out = p;
    return DX_OK;
}

void dx_pipeline_free(dx_pipeline *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->closing = true;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; p->workers && i < p->threads; i++) {
        if (p->workers[i].started)
            pthread_join(p->workers[i].thread, NULL);
        dx_tokenizer_free(p->workers[i].tokenizer);
    }
    for (; p->started < p->submitted; p->started++)
        dx_job_free(&p->queue[p->started % p->room]);
    drop_spares(p);
    pthread_cond_destroy(&p->changed);
    pthread_mutex_destroy(&p->lock);
    dx_free(p->workers);
    dx_free(p->queue);
    dx_free(p);
}

/* ---- the submitting side ---- */

static dx_status failure(dx_pipeline *p, dx_error *err)
{
    if (p->status != DX_OK && err)
        *err = p->error;
    return p->status;
}

/* A job of any size has room where no other waits, or is being done. */
static bool has_room(const dx_pipeline *p, const dx_job *job)
{
    uint64_t waiting = p->submitted - p->finished;

    return waiting == 0 ||
           (waiting < p->room && p->queued_bytes + job->piece.bytes.len <=
                                     p->intake->limits->queue_bytes);
}

dx_status dx_pipeline_submit(dx_pipeline *p, dx_job *job, dx_error *err)
{
    pthread_mutex_lock(&p->lock);
    while (!has_room(p, job) && p->status == DX_OK)
        pthread_cond_wait(&p->changed, &p->lock);
    dx_status rc = failure(p, err);
    if (rc == DX_OK) {
        p->queue[p->submitted++ % p->room] = *job;
        p->queued_bytes += job->piece.bytes.len;
        pthread_cond_broadcast(&p->changed);
    } else {
        dx_job_free(job);
    }
    pthread_mutex_unlock(&p->lock);
    return rc;
}

void dx_pipeline_reuse(dx_pipeline *p, dx_piece *piece)
{
    pthread_mutex_lock(&p->lock);
    if (p->spare_count > 0) {
        dx_piece_free(piece);
        *piece = p->spares[--p->spare_count];
    }
    pthread_mutex_unlock(&p->lock);
}

dx_intake *dx_pipeline_lock(dx_pipeline *p)
{
    pthread_mutex_lock(&p->lock);
    return p->intake;
}

void dx_pipeline_unlock(dx_pipeline *p)
{
    pthread_mutex_unlock(&p->lock);
}

dx_status dx_pipeline_drain(dx_pipeline *p, unsigned timeout_ms, bool *idle,
    dx_error *err)
{
    struct timespec until;
    int waited = 0;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += (long)(timeout_ms % 1000) * 1000000;
    until.tv_sec += timeout_ms / 1000 + until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&p->lock);
    while (p->finished < p->submitted && waited == 0)
        waited = pthread_cond_timedwait(&p->changed, &p->lock, &until);
    *idle = p->finished == p->submitted;
    if (*idle) /* memory is for other things then */
        drop_spares(p);
    dx_status rc = failure(p, err);
    pthread_mutex_unlock(&p->lock);
    return rc;
}

void dx_pipeline_count(dx_pipeline *p, dx_run_progress *progress)
{
    pthread_mutex_lock(&p->lock);
    progress->articles = p->intake->articles;
    progress->bytes = p->intake->bytes;
    pthread_mutex_unlock(&p->lock);
}

bool dx_pipeline_has_gathered(dx_pipeline *p, size_t bytes)
{
    pthread_mutex_lock(&p->lock);
    bool has = dx_gathered_is_full(p->intake->gathered, bytes);
    pthread_mutex_unlock(&p->lock);
    return has;
}

dx_status dx_pipeline_forget_forms(dx_pipeline *p, dx_error *err)
{
    return new_tokenizers(p) == DX_OK ? DX_OK : dx_fail_nomem(err);
}
