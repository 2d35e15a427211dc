/* What a worker makes of a job, and how that is taken in. */
#include "indexer/run/job_result.h"

#include <string.h>

#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/index/segment/layout/id.h"
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
    dx_tokenizer *tokenizer;
    const dx_indexed *indexed;
    bool dry_run;
    dx_arena arena; /* of one article */
    dx_buf path;    /* to be told, of one record */
} reading;

/* The path to be told of a record, in `out`; "" if memory is short. */
static const char *path_of(const dx_job *job, uint64_t number, dx_buf *out)
{
    dx_buf_clear(out);
    dx_buf_puts(out, job->path);
    if (number)
        dx_buf_printf(out, "#%llu", (unsigned long long)number);
    return dx_buf_cstr(out);
}

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
    e.event.path = keep(r, path_of(r->job, record->number, &r->path));
    e.event.id = keep(r, what->event.id);
    e.event.reason = keep(r, what->event.reason);
    if (!e.event.path || !e.event.id || !e.event.reason)
        return DX_ERR_NOMEM;
    result->events[result->event_count++] = e;
    return DX_OK;
}

static dx_status skip(reading *r, const dx_record *record, const char *reason)
{
    return add_event(r, record,
        &(dx_job_event){.event = {DX_EVENT_SKIPPED, "", "", reason}});
}

static dx_status add_sighting(reading *r, const dx_record *record,
    dx_indexed_doc doc)
{
    dx_job_result *result = r->result;
    void *p = result->sightings;

    if (dx_grow(&p, &result->sighting_cap, result->sighting_count + 1,
            sizeof *result->sightings) != 0)
        return DX_ERR_NOMEM;
    result->sightings = p;
    result->sightings[result->sighting_count++] =
        (dx_job_sighting){doc, record->number};
    return DX_OK;
}

static dx_status take_article(reading *r, const dx_record *record,
    const dx_article *a)
{
    dx_job_event added = {.event = {DX_EVENT_ADDED, "", a->id.ptr, ""},
        .id = dx_hash128_of(a->id.ptr, a->id.len)};
    dx_indexed_cursor c =
        dx_indexed_cursor_new(r->indexed, added.id, r->indexed->count);

    while (dx_indexed_next(&c)) {
        if (dx_indexed_content(r->indexed, c.at) == a->content.lo)
            return add_sighting(r, record, c.at);
        added.has_namesake = true;
    }
    if (!r->dry_run) {
        dx_status rc = dx_tokenizer_put_article(r->tokenizer, a, r->job->file,
            &r->result->batch);
        if (rc == DX_ERR_LIMIT)
            return skip(r, record,
                "too many different words for one article, or over 1 MiB in "
                "fields other than title, lead and body");
        DX_TRY(rc);
    }
    return add_event(r, record, &added);
}

static dx_status read_record(void *ctx, const dx_record *record)
{
    reading *r = ctx;
    dx_article article;
    dx_error err = {0};

    if (record->fault)
        return skip(r, record, record->fault);
    dx_arena_reset(&r->arena);
    dx_status rc = dx_source_read(r->job->source, record,
        dx_str_from(r->job->path), &r->arena, &article, &err);
    if (rc == DX_OK)
        return take_article(r, record, &article);
    if (rc == DX_ERR_NOMEM)
        return rc;
    if (record->number == 0)
        r->result->unreadable = true;
    return skip(r, record, err.msg);
}

static dx_status read_file(reading *r)
{
    dx_byte_stream *file;
    dx_error err = {0};
    dx_status rc = dx_byte_stream_open(r->job->path, &file, &err);

    if (rc == DX_OK) {
        rc = r->job->source->cut(file, read_record, r, &err);
        dx_byte_stream_close(file);
    }
    if (rc == DX_OK || rc == DX_ERR_NOMEM)
        return rc;
    r->result->unreadable = true;
    return skip(r, &(dx_record){.number = 0}, err.msg);
}

