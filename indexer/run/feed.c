/* Walks, cuts and submits, and has segments made when there is enough. */
#include "indexer/run/feed.h"

#include <string.h>

#include "common/base/mem.h"
#include "indexer/input/byte_stream.h"
#include "indexer/input/source.h"
#include "indexer/invert/stop.h"
#include "indexer/run/job.h"
#include "indexer/run/walk.h"

#define TICK_MS 100u /* between looks at progress and signals */

/* ---- jobs ---- */

static dx_status drain(const dx_feed *f, dx_error *err)
{
    bool idle = false;

    while (!idle) {
        DX_TRY(dx_pipeline_drain(f->pipeline, TICK_MS, &idle, err));
        dx_pipeline_count(f->pipeline, &f->progress->now);
        dx_progress_tell(f->progress, DX_PHASE_READING);
        DX_TRY(dx_stop_check(f->stop, err));
    }
    return DX_OK;
}

static dx_status submit(const dx_feed *f, dx_job *job, dx_error *err)
{
    DX_TRY(dx_pipeline_submit(f->pipeline, job, err));
    dx_pipeline_count(f->pipeline, &f->progress->now);
    dx_progress_tell(f->progress, DX_PHASE_READING);
    DX_TRY(dx_stop_check(f->stop, err));
    if (!dx_pipeline_has_gathered(f->pipeline, f->gathered_bytes))
        return DX_OK;
    DX_TRY(drain(f, err));
    return f->flush(f->ctx, err);
}

static void skip(const dx_feed *f, const char *path, const char *reason)
{
    dx_event_kind kind = reason ? DX_EVENT_SKIPPED : DX_EVENT_IGNORED;

    /* The workers may be telling events, too. */
    dx_pipeline_tell(f->pipeline,
        &(dx_event){kind, path, "", reason ? reason : ""});
}

/* ---- streams ---- */

/* A stream being cut: its records gather in a job until that is full. */
typedef struct cutting {
    const dx_feed *feed;
    const char *path;
    uint32_t file;
    const dx_source *source;
    dx_byte_stream *in;
    uint64_t consumed; /* of the stream before this job */
    dx_job job;
    dx_status failure; /* of handing jobs over: ends the run */
    dx_error *err;     /* of that */
} cutting;

static dx_status start_job(cutting *c)
{
    return dx_job_init(&c->job, c->path, c->file, c->source) == DX_OK
               ? DX_OK
               : dx_fail_nomem(c->err);
}

static dx_status submit_piece(cutting *c)
{
    uint64_t now = dx_byte_stream_consumed_bytes(c->in);

    c->job.bytes = now - c->consumed;
    c->consumed = now;
    dx_status rc = submit(c->feed, &c->job, c->err);
    c->job = (dx_job){0}; /* it was taken */
    return rc == DX_OK ? start_job(c) : rc;
}

static dx_status add_record(void *ctx, const dx_record *record)
{
    cutting *c = ctx;

    if (dx_piece_add(&c->job.piece, record) != DX_OK)
        c->failure = dx_fail_nomem(c->err);
    else if (dx_piece_is_full(&c->job.piece))
        c->failure = submit_piece(c);
    return c->failure;
}

/* What was cut before a stream turned out to be damaged counts. */
static void cut_stream(cutting *c)
{
    dx_error reason = {0};
    dx_status rc = dx_byte_stream_open(c->path, &c->in, &reason);

    if (rc == DX_OK)
        rc = c->source->cut(c->in, add_record, c, &reason);
    if (c->failure != DX_OK)
        return;
    if (rc == DX_ERR_NOMEM) {
        c->failure = dx_fail_nomem(c->err);
        return;
    }
    if (rc != DX_OK) {
        skip(c->feed, c->path, reason.msg);
        dx_pipeline_keep_file(c->feed->pipeline, c->file);
    }
    if (c->in)
        c->failure = submit_piece(c);
}

static dx_status read_stream(const dx_feed *f, const char *path,
    uint32_t file, const dx_source *source, dx_error *err)
{
    cutting c = {.feed = f, .path = path, .file = file, .source = source,
        .err = err};

    c.failure = start_job(&c);
    if (c.failure == DX_OK)
        cut_stream(&c);
    dx_job_free(&c.job);
    dx_byte_stream_close(c.in);
    return c.failure;
}

/* ---- files ---- */

typedef struct found_ctx {
    const dx_feed *feed;
    dx_error *err;
} found_ctx;

static dx_status on_file(void *ctx, const dx_found_file *file)
{
    found_ctx *c = ctx;
    const dx_feed *f = c->feed;
    uint32_t number;
    bool unchanged;

    DX_TRY(dx_pipeline_find_file(f->pipeline, file, &number, &unchanged,
        c->err));
    if (unchanged)
        return DX_OK;
    if (file->source->is_stream)
        return read_stream(f, file->path, number, file->source, c->err);
    dx_job job;
    if (dx_job_init(&job, file->path, number, file->source) != DX_OK)
        return dx_fail_nomem(c->err);
    job.bytes = file->size_bytes;
    return submit(f, &job, c->err);
}

static dx_status on_skip(void *ctx, const char *path, const char *absolute,
    const char *reason)
{
    found_ctx *c = ctx;

    skip(c->feed, path, reason);
    return absolute
               ? dx_pipeline_keep_under(c->feed->pipeline, absolute, c->err)
               : DX_OK;
}

static dx_status add_size(void *ctx, const dx_found_file *file)
{
    uint64_t *total = ctx;

    *total += file->size_bytes;
    return DX_OK;
}

static dx_status no_skip(void *ctx, const char *path, const char *absolute,
    const char *reason)
{
    (void)ctx;
    (void)path;
    (void)absolute;
    (void)reason;
    return DX_OK;
}

bool dx_feed_is_stdin(const char *path)
{
    return strcmp(path, "-") == 0;
}

/* A path under another one given is walked with that. */
static bool is_covered(const char *const *paths, size_t count, size_t i)
{
    char *me = dx_walk_absolute(paths[i]);
    bool covered = false;

    for (size_t k = 0; me && k < count && !covered; k++) {
        char *other = k == i || dx_feed_is_stdin(paths[k])
                          ? NULL
                          : dx_walk_absolute(paths[k]);
        size_t len = other ? strlen(other) : 0;
        if (other && strncmp(me, other, len) == 0)
            covered = (me[len] == '/' && me[len + 1]) ||
                      (me[len] == '\0' && k < i) || strcmp(other, "/") == 0;
        dx_free(other);
    }
    dx_free(me);
    return covered;
}

dx_status dx_feed_paths(const dx_feed *f, const char *const *paths,
    size_t count, dx_error *err)
{
    found_ctx ctx = {f, err};
    dx_walker measure = {&f->progress->now.bytes_total, add_size, no_skip};
    dx_walker walker = {&ctx, on_file, on_skip};

    for (size_t i = 0; f->progress->on_progress && i < count; i++)
        if (!dx_feed_is_stdin(paths[i]) && !is_covered(paths, count, i))
            DX_TRY(dx_walk(paths[i], &measure, err));
    for (size_t i = 0; i < count; i++) {
        if (dx_feed_is_stdin(paths[i]))
            DX_TRY(read_stream(f, paths[i], DX_FILE_NONE,
                dx_source_of_name(dx_str_from(paths[i])), err));
        else if (!is_covered(paths, count, i))
            DX_TRY(dx_walk(paths[i], &walker, err));
    }
    return drain(f, err);
}
