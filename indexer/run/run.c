/* Opens what is there, reads, publishes, merges. */
#include "indexer/run/run.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "common/base/stop.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/identity/contested.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/segment.h"
#include "common/index/store/snapshot.h"
#include "common/index/store/writer.h"
#include "indexer/input/byte_stream.h"
#include "indexer/input/reading.h"
#include "indexer/invert/merge.h"
#include "indexer/invert/publish.h"
#include "indexer/input/feeds/sitemap.h"
#include "indexer/run/feed.h"
#include "indexer/run/files/borrowed.h"
#include "indexer/run/files/check.h"
#include "indexer/run/files/files.h"
#include "indexer/run/made_segments.h"
#include "indexer/run/pipeline.h"
#include "indexer/run/settle/hosts.h"
#include "indexer/run/settle/lost.h"
#include "indexer/run/settle/namesakes.h"
#include "indexer/run/submit.h"
#include "indexer/run/takedown/take.h"
#include "indexer/run/takedown/takedowns.h"
#include "indexer/run/walk.h"

#define RESERVED_BYTES ((size_t)96 << 20) /* store, queue, tables of a flush */
#define CHUNKS_BYTES ((size_t)24 << 20) /* on their way to the store, and the code */
#define SORT_BYTES_MIN ((size_t)14 << 20)

typedef struct run {
    const dx_run_options *options;
    dx_input_options input; /* theirs, and … */
    dx_sitemap sitemap;     /* … what the sitemaps of the paths say */
    dx_writer *store;       /* NULL in a dry run */
    dx_snapshot *snapshot;  /* at the start; NULL without an index */
    dx_generation before;
    dx_manifest manifest;
    bool has_begun;          /* to write: the manifest was of … */
    uint64_t old_generation; /* … this generation */
    dx_indexed indexed;
    dx_files files;
    dx_borrowed borrowed;
    dx_takedowns takedowns;
    dx_lost lost;
    dx_gathered gathered;
    dx_event_sink events;
    dx_intake intake;
    dx_pipeline *pipeline;
    dx_progress_sink progress;
    dx_made_segments made;
} run;

/* ---- progress ---- */

static void tell_opening(void *ctx, unsigned percent)
{
    run *r = ctx;

    (void)percent; /* nobody knows how long it takes */
    dx_progress_tell(&r->progress, DX_PHASE_OPENING);
}

static void tell_writing(void *ctx, unsigned percent)
{
    run *r = ctx;

    r->progress.now.percent = percent;
    dx_progress_tell(&r->progress, DX_PHASE_WRITING);
}

static void tell_merging(void *ctx, unsigned percent)
{
    run *r = ctx;

    r->progress.now.percent = percent;
    dx_progress_tell(&r->progress, DX_PHASE_MERGING);
}

/* ---- reading ---- */

static size_t sort_bytes(run *r)
{
    size_t used = dx_gathered_bytes(&r->gathered) + RESERVED_BYTES;
    size_t memory = r->options->memory_bytes;

    return memory > used + SORT_BYTES_MIN ? memory - used : SORT_BYTES_MIN;
}

/* Makes a segment of what is gathered. The pipeline is idle. */
static dx_status flush(void *ctx, dx_error *err)
{
    run *r = ctx;
    dx_work work = {0};
    dx_work_watch watch;
    dx_invert_options options = {r->options->threads, sort_bytes(r), &work};

    if (r->gathered.docs == 0)
        return DX_OK;
    tell_writing(r, 0);
    dx_work_watch_start(&watch, &work, tell_writing, r);
    dx_status rc = dx_made_segments_add(&r->made, &r->gathered, r->store,
        r->manifest.next_segment++, &options, err);
    dx_work_watch_stop(&watch);
    DX_TRY(rc);
    DX_TRY(dx_pipeline_forget_forms(r->pipeline, err));
    return dx_stop_check(r->options->stop, err);
}

/* An empty folder may be one whose file system is not mounted. */
static dx_status find_gone_under(run *r, const char *path, const char *root,
    dx_error *err)
{
    bool any = false;

    if (r->options->remove_many || !dx_walk_is_empty(root))
        return dx_files_find_gone(&r->files, root, err);
    DX_TRY(dx_file_records_are_under(r->snapshot, root, &any, err));
    if (any)
        dx_event_tell(&r->events,
            &(dx_event){.kind = DX_EVENT_SKIPPED, .path = path, .id = "",
                .reason = "the folder is empty, or not mounted: its articles "
                          "stay; to remove them: --remove-many"});
    return DX_OK;
}

