/* What a worker makes of a job, and how that is taken in. */
#include "indexer/run/job_result.h"

#include <string.h>

#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/index/segment/id.h"
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
    dx_free(result->seen);
    dx_arena_free(&result->arena);
}

/* ---- in a worker ---- */

static dx_status add_event(dx_job_result *result, dx_event_kind kind, dx_str path,
    const char *reason)
{
    void *p = result->events;

    if (dx_grow(&p, &result->event_cap, result->event_count + 1,
            sizeof *result->events) != 0)
        return DX_ERR_NOMEM;
    result->events = p;
    dx_event e = {kind, dx_arena_strndup(&result->arena, path.ptr, path.len),
        dx_arena_strndup(&result->arena, reason, strlen(reason))};
    if (!e.path || !e.reason)
        return DX_ERR_NOMEM;
    result->events[result->event_count++] = e;
    return DX_OK;
}

static dx_status add_seen(dx_job_result *result, dx_indexed_doc d)
{
    void *p = result->seen;

    if (dx_grow(&p, &result->seen_cap, result->seen_count + 1, sizeof d) != 0)
        return DX_ERR_NOMEM;
    result->seen = p;
    result->seen[result->seen_count++] = d;
    return DX_OK;
}

typedef struct reading { /* a job being done */
    dx_job_result *result;
    const dx_job *job;
    dx_tokenizer *tokenizer;
    const dx_indexed *indexed;
    bool dry_run;
    dx_arena arena; /* of one article */
    dx_buf path;    /* to be shown, of one record */
} reading;

static dx_status take_article(reading *r, const dx_article *a)
{
    dx_indexed_doc before = dx_indexed_find(r->indexed,
        dx_hash128_of(a->id.ptr, a->id.len), r->indexed->count);
    bool is_new = before.segment == DX_ID_NONE;

    if (!is_new && dx_indexed_has_content(r->indexed, before, a->content.lo)) {
        r->result->unchanged++;
        return add_seen(r->result, before);
    }
    if (r->dry_run) {
        if (!is_new) /* it would be replaced, not removed */
            DX_TRY(add_seen(r->result, before));
    } else {
        dx_status rc = dx_tokenizer_put_article(r->tokenizer, a, r->job->file,
            &r->result->batch);
        if (rc == DX_ERR_LIMIT)
            return add_event(r->result, DX_EVENT_SKIPPED, a->path,
                "too many different words for one article, or over 1 MiB in "
                "fields other than title, lead and body");
        DX_TRY(rc);
    }
    return add_event(r->result, is_new ? DX_EVENT_ADDED : DX_EVENT_UPDATED, a->path,
        "");
}

/* The path to be shown of a record, in r->path. */
static dx_str path_of(reading *r, const dx_record *record)
{
    dx_buf_clear(&r->path);
    dx_buf_puts(&r->path, r->job->path);
    if (record->number)
        dx_buf_printf(&r->path, "#%llu", (unsigned long long)record->number);
    return (dx_str){(const char *)r->path.data, r->path.len};
}

static dx_status read_record(void *ctx, const dx_record *record)
{
    reading *r = ctx;
    dx_str path = path_of(r, record);
    dx_article article;
    dx_error err = {0};

    if (record->fault)
        return add_event(r->result, DX_EVENT_SKIPPED, path, record->fault);
    dx_arena_reset(&r->arena);
    dx_status rc =
        dx_source_read(r->job->source, record, path, &r->arena, &article, &err);
    if (rc == DX_OK)
        return take_article(r, &article);
    if (rc == DX_ERR_NOMEM)
        return rc;
    if (record->number == 0)
        r->result->unreadable = true;
    return add_event(r->result, DX_EVENT_SKIPPED, path, err.msg);
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
    return add_event(r->result, DX_EVENT_SKIPPED, dx_str_from(r->job->path),
        err.msg);
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

dx_status dx_job_result_take(dx_job_result *result, const dx_job *job, dx_intake *in)
{
    uint32_t replaced = 0;

    in->articles += result->batch.doc_count + result->seen_count;
    in->bytes += job->bytes;
    for (size_t i = 0; i < result->event_count; i++)
        dx_event_tell(in->events, result->events[i].kind, result->events[i].path,
            result->events[i].reason);
    for (size_t i = 0; i < result->seen_count; i++)
        dx_indexed_mark_seen(in->indexed, result->seen[i]);
    in->events->counts[DX_EVENT_UNCHANGED] += result->unchanged;
    if (result->unreadable)
        dx_files_keep(in->files, job->file);
    dx_status rc = dx_gathered_append(in->gathered, &result->batch, &replaced);
    in->events->counts[DX_EVENT_REPLACED] += replaced;
    return rc;
}
