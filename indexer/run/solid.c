/* Cuts archives into pieces for the workers. */
#include "indexer/run/solid.h"

#include "indexer/input/byte_stream.h"
#include "indexer/run/job.h"

typedef struct cutting {
    const dx_submitter *submitter;
    const char *path;
    dx_str name; /* that its articles are named by */
    const dx_source *source;
    uint32_t number;
    bool is_again;
    dx_byte_stream *in;
    uint64_t consumed; /* of the file, by what was submitted */
    dx_job job;
    dx_status failure; /* of handing jobs over: ends the run */
    dx_error *err;     /* of that */
} cutting;

static dx_status start_job(cutting *c)
{
    dx_status rc = dx_job_init(&c->job, c->path, c->name, c->source);

    dx_pipeline_reuse(c->submitter->pipeline, &c->job.piece);
    c->job.number = c->number;
    c->job.is_again = c->is_again;
    return rc == DX_OK ? rc : dx_fail_nomem(c->err);
}

/* Submits the job, which is taken, and starts the next one. */
static dx_status submit_job(cutting *c)
{
    uint64_t now = dx_byte_stream_consumed_bytes(c->in);

    c->job.bytes = now - c->consumed;
    c->consumed = now;
    dx_status rc = dx_submit(c->submitter, &c->job, c->err);
    c->job = (dx_job){.path = NULL};
    return rc == DX_OK ? start_job(c) : rc;
}

static dx_status add_record(void *ctx, const dx_record *record)
{
    cutting *c = ctx;

    if (dx_piece_add(&c->job.piece, record) != DX_OK)
        c->failure = dx_fail_nomem(c->err);
    if (c->failure == DX_OK && dx_piece_is_full(&c->job.piece))
        c->failure = submit_job(c);
    return c->failure;
}

/* What is behind the last member counts for the hash. */
static dx_status cut_all(cutting *c, dx_error *reason)
{
    DX_TRY(dx_source_cut(c->source, c->in, c->submitter->input, add_record, c,
        reason));
    return dx_byte_stream_pass(c->in, UINT64_MAX, reason);
}

/* *is_whole: nothing had to be told of it. */
static dx_status cut(cutting *c, bool *is_whole)
{
    dx_error reason = {0};

    DX_TRY(start_job(c));
    dx_status rc = cut_all(c, &reason);
    DX_TRY(c->failure);
    if (rc == DX_ERR_NOMEM)
        return dx_fail_nomem(c->err);
    *is_whole = rc == DX_OK;
    if (rc != DX_OK && !c->is_again)
        dx_submit_skip(c->submitter, c->path, reason.msg);
    return submit_job(c);
}

static dx_status open(cutting *c, dx_error *reason)
{
    DX_TRY(dx_byte_stream_open(c->path, &c->in, reason));
    dx_byte_stream_set_load_max(c->in, c->submitter->record_bytes);
    dx_byte_stream_set_window_max(c->in, c->submitter->window_bytes);
    return dx_byte_stream_digest(c->in, reason);
}

static dx_status take_number(cutting *c, const dx_file *file)
{
    if (file->old_count > 0) {
        c->number = file->old->number;
        return DX_OK;
    }
    dx_intake *in = dx_pipeline_lock(c->submitter->pipeline);
    dx_status rc = dx_files_number(in->files, &c->number);
    dx_pipeline_unlock(c->submitter->pipeline);
    return rc == DX_OK ? rc
                       : dx_fail(c->err, rc, "%s: %s", c->path,
                             dx_status_text(rc));
}

static dx_status read_file(cutting *c, dx_file *file)
{
    dx_block block = {.number = DX_FILE_NONE};
    bool is_whole = false;

    if (file)
        DX_TRY(take_number(c, file));
    DX_TRY(cut(c, &is_whole));
    if (!file)
        return DX_OK;
    file->is_failed = !is_whole;
    file->record.is_plain = dx_byte_stream_is_plain(c->in);
    block.number = c->number;
    dx_byte_stream_take_digest(c->in, &block.bytes, &block.hash);
    return dx_blocks_add(&file->blocks, &block) == DX_OK
               ? DX_OK
               : dx_fail_nomem(c->err);
}

static void close(cutting *c)
{
    dx_job_free(&c->job);
    dx_byte_stream_close(c->in);
}

dx_status dx_solid_read(const dx_submitter *s, const char *path, dx_file *file,
    const dx_source *source, dx_error *err)
{
    cutting c = {.submitter = s, .path = path, .source = source,
        .name = file ? file->record.name : dx_str_from(path), .err = err};
    dx_error reason = {0};
    dx_status rc = open(&c, &reason);

    if (rc == DX_ERR_NOMEM) {
        rc = dx_fail_nomem(err);
    } else if (rc != DX_OK) {
        dx_submit_skip(s, path, reason.msg);
        if (file)
            file->is_failed = true;
        rc = DX_OK;
    } else {
        rc = read_file(&c, file);
    }
    if (file && rc == DX_OK) {
        dx_intake *in = dx_pipeline_lock(s->pipeline);
        rc = dx_files_finish(in->files, file);
        dx_pipeline_unlock(s->pipeline);
        rc = rc == DX_OK ? rc : dx_fail_nomem(err);
    } else {
        dx_file_free(file);
    }
    close(&c);
    return rc;
}

/* ---- once more ---- */

/* Whether the archive is as it was recorded: nothing of it is unpacked. */
static bool is_as_recorded(cutting *c, const dx_block *block)
{
    uint64_t bytes = 0;
    dx_hash128 hash = {0};
    bool is_read = open(c, NULL) == DX_OK &&
                   dx_byte_stream_pass(c->in, UINT64_MAX, NULL) == DX_OK;

    if (is_read)
        dx_byte_stream_take_digest(c->in, &bytes, &hash);
    dx_byte_stream_close(c->in);
    c->in = NULL;
    return is_read && bytes == block->bytes && dx_hash128_eq(hash, block->hash);
}

dx_status dx_solid_read_again(const dx_submitter *s, const dx_block_place *place,
    const dx_source *source, bool *is_same, dx_error *err)
{
    cutting c = {.submitter = s, .path = place->path, .name = place->name,
        .source = source, .number = place->block.number, .is_again = true,
        .err = err};
    dx_status rc = DX_OK;

    *is_same = is_as_recorded(&c, &place->block);
    if (*is_same && open(&c, NULL) == DX_OK)
        rc = cut(&c, is_same);
    close(&c);
    return rc;
}
