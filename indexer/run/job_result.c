/* What a worker makes of a job, and how that is taken in. */
#include "indexer/run/job_result.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/index/segment/layout/id.h"
#include "indexer/gather/article_key.h"
#include "indexer/input/byte_stream.h"

#define PATH_BYTES_MAX (64u << 10)

void dx_job_result_init(dx_job_result *result)
{
    memset(result, 0, sizeof *result);
    dx_batch_init(&result->batch);
}

void dx_job_result_free(dx_job_result *result)
{
    dx_batch_free(&result->batch);
    dx_free(result->events);
    dx_free(result->sightings);
    dx_arena_free(&result->arena);
}

/* ---- in a worker ---- */

typedef struct reading { /* a job being done */
    dx_job_result *result;
    const dx_job *job;
    const dx_source *source; /* the job's, or what the file turned out to hold */
    dx_tokenizer *tokenizer;
    const dx_intake *intake;
    dx_arena arena; /* of one article */
    bool has_most;  /* it may take limits->most_bytes */
    size_t loaded;  /* bytes of a file that is read as a whole */
    dx_buf path;    /* to be told, of one record */
    dx_told_names missed;
} reading;

static const char *keep(reading *r, const char *text)
{
    return dx_arena_strndup(&r->result->arena, text, strlen(text));
}

static dx_status add_event(reading *r, const dx_record *record,
    const dx_job_event *what)
{
    dx_job_result *result = r->result;
    void *p = result->events;

    if (dx_grow(&p, &result->event_cap, result->event_count + 1,
            sizeof *result->events) != 0)
        return DX_ERR_NOMEM;
    result->events = p;
    dx_job_event e = *what;
    dx_buf_clear(&r->path);
    dx_record_put_path(record, r->job->path, &r->path);
    e.event.path = keep(r, dx_buf_cstr(&r->path));
    e.event.id = keep(r, what->event.id);
    e.event.reason = keep(r, what->event.reason);
    if (what->event.from) {
        dx_provenance *from = dx_arena_alloc(&result->arena, sizeof *from);
        if (!from)
            return DX_ERR_NOMEM;
        *from = *what->event.from;
        e.event.from = from;
    }
    if (!e.event.path || !e.event.id || !e.event.reason)
        return DX_ERR_NOMEM;
    result->events[result->event_count++] = e;
    return DX_OK;
}

static dx_status skip(reading *r, const dx_record *record, const char *reason)
{
    r->result->has_fault = true;
    return add_event(r, record,
        &(dx_job_event){.event = {.kind = DX_EVENT_SKIPPED, .path = "",
                            .id = "", .reason = reason}});
}

static dx_status leave_out(reading *r, const dx_record *record,
    const dx_article *a)
{
    return add_event(r, record,
        &(dx_job_event){.event = {.kind = DX_EVENT_LEFT_OUT, .path = "",
                            .id = "", .reason = "", .left_out = a->left_out,
                            .from = &a->from}});
}

/* It was taken down, as `which` tells, and is not to come back. */
static dx_status hold_back(reading *r, const dx_record *record,
    const dx_article *a, uint32_t which)
{
    return add_event(r, record,
        &(dx_job_event){.event = {.kind = DX_EVENT_LEFT_OUT, .path = "",
                            .id = a->id.ptr, .reason = "",
                            .left_out = DX_LEFT_TAKEN_DOWN, .from = &a->from},
            .takedown = which});
}

static dx_status ask_to_take_down(reading *r, const dx_record *record,
    const dx_article *a)
{
    return add_event(r, record,
        &(dx_job_event){.event = {.kind = DX_EVENT_REMOVED, .path = "",
                            .id = a->id.ptr, .reason = ""}});
}

static dx_status add_sighting(reading *r, const dx_record *record,
    dx_indexed_doc doc, uint64_t key)
{
    dx_job_result *result = r->result;
    void *p = result->sightings;

    if (dx_grow(&p, &result->sighting_cap, result->sighting_count + 1,
            sizeof *result->sightings) != 0)
        return DX_ERR_NOMEM;
    result->sightings = p;
    const char *name = NULL;
    if (record->name.len) {
        name = dx_arena_strndup(&result->arena, record->name.ptr,
            record->name.len);
        if (!name)
            return DX_ERR_NOMEM;
    }
    result->sightings[result->sighting_count++] =
        (dx_job_sighting){doc, key, record->number, name};
    return DX_OK;
}