static dx_status find_gone(run *r, const char *const *paths, size_t count,
    dx_error *err)
{
    for (size_t i = 0; i < count && !r->options->no_delete; i++) {
        char *root =
            dx_feed_is_stdin(paths[i]) ? NULL : dx_walk_absolute(paths[i]);
        dx_status rc =
            root ? find_gone_under(r, paths[i], root, err) : DX_OK;
        dx_free(root);
        DX_TRY(rc);
    }
    return DX_OK;
}

/* Articles that were lost but stand in other blocks, too, are taken from these. If one
 * of them has changed, this is left to the run that reads its file. */
static dx_status read_again(run *r, const dx_submitter *submitter,
    dx_error *err)
{
    const dx_numbers *again = &r->lost.again, *all = &r->lost.borrowers;
    bool all_same;

    r->intake.moved = r->lost.moved; /* the pipeline is idle */
    r->intake.moved_count = r->lost.moved_count;
    DX_TRY(dx_borrowed_keep(&r->borrowed, again->items, again->count, &r->files,
        r->snapshot, err));
    dx_borrowed_forget(&r->borrowed, again->items, again->count, r->lost.moved,
        r->lost.moved_count);
    for (size_t i = 0; i < again->count; i++)
        if (dx_files_open(&r->files, again->items[i]) != DX_OK)
            return dx_fail_nomem(err);
    DX_TRY(dx_feed_again(submitter, &r->files, again->items, again->count,
        &all_same, err));
    return all_same ? DX_OK
                    : dx_files_read_again(&r->files, all->items, all->count, err);
}

static dx_status read_paths(run *r, const char *const *paths, size_t count,
    dx_error *err)
{
    dx_submitter submitter = {.pipeline = r->pipeline,
        .own = {r->options->index, r->options->report},
        .input = &r->input, .threads = r->options->threads,
        .progress = &r->progress,
        .stop = r->options->stop, .flush = flush, .ctx = r,
        .record_bytes = r->intake.limits->record_bytes,
        .window_bytes = r->intake.limits->most_bytes,
        .gathered_bytes = (r->options->memory_bytes - CHUNKS_BYTES) / 2};

    DX_TRY(dx_feed_paths(&submitter, paths, count, err));
    DX_TRY(find_gone(r, paths, count, err));
    DX_TRY(dx_hosts_settle(&submitter, &r->files, err));
    r->lost = (dx_lost){.indexed = &r->indexed, .files = &r->files,
        .borrowed = &r->borrowed, .snapshot = r->snapshot,
        .events = &r->events, .progress = &r->progress,
        .no_delete = r->options->no_delete,
        .remove_many = r->options->remove_many};
    DX_TRY(dx_lost_settle(&r->lost, err));
    if (r->lost.are_kept)
        dx_files_keep_lost(&r->files);
    if (r->options->dry_run)
        return DX_OK;
    DX_TRY(read_again(r, &submitter, err));
    return flush(r, err);
}

/* ---- publishing ---- */

static dx_status open_made(run *r, dx_error *err)
{
    if (r->made.count == 0)
        return DX_OK;
    DX_TRY(dx_writer_commit(r->store, err));
    return dx_made_segments_open(&r->made, r->options->index, &r->manifest,
        &r->indexed, err);
}

static bool has_changes(const run *r)
{
    for (size_t i = 0; i < r->manifest.count; i++)
        if (r->manifest.segments[i].deleted !=
            r->indexed.segments[i].dead_count)
            return true;
    return r->made.count || r->files.change_count || !r->snapshot ||
           r->manifest.generation == 0 ||
           dx_takedowns_are_changed(&r->takedowns);
}

static dx_status settle_namesakes(run *r, size_t old_count, dx_buf *record,
    dx_error *err)
{
    dx_contested before = {0};

    if (r->before.segment_count)
        DX_TRY(dx_contested_open(r->snapshot, &before, err));
    dx_namesakes namesakes = {.indexed = &r->indexed, .old_count = old_count,
        .before = &before, .files = &r->files, .borrowed = &r->borrowed,
        .snapshot = r->snapshot, .live_before = r->before.docs - r->before.deleted,
        .events = &r->events, .progress = &r->progress};
    return dx_namesakes_settle(&namesakes, record, err);
}

static dx_status put_contested(run *r, const dx_buf *record, dx_error *err)
{
    return dx_writer_put(r->store, DX_CONTESTED_KEY,
        (dx_str){(const char *)record->data, record->len}, err);
}

