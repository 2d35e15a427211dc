#include "indexer/run/run.h"

#include <string.h>

#include "common/base/mem.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/segment.h"
#include "common/index/store/snapshot.h"
#include "common/index/store/writer.h"
#include "indexer/input/byte_stream.h"
#include "indexer/invert/invert.h"
#include "indexer/invert/merge.h"
#include "indexer/invert/publish.h"
#include "indexer/invert/stop.h"
#include "indexer/run/pipeline.h"
#include "indexer/run/removal.h"

#define TICK_MS 100u /* between looks at progress and signals */
#define RESERVED_BYTES ((size_t)96 << 20) /* store, queue, tables of a flush */
#define SORT_BYTES_MIN ((size_t)16 << 20)
#define NO_FILE 0u /* file number of articles from standard input */

typedef struct made_segment { /* by this run, not yet published */
    dx_segment_entry entry;
    uint64_t *dead;      /* owned, may be NULL */
    dx_segment *segment; /* owned; opened when all are made */
} made_segment;

typedef struct run {
    const dx_run_options *options;
    dx_writer *store;       /* NULL in a dry run */
    dx_snapshot *snapshot;  /* at the start; NULL without an index */
    dx_generation before;
    dx_manifest manifest;
    dx_indexed indexed;
    dx_files files;
    dx_gathered build;
    dx_event_sink events;
    dx_intake intake;
    dx_pipeline *pipeline;
    dx_run_progress progress;
    made_segment *made; /* owned */
    size_t made_count, made_cap;
    dx_snapshot *after; /* to read the made segments */
} run;

static dx_status check_stop(const run *r, dx_error *err)
{
    return dx_stop_is_asked(r->options->stop)
               ? dx_fail(err, DX_ERR_INTERRUPTED,
                     "interrupted; the index is as it was before")
               : DX_OK;
}

static void tell_progress(run *r, dx_phase phase)
{
    r->progress.phase = phase;
    if (r->options->on_progress)
        r->options->on_progress(r->options->ctx, &r->progress);
}

/* ---- the build ---- */

static size_t sort_bytes(run *r)
{
    size_t used = dx_gathered_bytes(&r->build) + RESERVED_BYTES;
    size_t memory = r->options->memory_bytes;

    return memory > used + SORT_BYTES_MIN ? memory - used : SORT_BYTES_MIN;
}

/* Makes a segment of the build and begins a new one. The pipeline is idle. */
static dx_status flush(run *r, dx_error *err)
{
    void *p = r->made;

    if (r->build.docs == 0)
        return DX_OK;
    tell_progress(r, DX_PHASE_WRITING);
    if (dx_grow(&p, &r->made_cap, r->made_count + 1, sizeof *r->made) != 0)
        return dx_fail_nomem(err);
    r->made = p;
    made_segment *made = &r->made[r->made_count++];
    *made = (made_segment){0};
    dx_invert_options options = {r->options->threads, sort_bytes(r)};
    DX_TRY(dx_invert(&r->build, r->store, r->manifest.next_segment++, &options,
        &made->entry, err));
    if (r->build.dead_count) {
        made->dead = r->build.dead;
        r->build.dead = NULL;
    }
    dx_gathered_free(&r->build);
    if (dx_gathered_init(&r->build) != DX_OK)
        return dx_fail_nomem(err);
    DX_TRY(dx_pipeline_new_build(r->pipeline, err));
    return check_stop(r, err);
}

static dx_status drain(run *r, dx_error *err)
{
    bool idle = false;

    while (!idle) {
        DX_TRY(dx_pipeline_drain(r->pipeline, TICK_MS, &idle, err));
        dx_pipeline_build_is_full(r->pipeline, SIZE_MAX, &r->progress);
        tell_progress(r, DX_PHASE_READING);
        DX_TRY(check_stop(r, err));
    }
    return DX_OK;
}