static bool is_moved(const reading *r, uint64_t key)
{
    const dx_intake *in = r->intake;

    return in->moved_count > 0 && bsearch(&key, in->moved, in->moved_count,
                                      sizeof key, dx_hash64_order) != NULL;
}

/* A block that is read again may also have articles that gave way. */
static bool is_wanted(const reading *r, const dx_article *a, dx_job_event *e)
{
    if (!r->job->is_again || is_moved(r, dx_article_key(e->id, a->content.lo).lo))
        return true;
    e->is_back = is_moved(r, dx_article_id_key(e->id));
    return e->is_back;
}

/* Whether there is this very article already, which is noted; but what standard input
 * brings is then taken as well if the other is of a file. */
static dx_status find_article(reading *r, const dx_record *record,
    uint64_t content, dx_job_event *e, bool *is_there)
{
    const dx_indexed *ix = r->intake->indexed;
    dx_indexed_cursor c = dx_indexed_cursor_new(ix, e->id, ix->count);

    *is_there = false;
    while (dx_indexed_next(&c)) {
        if (dx_indexed_content(ix, c.at) != content) {
            e->has_namesake = true;
            continue;
        }
        e->is_copy = r->job->number == DX_FILE_NONE &&
                     dx_indexed_file(ix, c.at) != DX_FILE_NONE;
        *is_there = !e->is_copy;
        return add_sighting(r, record, c.at, dx_article_key(e->id, content).lo);
    }
    return DX_OK;
}

static dx_status take_article(reading *r, const dx_record *record,
    const dx_article *a)
{
    dx_job_event added = {.event = {.kind = DX_EVENT_ADDED, .path = "",
                              .id = a->id.ptr, .reason = "", .from = &a->from},
        .id = dx_hash128_of(a->id.ptr, a->id.len)};
    bool is_there;
    uint32_t which = DX_TAKEDOWN_NONE;

    DX_TRY(find_article(r, record, a->content.lo, &added, &is_there));
    if (!is_there && !added.is_copy)
        DX_TRY(dx_takedowns_find(r->intake->takedowns, a, added.id, &which));
    if (which != DX_TAKEDOWN_NONE)
        return hold_back(r, record, a, which);
    if (is_there || !is_wanted(r, a, &added))
        return DX_OK;
    if (!r->intake->dry_run) {
        dx_status rc = dx_tokenizer_put_article(r->tokenizer, a, r->job->number,
            &r->result->batch);
        if (rc == DX_ERR_LIMIT)
            return skip(r, record,
                "too many different words for one article, or over 1 MiB in "
                "fields other than title, lead and body");
        DX_TRY(rc);
    }
    return add_event(r, record, &added);
}

static dx_status note_missed(reading *r, const dx_record *record,
    const dx_article *a)
{
    for (unsigned i = 0; i < a->missed_count; i++) {
        const dx_missed_name *m = &a->missed[i];
        if (!dx_told_names_add(&r->missed, m->name, m->field))
            continue;
        char *name = dx_arena_strndup(&r->arena, m->name.ptr, m->name.len);
        if (!name)
            return DX_ERR_NOMEM;
        DX_TRY(add_event(r, record,
            &(dx_job_event){.event = {.kind = DX_EVENT_MISSED, .path = "",
                                .id = name, .reason = "", .meant = m->field}}));
    }
    return DX_OK;
}

/* True: it is to be read when all others of its host have been. */
static bool has_to_wait(reading *r, const dx_article *a)
{
    if (a->left_out != DX_LEFT_NOT || !r->job->file ||
        r->source != &dx_source_html || a->of_host.host == 0)
        return false;
    r->result->page = a->of_host;
    if ((a->of_host.flags & DX_HOST_ASKS) == 0)
        return false;
    r->result->page.flags |= DX_HOST_WAITS;
    return true;
}

