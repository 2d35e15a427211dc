/* Walks, and has what it finds read. */
#include "indexer/run/feed.h"

#include <string.h>

#include "common/base/mem.h"
#include "indexer/input/source.h"
#include "indexer/run/files/stamp.h"
#include "indexer/run/job.h"
#include "indexer/run/solid.h"
#include "indexer/run/stream.h"
#include "indexer/run/walk.h"

/* ---- files ---- */

typedef struct found_ctx {
    const dx_submitter *submitter;
    dx_error *err;
} found_ctx;

static dx_status find(const dx_submitter *s, const dx_found_file *found,
    dx_file **file, dx_error *err)
{
    dx_intake *in = dx_pipeline_lock(s->pipeline);
    dx_status rc = dx_files_find(in->files, found, file, err);

    if (rc == DX_OK && !*file)
        in->bytes += found->stamp.size_bytes;
    dx_pipeline_unlock(s->pipeline);
    return rc;
}

static dx_status take_number(const dx_submitter *s, const dx_file *file,
    uint32_t *number)
{
    if (file->old_count > 0) {
        *number = file->old->number;
        return DX_OK;
    }
    dx_intake *in = dx_pipeline_lock(s->pipeline);
    dx_status rc = dx_files_number(in->files, number);
    dx_pipeline_unlock(s->pipeline);
    return rc;
}

/* A file of a type that is no stream, which is handed over. */
static dx_status submit_file(const dx_submitter *s, const dx_found_file *found,
    const dx_source *source, dx_file *file, dx_error *err)
{
    dx_job job;
    dx_status rc = dx_job_init(&job, found->path, file->record.name, source);

    job.file = file;
    job.bytes = found->stamp.size_bytes;
    if (rc == DX_OK)
        rc = take_number(s, file, &job.number);
    if (rc == DX_OK)
        return dx_submit(s, &job, err);
    dx_job_free(&job);
    return dx_fail(err, rc, "%s: %s", found->path, dx_status_text(rc));
}

/* A file that is handed over, and holds none of our types. What it held before goes:
 * it has become a block without articles. */
static dx_status ignore_file(const dx_submitter *s, const dx_found_file *found,
    dx_file *file, dx_error *err)
{
    dx_submit_skip(s, found->path, NULL);
    if (file->old_count == 0) {
        dx_file_free(file);
        return DX_OK;
    }
    dx_block empty = {.number = file->old->number,
        .bytes = found->stamp.size_bytes};
    dx_intake *in = dx_pipeline_lock(s->pipeline);
    dx_status rc = dx_blocks_add(&file->blocks, &empty);
    if (rc == DX_OK)
        rc = dx_files_finish(in->files, file);
    else
        dx_file_free(file);
    dx_pipeline_unlock(s->pipeline);
    return rc == DX_OK ? DX_OK : dx_fail_nomem(err);
}

static dx_status read_stream(const dx_submitter *s, const char *path,
    dx_file *file, const dx_source *source, dx_error *err)
{
    return source->is_solid ? dx_solid_read(s, path, file, source, err)
                            : dx_stream_read(s, path, file, source, err);
}

static dx_status on_file(void *ctx, const dx_found_file *found)
{
    found_ctx *c = ctx;
    dx_file *file;

    DX_TRY(find(c->submitter, found, &file, c->err));
    if (!file)
        return DX_OK;
    file->is_doubtful = !dx_stamp_outlast(&found->stamp);
    const dx_source *source =
        found->source ? found->source : dx_walk_held(found->path);
    if (!source && file->record.is_given)
        source = dx_walk_source(found->path, c->submitter->input);
    if (!source)
        return ignore_file(c->submitter, found, file, c->err);
    return source->is_stream
               ? read_stream(c->submitter, found->path, file, source, c->err)
               : submit_file(c->submitter, found, source, file, c->err);
}

static dx_status on_skip(void *ctx, const char *path, const char *absolute,
    const char *reason)
{
    found_ctx *c = ctx;
    dx_pipeline *p = c->submitter->pipeline;

    dx_submit_skip(c->submitter, path, reason);
    if (!absolute)
        return DX_OK;
    dx_status rc =
        dx_files_keep_under(dx_pipeline_lock(p)->files, absolute, c->err);
    dx_pipeline_unlock(p);
    return rc;
}