static dx_status submit(run *r, dx_job *job, dx_error *err)
{
    DX_TRY(dx_pipeline_submit(r->pipeline, job, err));
    size_t share = r->options->memory_bytes / 2;
    bool full =
        dx_pipeline_build_is_full(r->pipeline, share, &r->progress);
    tell_progress(r, DX_PHASE_READING);
    DX_TRY(check_stop(r, err));
    if (!full)
        return DX_OK;
    DX_TRY(drain(r, err));
    return flush(r, err);
}

/* ---- reading ---- */

static void skip(run *r, const char *path, const char *reason)
{
    dx_event_kind kind = reason ? DX_EVENT_SKIPPED : DX_EVENT_IGNORED;

    /* The workers may be telling events, too. */
    dx_pipeline_tell(r->pipeline, &(dx_event){kind, path, reason ? reason
                                                                 : ""});
}

/* A stream being cut: its records gather in a job until that is full. */
typedef struct cutting {
    run *r;
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
    dx_status rc = submit(c->r, &c->job, c->err);
    dx_status again = start_job(c);
    return rc == DX_OK ? again : rc;
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
        skip(c->r, c->path, reason.msg);
        if (c->file != NO_FILE)
            dx_pipeline_keep_file(c->r->pipeline, c->file);
    }
    if (c->in)
        c->failure = submit_piece(c);
}

static dx_status read_stream(run *r, const char *path, uint32_t file,
    const dx_source *source, dx_error *err)
{
    cutting c = {.r = r, .path = path, .file = file, .source = source,
        .err = err};

    c.failure = start_job(&c);
    if (c.failure == DX_OK)
        cut_stream(&c);
    dx_job_free(&c.job);
    dx_byte_stream_close(c.in);
    return c.failure;
}

typedef struct found_ctx {
    run *r;
    dx_error *err;
} found_ctx;

static dx_status on_file(void *ctx, const dx_found_file *file)
{
    found_ctx *c = ctx;
    run *r = c->r;
    uint32_t number;
    bool unchanged;

    DX_TRY(dx_pipeline_find_file(r->pipeline, file, &number, &unchanged,
        c->err));
    if (unchanged)
        return DX_OK;
    if (file->source->is_stream)
        return read_stream(r, file->path, number, file->source, c->err);
    dx_job job;
    if (dx_job_init(&job, file->path, number, file->source) != DX_OK)
        return dx_fail_nomem(c->err);
    job.bytes = file->size_bytes;
    return submit(r, &job, c->err);
}