/* From now on, until the job is done, this worker is the one that may take much. */
static void take_most(reading *r)
{
    if (!r->has_most)
        pthread_mutex_lock(&r->intake->limits->most);
    r->has_most = true;
    dx_arena_free(&r->arena);
}

/* Within the memory that a record may take. Few take much, and are read again. */
static dx_status read_source(reading *r, const dx_record *record, dx_article *out,
    dx_error *err)
{
    const dx_reading_limits *limits = r->intake->limits;
    size_t max = r->has_most && r->loaded <= limits->load_bytes / 2
                     ? limits->most_bytes
                     : limits->usual_bytes;

    if (r->arena.total_bytes > limits->usual_bytes)
        dx_arena_free(&r->arena);
    dx_arena_reset(&r->arena);
    dx_mem_limit(max);
    dx_status rc = dx_source_read(r->source, record, r->intake->input,
        dx_str_from(r->job->name), &r->arena, out, err);
    if (!dx_mem_unlimit() || rc != DX_ERR_NOMEM)
        return rc;
    if (r->has_most) {
        dx_arena_free(&r->arena);
        return dx_fail(err, DX_ERR_LIMIT,
            "it takes more than %zu MiB of memory to read; more with a larger "
            "--memory", max >> 20);
    }
    take_most(r);
    return read_source(r, record, out, err);
}

static dx_status read_record(void *ctx, const dx_record *given)
{
    reading *r = ctx;
    dx_record told = *given, *record = &told;
    dx_article article;
    dx_error err = {0};

    if (record->fault)
        return skip(r, record, record->fault);
    told.told = r->job->told;
    dx_status rc = read_source(r, record, &article, &err);
    if (rc == DX_OK)
        DX_TRY(note_missed(r, record, &article));
    r->result->is_open |= rc == DX_OK && article.is_open;
    if (rc == DX_OK && article.deleted.len)
        return ask_to_take_down(r, record, &article);
    if (rc == DX_OK && has_to_wait(r, &article))
        return DX_OK;
    if (rc == DX_OK && article.left_out != DX_LEFT_NOT)
        return leave_out(r, record, &article);
    if (rc == DX_OK)
        return take_article(r, record, &article);
    if (rc == DX_ERR_NOMEM || rc == DX_ERR_INTERRUPTED)
        return rc;
    if (record->number == 0 && record->name.len == 0)
        r->result->is_unreadable = true;
    return skip(r, record, err.msg);
}

/* Whether the file's bytes, which it loads, are as they were recorded. */
static dx_status compare_file(reading *r, dx_byte_stream *in, dx_error *err)
{
    const dx_file *file = r->job->file;
    dx_block *block = &r->result->block;
    dx_str bytes;

    DX_TRY(dx_byte_stream_load(in, &bytes, err));
    r->loaded = bytes.len;
    block->bytes = bytes.len;
    block->hash = dx_hash128_of(bytes.ptr, bytes.len);
    r->result->is_same = file && file->old_count == 1 && !file->old->is_stale &&
                         file->old->bytes == block->bytes &&
                         dx_hash128_eq(file->old->hash, block->hash);
    return DX_OK;
}

/* A file is what it holds, not what it is called; an image among pages is no fault. */
static dx_status cut_file(reading *r, dx_byte_stream *in, dx_error *err)
{
    dx_str first;

    DX_TRY(dx_byte_stream_peek(in, &first, err));
    if (!dx_source_settle(&r->source, first))
        return leave_out(r, &(dx_record){.number = 0},
            &(dx_article){.left_out = DX_LEFT_MEDIA});
    return dx_source_cut(r->source, in, r->intake->input, read_record, r, err);
}

/* Loads a file; the type knows how large an article can be. */
static dx_status load(reading *r, dx_byte_stream *in, dx_error *err)
{
    size_t max = r->job->source->max_bytes, most = r->intake->limits->load_bytes;
    size_t usual = r->intake->limits->usual_bytes;
    dx_str bytes;

    max = max && max < most ? max : most;
    dx_byte_stream_set_load_max(in, usual < max ? usual : max);
    dx_byte_stream_set_window_max(in, r->intake->limits->most_bytes);
    dx_status rc = dx_byte_stream_load(in, &bytes, err);
    if (rc != DX_ERR_LIMIT || usual >= max)
        return rc;
    take_most(r);
    dx_byte_stream_set_load_max(in, max);
    return dx_byte_stream_load(in, &bytes, err);
}