dx_status dx_job_result_make(dx_job_result *result, const dx_job *job,
    dx_tokenizer *tokenizer, const dx_indexed *indexed, bool dry_run)
{
    reading r = {.result = result, .job = job, .tokenizer = tokenizer,
        .indexed = indexed, .dry_run = dry_run};

    dx_buf_init(&r.path, PATH_BYTES_MAX);
    dx_status rc = job->source->is_stream
                       ? dx_piece_each(&job->piece, read_record, &r)
                       : read_file(&r);
    dx_arena_free(&r.arena);
    dx_buf_free(&r.path);
    return rc;
}

/* ---- in turn ---- */

/* Whether an article of the job, with the id of this one, takes its place unless
 * this one is met, too. What standard input brought gives way to what it brings
 * now; what files brought to all that a run is given, unless they are among that. */
static bool gives_way(const dx_intake *in, const dx_job *job, dx_indexed_doc d)
{
    uint32_t file = dx_indexed_file(in->indexed, d);

    if (dx_indexed_is(in->indexed, d, DX_INDEXED_MET))
        return false;
    return file == DX_FILE_NONE
               ? job->file == DX_FILE_NONE
               : dx_files_state(in->files, file) != DX_FILE_KEPT;
}

/* True when the article can be said to take the place of one. */
static bool replace(dx_intake *in, const dx_job *job, dx_hash128 id)
{
    dx_indexed *ix = in->indexed;
    dx_indexed_cursor c = dx_indexed_cursor_new(ix, id, ix->count);
    bool replaces = false;

    while (dx_indexed_next(&c)) {
        if (!gives_way(in, job, c.at))
            continue;
        dx_indexed_mark_as(ix, c.at, DX_INDEXED_NAMED);
        if (!replaces && !dx_indexed_is(ix, c.at, DX_INDEXED_REPLACED)) {
            dx_indexed_mark_as(ix, c.at, DX_INDEXED_REPLACED);
            replaces = true;
        }
    }
    return replaces;
}

static void tell(dx_intake *in, const dx_job *job, const dx_job_event *e,
    bool is_repeated)
{
    dx_event event = e->event;

    if (is_repeated)
        event.kind = DX_EVENT_REPEATED;
    else if (event.kind == DX_EVENT_ADDED && e->has_namesake &&
             replace(in, job, e->id))
        event.kind = DX_EVENT_UPDATED;
    dx_event_tell(in->events, &event);
}

static dx_status take_new(dx_job_result *result, const dx_job *job,
    dx_intake *in)
{
    size_t docs = result->batch.doc_count, doc = 0;
    bool *repeated = dx_calloc(docs + 1, sizeof *repeated);

    if (!repeated)
        return DX_ERR_NOMEM;
    dx_status rc = dx_gathered_append(in->gathered, &result->batch, repeated);
    for (size_t i = 0; rc == DX_OK && i < result->event_count; i++) {
        const dx_job_event *e = &result->events[i];
        bool is_doc = e->event.kind == DX_EVENT_ADDED && docs > 0;
        tell(in, job, e, is_doc && repeated[doc]);
        doc += is_doc;
    }
    dx_free(repeated);
    return rc;
}

static void tell_repeated(const dx_job *job, uint64_t number, dx_intake *in)
{
    dx_buf path;

    dx_buf_init(&path, PATH_BYTES_MAX);
    dx_event_tell(in->events, &(dx_event){DX_EVENT_REPEATED,
                                  path_of(job, number, &path), "", ""});
    dx_buf_free(&path);
}

static void take_sighting(const dx_job_sighting *s, const dx_job *job,
    dx_intake *in)
{
    dx_indexed *ix = in->indexed;

    if (dx_indexed_is(ix, s->doc, DX_INDEXED_MET))
        tell_repeated(job, s->number, in);
    dx_indexed_mark_as(ix, s->doc, DX_INDEXED_MET);
}

dx_status dx_job_result_take(dx_job_result *result, const dx_job *job,
    dx_intake *in)
{
    in->articles += result->batch.doc_count + result->sighting_count;
    in->bytes += job->bytes;
    for (size_t i = 0; i < result->sighting_count; i++)
        take_sighting(&result->sightings[i], job, in);
    if (result->unreadable)
        dx_files_keep(in->files, job->file);
    return take_new(result, job, in);
}