static dx_status put_and_publish(run *r, const dx_buf *contested, dx_error *err)
{
    if (r->options->dry_run || !has_changes(r))
        return dx_indexed_damage(&r->indexed, err);
    DX_TRY(dx_stop_check(r->options->stop, err));
    DX_TRY(dx_files_read_again(&r->files, r->lost.outside.items,
        r->lost.outside.count, err));
    dx_numbers_sort(&r->intake.faulty); /* told by each run until they are mended */
    DX_TRY(dx_files_read_again(&r->files, r->intake.faulty.items,
        r->intake.faulty.count, err));
    r->manifest.next_file = r->files.next;
    DX_TRY(dx_files_write(&r->files, r->store, err));
    DX_TRY(dx_borrowed_write(&r->borrowed, &r->files, r->snapshot, r->store,
        err));
    DX_TRY(put_contested(r, contested, err));
    DX_TRY(dx_takedowns_write(&r->takedowns, &r->files, r->store, err));
    return dx_publish(r->store, &r->manifest, &r->indexed, err);
}

static dx_status tell_taken_down(void *ctx, dx_indexed_doc d)
{
    run *r = ctx;
    dx_meta_reader reader;
    dx_meta meta;
    dx_arena arena = DX_ARENA_INIT;

    dx_meta_reader_init(&reader);
    dx_status rc = dx_segment_read_meta(r->indexed.segments[d.segment].segment,
        d.doc, &reader, &meta);
    if (rc == DX_OK && !dx_meta_keep(&meta, &arena))
        rc = DX_ERR_NOMEM;
    if (rc == DX_OK)
        dx_event_tell(&r->events,
            &(dx_event){.kind = DX_EVENT_REMOVED, .path = meta.path.ptr,
                .id = meta.id.ptr, .reason = ""});
    dx_meta_reader_free(&reader);
    dx_arena_free(&arena);
    return rc;
}

/* What records of this run say is deleted, wherever it is in the index. */
static dx_status take_down(run *r, dx_error *err)
{
    dx_takedown_order order = {.indexed = &r->indexed, .files = &r->files,
        .borrowed = &r->borrowed, .snapshot = r->snapshot, .reason = "",
        .time_s = (int64_t)time(NULL), .ctx = r, .each = tell_taken_down};

    return dx_takedowns_take_asked(&r->takedowns, &order, err);
}

static dx_status publish(run *r, dx_error *err)
{
    size_t old_count = r->indexed.count;
    dx_buf contested;

    dx_buf_init(&contested, SIZE_MAX);
    dx_status rc = open_made(r, err);
    if (rc == DX_OK)
        rc = take_down(r, err);
    if (rc == DX_OK)
        rc = settle_namesakes(r, old_count, &contested, err);
    if (rc == DX_OK)
        rc = put_and_publish(r, &contested, err);
    dx_buf_free(&contested);
    return rc;
}

/* ---- the whole ---- */

static dx_status open_before(run *r, dx_error *err)
{
    dx_str record = {NULL, 0};

    if (!r->options->dry_run) {
        DX_TRY(dx_writer_open(r->options->index, &r->store, err));
        DX_TRY(dx_publish_begin(r->store, &r->manifest, err));
        r->old_generation = r->manifest.generation;
        r->has_begun = true;
        DX_TRY(dx_publish_sweep(r->store, &r->manifest, err));
    }
    dx_status rc = r->store
                       ? dx_snapshot_open_written(r->options->index, &r->snapshot, err)
                       : dx_snapshot_open(r->options->index, &r->snapshot, err);
    if (rc == DX_ERR_NOINDEX)
        rc = DX_OK;
    DX_TRY(rc);
    if (r->snapshot) {
        if (r->options->dry_run) {
            DX_TRY(dx_snapshot_get_first(r->snapshot, DX_MANIFEST_KEY, &record, err));
            DX_TRY(dx_manifest_read(record, &r->manifest, err));
        }
        DX_TRY(dx_generation_open(r->snapshot, &r->before, err));
        for (size_t i = 0; i < r->before.segment_count; i++)
            if (dx_indexed_add(&r->indexed, r->before.segments[i], NULL) !=
                DX_OK)
                return dx_fail_nomem(err);
        DX_TRY(dx_files_trust(r->snapshot, r->manifest.next_file,
            r->options->index, err));
    }
    DX_TRY(dx_takedowns_open(&r->takedowns, r->snapshot, err));
    dx_files_init(&r->files, r->snapshot, r->manifest.next_file,
        dx_input_options_hash(&r->input),
        r->options->no_delete);
    return dx_gathered_init(&r->gathered) == DX_OK ? DX_OK : dx_fail_nomem(err);
}