static dx_status read_file(reading *r)
{
    dx_byte_stream *in;
    dx_error err = {0};
    dx_status rc = dx_byte_stream_open(r->job->path, &in, &err);

    if (rc == DX_OK) {
        rc = load(r, in, &err);
        if (rc == DX_OK)
            rc = compare_file(r, in, &err);
    }
    if (rc == DX_OK && !r->result->is_same)
        rc = cut_file(r, in, &err);
    dx_byte_stream_close(in);
    if (rc == DX_OK || rc == DX_ERR_NOMEM || rc == DX_ERR_INTERRUPTED)
        return rc;
    r->result->is_unreadable = true;
    return skip(r, &(dx_record){.number = 0}, err.msg);
}

dx_status dx_job_result_make(dx_job_result *result, const dx_job *job,
    dx_tokenizer *tokenizer, const dx_intake *intake)
{
    reading r = {.result = result, .job = job, .source = job->source,
        .tokenizer = tokenizer, .intake = intake};

    dx_buf_init(&r.path, PATH_BYTES_MAX);
    dx_status rc = job->source->is_stream
                       ? dx_piece_each(&job->piece, read_record, &r)
                       : read_file(&r);
    dx_arena_free(&r.arena);
    dx_buf_free(&r.path);
    if (r.has_most)
        pthread_mutex_unlock(&intake->limits->most);
    return rc;
}

/* ---- in turn ---- */

/* Whether an article of the job, with the id of this one, takes its place unless
 * this one is met, too. What standard input brought gives way to what it brings
 * now; what files brought to all that a run is given, unless they are among that. */
static bool gives_way(const dx_intake *in, const dx_job *job, dx_indexed_doc d)
{
    uint32_t file = dx_indexed_file(in->indexed, d);

    return file == DX_FILE_NONE
               ? job->number == DX_FILE_NONE
               : dx_files_state(in->files, file) != DX_FILE_KEPT;
}

/* Marks those that give way to an article. */
static void name(dx_intake *in, const dx_job *job, dx_hash128 id)
{
    dx_indexed_cursor c =
        dx_indexed_cursor_new(in->indexed, id, in->indexed->count);

    while (dx_indexed_next(&c))
        if (gives_way(in, job, c.at))
            dx_indexed_mark_as(in->indexed, c.at, DX_INDEXED_NAMED);
}

/* True when the article can be said to take the place of one. */
static bool replace(dx_intake *in, dx_hash128 id)
{
    dx_indexed *ix = in->indexed;
    dx_indexed_cursor c = dx_indexed_cursor_new(ix, id, ix->count);

    while (dx_indexed_next(&c)) {
        if (!dx_indexed_is(ix, c.at, DX_INDEXED_NAMED) ||
            dx_indexed_is(ix, c.at, DX_INDEXED_MET) ||
            dx_indexed_is(ix, c.at, DX_INDEXED_REPLACED))
            continue;
        dx_indexed_mark_as(ix, c.at, DX_INDEXED_REPLACED);
        return true;
    }
    return false;
}

static dx_status take_event(dx_intake *in, const dx_job *job,
    const dx_job_event *e, const dx_gathered_repeat *repeat)
{
    bool is_repeat = repeat && repeat->is_repeat;
    dx_event event = e->event;

    if (is_repeat && repeat->borrower != DX_FILE_NONE)
        DX_TRY(dx_borrowed_add(in->borrowed, repeat->borrower, repeat->key));
    if (event.left_out == DX_LEFT_TAKEN_DOWN && job->number != DX_FILE_NONE)
        DX_TRY(dx_takedowns_note(in->takedowns, e->takedown, job->number));
    if ((job->is_again && !e->is_back) || e->is_copy)
        return DX_OK; /* it is no news */
    if (event.kind == DX_EVENT_REMOVED) /* it is told when it is done */
        return dx_takedowns_ask(in->takedowns, dx_str_from(event.id));
    if (e->has_namesake && !e->is_back)
        name(in, job, e->id);
    if (is_repeat)
        event.kind = DX_EVENT_REPEATED;
    else if (e->has_namesake && replace(in, e->id))
        event.kind = DX_EVENT_UPDATED;
    dx_event_tell(in->events, &event);
    return DX_OK;
}