static dx_status add_size(void *ctx, const dx_found_file *file)
{
    uint64_t *total = ctx;

    *total += file->stamp.size_bytes;
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

/* What is no stream is read as a whole by a worker, as a file is. */
static dx_status read_stdin(const dx_submitter *s, const char *path,
    dx_error *err)
{
    const dx_source *source = dx_walk_source(path, s->input);
    dx_job job;

    if (source->is_stream)
        return read_stream(s, path, NULL, source, err);
    if (dx_job_init(&job, path, dx_str_from(path), source) == DX_OK)
        return dx_submit(s, &job, err);
    dx_job_free(&job);
    return dx_fail_nomem(err);
}

dx_status dx_feed_paths(const dx_submitter *s, const char *const *paths,
    size_t count, dx_error *err)
{
    found_ctx ctx = {s, err};
    dx_walker measure = {&s->progress->now.bytes_total, s->input,
        {s->own[0], s->own[1]}, add_size,
        no_skip};
    dx_walker walker = {&ctx, s->input, {s->own[0], s->own[1]}, on_file, on_skip};

    for (size_t i = 0; s->progress->on_progress && i < count; i++)
        if (!dx_feed_is_stdin(paths[i]) && !is_covered(paths, count, i))
            DX_TRY(dx_walk(paths[i], &measure, err));
    for (size_t i = 0; i < count; i++) {
        if (dx_feed_is_stdin(paths[i]))
            DX_TRY(read_stdin(s, paths[i], err));
        else if (!is_covered(paths, count, i))
            DX_TRY(dx_walk(paths[i], &walker, err));
    }
    return dx_submit_drain(s, err);
}

/* ---- blocks once more ---- */

typedef struct again_ctx {
    const dx_submitter *submitter;
    size_t count; /* of blocks that are as they were */
    dx_error *err;
} again_ctx;

/* A file of another type is read as it is now. */
static dx_status submit_again(const dx_submitter *s,
    const dx_block_place *place, const dx_source *source, bool is_again,
    dx_error *err)
{
    dx_job job;

    if (dx_job_init(&job, place->path, place->name, source) != DX_OK) {
        dx_job_free(&job);
        return dx_fail_nomem(err);
    }
    job.number = place->block.number;
    job.told = place->told;
    job.is_again = is_again;
    return dx_submit(s, &job, err);
}

static dx_status read_again(void *ctx, const dx_block_place *place)
{
    again_ctx *c = ctx;
    const dx_source *source = dx_walk_source(place->path, c->submitter->input);
    bool is_same = true;
    dx_status rc = source->is_stream
                       ? (source->is_solid ? dx_solid_read_again
                                           : dx_stream_read_again)(c->submitter,
                             place, source, &is_same, c->err)
                       : submit_again(c->submitter, place, source, true, c->err);

    c->count += is_same;
    return rc;
}

/* As it was when it was taken for a page, whatever its name says. */
static dx_status read_page(void *ctx, const dx_block_place *place)
{
    again_ctx *c = ctx;

    return submit_again(c->submitter, place, &dx_source_html, false, c->err);
}

dx_status dx_feed_told(const dx_submitter *s, dx_files *files,
    const uint32_t *numbers, size_t count, dx_error *err)
{
    again_ctx ctx = {.submitter = s, .err = err};

    DX_TRY(dx_files_each_place(files, numbers, count, read_page, &ctx, err));
    return dx_submit_drain(s, err);
}

dx_status dx_feed_again(const dx_submitter *s, dx_files *files,
    const uint32_t *numbers, size_t count, bool *all_same, dx_error *err)
{
    again_ctx ctx = {.submitter = s, .err = err};

    *all_same = true;
    if (count == 0)
        return DX_OK;
    DX_TRY(dx_files_each_place(files, numbers, count, read_again, &ctx, err));
    *all_same = ctx.count == count;
    return dx_submit_drain(s, err);
}