static dx_status read_sitemaps(run *r, const char *const *paths, size_t count,
    dx_error *err)
{
    r->input = r->options->input;
    r->input.stop = r->options->stop;
    for (size_t i = 0; i < count; i++)
        if (!dx_feed_is_stdin(paths[i]) &&
            dx_sitemap_add_folder(&r->sitemap, paths[i]) != DX_OK)
            return dx_fail_nomem(err);
    dx_sitemap_sort(&r->sitemap);
    r->input.sitemap = r->sitemap.count ? &r->sitemap : NULL;
    return DX_OK;
}

static dx_status open_watched(run *r, dx_error *err)
{
    dx_work work = {.total = 1};
    dx_work_watch watch;

    dx_work_watch_start(&watch, &work, tell_opening, r);
    dx_status rc = open_before(r, err);
    dx_work_watch_stop(&watch);
    return rc;
}

static void close_readers(run *r)
{
    dx_made_segments_free(&r->made);
    dx_files_free(&r->files);
    dx_borrowed_free(&r->borrowed);
    dx_takedowns_free(&r->takedowns);
    dx_lost_free(&r->lost);
    dx_indexed_free(&r->indexed);
    dx_generation_close(&r->before);
    dx_snapshot_close(r->snapshot);
    dx_manifest_free(&r->manifest);
    dx_gathered_free(&r->gathered);
    dx_sitemap_free(&r->sitemap);
    dx_numbers_free(&r->intake.faulty);
}

static dx_status merge(run *r, dx_error *err)
{
    const dx_run_options *o = r->options;
    dx_work work = {0};
    dx_work_watch watch;
    dx_merge_options options = {.memory_bytes = o->memory_bytes,
        .threads = o->threads, .optimize = o->optimize, .stop = o->stop,
        .work = &work};

    dx_work_watch_start(&watch, &work, tell_merging, r);
    dx_status rc = dx_merge_due(o->index, r->store, &options, err);
    dx_work_watch_stop(&watch);
    return rc;
}

static dx_status count_index(const char *index, dx_run_totals *totals,
    dx_error *err)
{
    dx_snapshot *s;
    dx_generation g;
    dx_store_info info;

    DX_TRY(dx_snapshot_open_written(index, &s, err));
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

/* A run that fails after it has published is no failure as a whole, and says so. */
static dx_status finish(run *r, dx_status rc, dx_run_totals *totals, dx_error *err)
{
    const char *index = r->options->index;

    if (rc == DX_OK && r->has_begun) {
        rc = count_index(index, totals, err);
        totals->is_published = rc != DX_OK; /* all was done but this */
    } else {
        totals->is_published = rc != DX_OK && r->has_begun &&
            dx_published_since(index, r->old_generation) &&
            count_index(index, totals, NULL) == DX_OK;
    }
    dx_writer_close(r->store);
    return rc;
}

/* Of memory, of which half is for what is gathered. */
static dx_reading_limits limits_of(const dx_run_options *options)
{
    size_t all = options->memory_bytes;

    return (dx_reading_limits){.usual_bytes = all / 8 / options->threads,
        .most_bytes = all / 4, .load_bytes = all / 2, .record_bytes = all / 16,
        .queue_bytes = all / 8, .most = PTHREAD_MUTEX_INITIALIZER};
}

dx_status dx_run(const dx_run_options *options, const char *const *paths,
    size_t path_count, dx_run_totals *totals, dx_error *err)
{
    run r = {.options = options,
        .events = {.counts = totals->events, .left_out = totals->left_out,
            .on_event = options->on_event, .ctx = options->ctx},
        .progress = {.on_progress = options->on_progress, .ctx = options->ctx}};

    dx_reading_limits limits = limits_of(options);

    memset(totals, 0, sizeof *totals);
    dx_status rc = read_sitemaps(&r, paths, path_count, err);
    if (rc == DX_OK)
        rc = open_watched(&r, err);
    r.intake = (dx_intake){.gathered = &r.gathered, .indexed = &r.indexed,
        .files = &r.files, .borrowed = &r.borrowed, .takedowns = &r.takedowns, .events = &r.events,
        .input = &r.input, .limits = &limits,
        .dry_run = options->dry_run};
    if (rc == DX_OK)
        rc = dx_pipeline_new(options->threads, &r.intake, options->stop,
            &r.pipeline, err);
    if (rc == DX_OK)
        rc = read_paths(&r, paths, path_count, err);
    dx_pipeline_free(r.pipeline); /* waits for its threads, which count */
    totals->bytes = r.intake.bytes;
    if (rc == DX_OK)
        rc = publish(&r, err);
    close_readers(&r);
    if (rc == DX_OK && !options->dry_run)
        rc = merge(&r, err);
    return finish(&r, rc, totals, err);
}