static dx_status take_events(dx_job_result *result, const dx_job *job,
    dx_intake *in)
{
    size_t docs = result->batch.doc_count, doc = 0;
    dx_gathered_repeat *repeats = dx_calloc(docs + 1, sizeof *repeats);
    dx_status rc = repeats ? DX_OK : DX_ERR_NOMEM;

    if (rc == DX_OK)
        rc = dx_gathered_append(in->gathered, &result->batch, repeats);
    for (size_t i = 0; rc == DX_OK && i < result->event_count; i++) {
        const dx_job_event *e = &result->events[i];
        bool is_doc = e->event.kind == DX_EVENT_ADDED && docs > 0;
        rc = take_event(in, job, e, is_doc ? &repeats[doc++] : NULL);
    }
    dx_free(repeats);
    return rc;
}

static void tell_repeated(const dx_job *job, const dx_job_sighting *s,
    dx_intake *in)
{
    dx_record record = {.name = dx_str_from(s->name ? s->name : ""),
        .number = s->record};
    dx_buf path;

    dx_buf_init(&path, PATH_BYTES_MAX);
    dx_record_put_path(&record, job->path, &path);
    dx_event_tell(in->events, &(dx_event){.kind = DX_EVENT_REPEATED,
                                  .path = dx_buf_cstr(&path), .id = "",
                                  .reason = ""});
    dx_buf_free(&path);
}

static dx_status take_sighting(const dx_job_sighting *s, const dx_job *job,
    dx_intake *in)
{
    dx_indexed *ix = in->indexed;

    if (dx_indexed_is(ix, s->doc, DX_INDEXED_MET) && !job->is_again)
        tell_repeated(job, s, in);
    dx_indexed_mark_as(ix, s->doc, DX_INDEXED_MET);
    if (dx_indexed_file(ix, s->doc) == job->number)
        dx_indexed_mark_as(ix, s->doc, DX_INDEXED_HELD);
    else if (job->number != DX_FILE_NONE)
        return dx_borrowed_add(in->borrowed, job->number, s->key);
    return DX_OK;
}

static dx_status finish_file(dx_job_result *result, dx_job *job, dx_intake *in)
{
    dx_file *file = job->file;

    if (!file)
        return DX_OK;
    job->file = NULL;
    if (result->is_same)
        dx_files_keep(in->files, job->number);
    result->block.number = job->number;
    file->is_failed = result->is_unreadable;
    file->record.page = result->is_same || result->is_unreadable
                            ? file->old_page
                            : result->page;
    result->block.is_stale = result->is_open || result->has_fault;
    file->is_doubtful |= result->block.is_stale;
    dx_status rc = dx_blocks_add(&file->blocks, &result->block);
    if (rc == DX_OK)
        return dx_files_finish(in->files, file);
    dx_file_free(file);
    return rc;
}

/* Archives are told when they are read: one is too much to unpack for that. */
static dx_status note_fault(const dx_job_result *result, const dx_job *job,
    dx_intake *in)
{
    if (!result->has_fault || job->is_again || job->source->is_solid ||
        job->number == DX_FILE_NONE)
        return DX_OK;
    return dx_numbers_add(&in->faulty, job->number);
}

dx_status dx_job_result_take(dx_job_result *result, dx_job *job, dx_intake *in)
{
    if (job->source->is_stream)
        DX_TRY(note_fault(result, job, in));
    if (!job->is_again) {
        in->articles += result->batch.doc_count + result->sighting_count;
        in->bytes += job->bytes;
    }
    for (size_t i = 0; i < result->sighting_count; i++)
        DX_TRY(take_sighting(&result->sightings[i], job, in));
    DX_TRY(finish_file(result, job, in));
    return take_events(result, job, in);
}