static dx_status on_skip(void *ctx, const char *path, const char *absolute,
    const char *reason)
{
    found_ctx *c = ctx;

    skip(c->r, path, reason);
    return absolute ? dx_pipeline_keep_under(c->r->pipeline, absolute, c->err)
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

static bool is_stdin(const char *path) { return strcmp(path, "-") == 0; }

/* A path under another one given is walked with that. */
static bool is_covered(const char *const *paths, size_t count, size_t i)
{
    char *me = dx_walk_absolute(paths[i]);
    bool covered = false;

    for (size_t k = 0; me && k < count && !covered; k++) {
        char *other = k == i || is_stdin(paths[k])
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

static dx_status read_paths(run *r, const char *const *paths, size_t count,
    dx_error *err)
{
    found_ctx ctx = {r, err};
    dx_walker measure = {&r->progress.bytes_total, add_size, no_skip};
    dx_walker walker = {&ctx, on_file, on_skip};

    for (size_t i = 0; r->options->on_progress && i < count; i++)
        if (!is_stdin(paths[i]) && !is_covered(paths, count, i))
            DX_TRY(dx_walk(paths[i], &measure, err));
    for (size_t i = 0; i < count; i++) {
        if (is_stdin(paths[i]))
            DX_TRY(read_stream(r, paths[i], NO_FILE,
                dx_source_of_name(dx_str_from(paths[i])), err));
        else if (!is_covered(paths, count, i))
            DX_TRY(dx_walk(paths[i], &walker, err));
    }
    DX_TRY(drain(r, err));
    if (r->options->dry_run)
        return DX_OK;
    return flush(r, err);
}

/* ---- publishing ---- */

static dx_status find_gone(run *r, const char *const *paths, size_t count,
    dx_error *err)
{
    for (size_t i = 0; i < count && !r->options->no_delete; i++) {
        char *root = is_stdin(paths[i]) ? NULL : dx_walk_absolute(paths[i]);
        dx_status rc =
            root ? dx_files_find_gone(&r->files, root, err) : DX_OK;
        dx_free(root);
        DX_TRY(rc);
    }
    return DX_OK;
}

static dx_status open_made(run *r, dx_error *err)
{
    if (r->made_count == 0)
        return DX_OK;
    DX_TRY(dx_writer_commit(r->store, err));
    DX_TRY(dx_snapshot_open(r->options->index, &r->after, err));
    for (size_t i = 0; i < r->made_count; i++) {
        made_segment *m = &r->made[i];
        DX_TRY(dx_segment_open(r->after, m->entry.id, m->entry.docs, 0,
            &m->segment, err));
        dx_segment_entry *e = dx_manifest_add(&r->manifest);
        if (!e || dx_indexed_add(&r->indexed, m->segment, m->dead) != DX_OK)
            return dx_fail_nomem(err);
        *e = m->entry;
    }
    return DX_OK;
}

static bool has_changes(const run *r)
{
    for (size_t i = 0; i < r->manifest.count; i++)
        if (r->manifest.segments[i].deleted != r->indexed.segments[i].dead_count)
            return true;
    return r->made_count || r->files.change_count || !r->snapshot ||
           r->manifest.generation == 0;
}

static dx_status publish(run *r, const char *const *paths, size_t count,
    dx_error *err)
{
    size_t old = r->indexed.count;
    uint64_t replaced = 0;

    DX_TRY(find_gone(r, paths, count, err));
    DX_TRY(open_made(r, err));
    dx_indexed_supersede(&r->indexed, old, &replaced);
    r->events.counts[DX_EVENT_REPLACED] += replaced;
    if (!r->options->no_delete)
        DX_TRY(dx_removal_kill_lost(&r->indexed, old, &r->files, &r->events,
            err));
    if (r->options->dry_run || !has_changes(r))
        return DX_OK;
    DX_TRY(check_stop(r, err));
    r->manifest.next_file = r->files.next;
    DX_TRY(dx_files_write(&r->files, r->store, err));
    return dx_publish(r->store, &r->manifest, &r->indexed, err);
}

/* ---- the whole ---- */

static dx_status open_before(run *r, dx_error *err)
{
    dx_str record = {NULL, 0};

    if (!r->options->dry_run) {
        DX_TRY(dx_writer_open(r->options->index, &r->store, err));
        DX_TRY(dx_writer_get(r->store, DX_MANIFEST_KEY, &record, err));
        DX_TRY(dx_manifest_read(record, &r->manifest, err));
        DX_TRY(dx_publish_sweep(r->store, &r->manifest, err));
    }
    dx_status rc = dx_snapshot_open(r->options->index, &r->snapshot, err);
    if (rc == DX_ERR_NOINDEX)
        rc = DX_OK;
    DX_TRY(rc);
    if (r->snapshot) {
        if (r->options->dry_run) {
            DX_TRY(dx_snapshot_get(r->snapshot, DX_MANIFEST_KEY, &record, err));
            DX_TRY(dx_manifest_read(record, &r->manifest, err));
        }
        DX_TRY(dx_generation_open(r->snapshot, &r->before, err));
        for (size_t i = 0; i < r->before.segment_count; i++)
            if (dx_indexed_add(&r->indexed, r->before.segments[i], NULL) != DX_OK)
                return dx_fail_nomem(err);
    }
    uint32_t next = r->manifest.next_file;
    dx_files_init(&r->files, r->snapshot, next > NO_FILE ? next : NO_FILE + 1);
    return dx_gathered_init(&r->build) == DX_OK ? DX_OK : dx_fail_nomem(err);
}

static void close_readers(run *r)
{
    for (size_t i = 0; i < r->made_count; i++) {
        dx_segment_close(r->made[i].segment);
        dx_free(r->made[i].dead);
    }
    dx_free(r->made);
    dx_files_free(&r->files);
    dx_indexed_free(&r->indexed);
    dx_generation_close(&r->before);
    dx_snapshot_close(r->snapshot);
    dx_snapshot_close(r->after);
    dx_manifest_free(&r->manifest);
    dx_gathered_free(&r->build);
}

static void on_merge(void *ctx) { tell_progress(ctx, DX_PHASE_MERGING); }

static dx_status merge(run *r, dx_error *err)
{
    const dx_run_options *o = r->options;
    dx_merge_options options = {.memory_bytes = o->memory_bytes,
        .threads = o->threads, .optimize = o->optimize, .stop = o->stop,
        .on_merge = on_merge, .ctx = r};

    DX_TRY(dx_merge_due(o->index, r->store, &options, err));
    return o->optimize ? dx_writer_compact(r->store, err) : DX_OK;
}

static dx_status count_index(const char *index, dx_run_totals *totals,
    dx_error *err)
{
    dx_snapshot *s;
    dx_generation g;
    dx_store_info info;

    DX_TRY(dx_snapshot_open(index, &s, err));
    dx_status rc = dx_generation_open(s, &g, err);
    if (rc == DX_OK)
        rc = dx_snapshot_info(s, &info, err);
    if (rc == DX_OK) {
        totals->articles = g.docs - g.deleted;
        totals->segments = g.segment_count;
        totals->index_bytes =
            (info.pages_used - info.pages_free) * info.page_bytes;
    }
    dx_generation_close(&g);
    dx_snapshot_close(s);
    return rc;
}

/* Articles of whole files passed over: neither read nor lost. */
static void count_unchanged(run *r)
{
    for (size_t i = 0; i < r->before.segment_count; i++) {
        const dx_segment *s = r->before.segments[i];
        for (uint32_t doc = 0; doc < dx_segment_docs(s); doc++) {
            dx_indexed_doc d = {(uint32_t)i, doc};
            r->events.counts[DX_EVENT_UNCHANGED] +=
                dx_files_state(&r->files, dx_segment_file(s, doc)) ==
                    DX_FILE_KEPT &&
                !dx_indexed_dead(&r->indexed, d) &&
                !dx_indexed_seen(&r->indexed, d);
        }
    }
}

dx_status dx_run(const dx_run_options *options, const char *const *paths,
    size_t path_count, dx_run_totals *totals, dx_error *err)
{
    run r = {.options = options,
        .events = {totals->events, options->on_event, options->ctx}};

    memset(totals, 0, sizeof *totals);
    dx_status rc = open_before(&r, err);
    r.intake = (dx_intake){.build = &r.build, .indexed = &r.indexed,
        .files = &r.files, .events = &r.events, .dry_run = options->dry_run};
    if (rc == DX_OK)
        rc = dx_pipeline_new(options->threads, &r.intake, options->stop,
            &r.pipeline, err);
    if (rc == DX_OK)
        rc = read_paths(&r, paths, path_count, err);
    dx_pipeline_free(r.pipeline); /* waits for its threads, which count */
    totals->bytes = r.intake.bytes;
    if (rc == DX_OK) {
        count_unchanged(&r);
        rc = publish(&r, paths, path_count, err);
    }
    close_readers(&r);
    if (rc == DX_OK && !options->dry_run)
        rc = merge(&r, err);
    dx_writer_close(r.store);
    if (rc == DX_OK && !options->dry_run)
        rc = count_index(options->index, totals, err);
    return rc;
}
