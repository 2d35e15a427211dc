/* Cuts streams into blocks, and passes over those that are as they were. */
#include "indexer/run/stream.h"

#include <stdlib.h>

#include "common/base/mem.h"
#include "indexer/input/byte_stream.h"
#include "indexer/run/files/verify.h"
#include "indexer/run/job.h"

/* A recorded block that may be met again somewhere in what is cut. */
typedef struct known_block {
    const dx_block *block;
    bool is_used; /* it was met, or another has its number */
} known_block;

/* A stream being cut: its records gather in a job until a block ends. */
typedef struct cutting {
    const dx_submitter *submitter;
    const char *path;
    dx_file *file; /* NULL: standard input */
    const dx_source *source;
    dx_byte_stream *in;
    dx_arena arena;
    dx_str head;               /* in `arena`: that its records share */
    known_block *known;    /* owned; in their order in the file */
    known_block **by_hash; /* owned: the same, in order of their hashes */
    size_t known_count, next_known;
    uint64_t consumed;          /* of the file, before this block */
    uint64_t first;             /* number of the first record, less 1 */
    uint64_t block_first, last; /* likewise of this block; the last one in it */
    bool is_last_closed;        /* the last block ended where blocks end */
    dx_job job;
    dx_status failure; /* of handing jobs over: ends the run */
    dx_error *err;     /* of that */
} cutting;

/* ---- blocks that are known ---- */

static int compare_hashes(dx_hash128 a, dx_hash128 b)
{
    return a.hi != b.hi ? (a.hi > b.hi) - (a.hi < b.hi)
                        : (a.lo > b.lo) - (a.lo < b.lo);
}

static int by_hash(const void *a, const void *b)
{
    known_block *const *x = a, *const *y = b;

    return compare_hashes((*x)->block->hash, (*y)->block->hash);
}

static int find_by_hash(const void *key, const void *item)
{
    const dx_hash128 *hash = key;
    known_block *const *known = item;

    return compare_hashes(*hash, (*known)->block->hash);
}

/* All but those that were found at the beginning and the end. */
static dx_status init_known(cutting *c, const dx_verified *found)
{
    size_t count = c->file->old_count, end = dx_file_present(c->file);

    c->known = dx_calloc(count + 1, sizeof *c->known);
    c->by_hash = dx_calloc(count + 1, sizeof *c->by_hash);
    if (!c->known || !c->by_hash)
        return dx_fail_nomem(c->err);
    for (size_t i = found->prefix; i < count; i++) {
        if (i >= end - found->suffix && i < end)
            continue;
        c->known[c->known_count].block = &c->file->old[i];
        c->by_hash[c->known_count] = &c->known[c->known_count];
        c->known_count++;
    }
    qsort(c->by_hash, c->known_count, sizeof *c->by_hash, by_hash);
    return DX_OK;
}

/* What this block was, if it was there; it is used from now on. */
static const dx_block *find_known(cutting *c, const dx_block *now)
{
    known_block **found = bsearch(&now->hash, c->by_hash, c->known_count,
        sizeof *c->by_hash, find_by_hash);

    if (!found || (*found)->is_used || (*found)->block->is_stale ||
        (*found)->block->bytes != now->bytes)
        return NULL;
    (*found)->is_used = true;
    c->next_known = (size_t)(*found - c->known) + 1;
    return (*found)->block;
}

/* A block that has changed mostly has the articles of the one in whose place it
 * is: with its number they are found where they belong. */
static dx_status take_number(cutting *c, dx_intake *in, uint32_t *number)
{
    while (c->next_known < c->known_count && c->known[c->next_known].is_used)
        c->next_known++;
    if (c->next_known == c->known_count)
        return dx_files_number(in->files, number);
    c->known[c->next_known].is_used = true;
    *number = c->known[c->next_known++].block->number;
    return DX_OK;
}

/* ---- blocks ---- */

static dx_str name_of(const cutting *c)
{
    return c->file ? c->file->record.name : dx_str_from(c->path);
}

static dx_status start_job(cutting *c)
{
    dx_status rc = dx_job_init(&c->job, c->path, name_of(c), c->source);

    c->block_first = c->last;
    dx_pipeline_reuse(c->submitter->pipeline, &c->job.piece);
    return rc == DX_OK ? rc : dx_fail_nomem(c->err);
}

/* Submits the job, which is taken, and starts the next one. */
static dx_status submit_job(cutting *c)
{
    dx_status rc = dx_submit(c->submitter, &c->job, c->err);

    c->job = (dx_job){.path = NULL};
    return rc == DX_OK ? start_job(c) : rc;
}

/* Adds blocks that are as they were. */
static dx_status keep_blocks(cutting *c, const dx_block *blocks, size_t count,
    uint64_t bytes)
{
    dx_intake *in = dx_pipeline_lock(c->submitter->pipeline);
    dx_status rc = DX_OK;

    for (size_t i = 0; rc == DX_OK && i < count; i++) {
        dx_files_keep(in->files, blocks[i].number);
        rc = dx_blocks_add(&c->file->blocks, &blocks[i]);
    }
    in->bytes += bytes;
    dx_pipeline_unlock(c->submitter->pipeline);
    return rc == DX_OK ? rc : dx_fail_nomem(c->err);
}

/* The block at hand, which is another one than before, and its job. */
static dx_status submit_block(cutting *c, dx_block *block)
{
    dx_intake *in = dx_pipeline_lock(c->submitter->pipeline);
    dx_status rc = take_number(c, in, &block->number);

    dx_pipeline_unlock(c->submitter->pipeline);
    if (rc == DX_OK)
        rc = dx_blocks_add(&c->file->blocks, block);
    if (rc != DX_OK)
        return dx_fail(c->err, rc, "%s: %s", c->path, dx_status_text(rc));
    c->job.number = block->number;
    return submit_job(c);
}

/* What was read since the last block: nothing, at the end, is no block, but a file
 * has one at least, for its number. */
static dx_status end_block(cutting *c)
{
    uint64_t now = dx_byte_stream_consumed_bytes(c->in);
    dx_block block = {.records = (uint32_t)(c->last - c->block_first)};

    c->job.bytes = now - c->consumed;
    c->consumed = now;
    if (!c->file)
        return submit_job(c);
    dx_byte_stream_take_digest(c->in, &block.bytes, &block.hash);
    block.hash = dx_hash128_xor(block.hash, c->file->salt);
    if (block.bytes == 0 && c->file->blocks.count > 0)
        return DX_OK;
    const dx_block *known = find_known(c, &block);
    if (!known)
        return submit_block(c, &block);
    dx_piece_clear(&c->job.piece);
    c->block_first = c->last;
    return keep_blocks(c, known, 1, c->job.bytes);
}

static dx_status add_record(void *ctx, const dx_record *record)
{
    cutting *c = ctx;
    dx_record numbered = *record;

    if (record->name.len == 0) /* else it is known by its name */
        numbered.number = c->last = c->first + record->number;
    if (dx_piece_add(&c->job.piece, &numbered) != DX_OK)
        c->failure = dx_fail_nomem(c->err);
    c->is_last_closed =
        dx_piece_is_full(&c->job.piece) ||
        dx_blocks_end_here(record->bytes, c->job.piece.bytes.len);
    if (c->failure == DX_OK && c->is_last_closed)
        c->failure = end_block(c);
    return c->failure;
}

/* ---- what records share ---- */

/* It stands at the beginning of the file. */
static dx_status read_head(const char *path, const dx_source *source,
    const dx_input_options *input, dx_arena *arena, dx_str *head, dx_error *err)
{
    dx_byte_stream *in;

    *head = (dx_str){NULL, 0};
    if (!source->head)
        return DX_OK;
    DX_TRY(dx_byte_stream_open(path, &in, err));
    dx_status rc = dx_byte_stream_decode(in, err);
    if (rc == DX_OK)
        rc = source->head(in, input, arena, head, err);
    dx_byte_stream_close(in);
    return rc;
}

/* Blocks are as they were only if their head is, too. */
static dx_hash128 salt_of(dx_str head)
{
    return head.len ? dx_hash128_of(head.ptr, head.len) : (dx_hash128){0};
}

static dx_status take_head(cutting *c, dx_error *reason)
{
    DX_TRY(read_head(c->path, c->source, c->submitter->input, &c->arena,
        &c->head, reason));
    c->file->salt = salt_of(c->head);
    c->file->has_inner_line_ends = c->source->head != NULL;
    return DX_OK;
}

/* ---- a stream ---- */

static void fail_stream(cutting *c, const char *reason)
{
    dx_submit_skip(c->submitter, c->path, reason);
    if (c->file)
        c->file->is_failed = true;
}

/* Compressed streams have to be read from their beginning. */
static dx_status open_stream(cutting *c, dx_verified *found, dx_error *reason)
{
    *found = (dx_verified){.to = UINT64_MAX};
    if (c->file)
        DX_TRY(take_head(c, reason));
    if (c->file && c->file->record.is_plain)
        DX_TRY(dx_file_verify(c->file, c->submitter->threads, found));
    if (found->prefix + found->suffix) {
        DX_TRY(dx_byte_stream_open_part(c->path, true, found->from, found->to,
            &c->in, reason));
        if (found->from > 0)
            dx_byte_stream_set_head(c->in, c->head);
    } else {
        DX_TRY(dx_byte_stream_open(c->path, &c->in, reason));
        DX_TRY(dx_byte_stream_decode(c->in, reason));
    }
    dx_byte_stream_set_load_max(c->in, c->submitter->record_bytes);
    dx_byte_stream_set_window_max(c->in, c->submitter->window_bytes);
    return c->file ? dx_byte_stream_digest(c->in, reason) : DX_OK;
}

static dx_status keep_prefix(cutting *c, const dx_verified *found)
{
    for (size_t i = 0; i < found->prefix; i++)
        c->first += c->file->old[i].records;
    c->last = c->block_first = c->first;
    return keep_blocks(c, c->file->old, found->prefix, found->from);
}

static dx_status keep_suffix(cutting *c, const dx_verified *found)
{
    size_t from = dx_file_present(c->file) - found->suffix;

    return keep_blocks(c, c->file->old + from, found->suffix,
        c->file->record.stamp.size_bytes - found->to);
}

/* Whether the last block is one that goes on when something is appended. */
static bool is_open(const cutting *c, const dx_verified *found)
{
    bool is_as_before = found->suffix > 0 ||
                        (found->prefix > 0 && found->from == found->to);

    return is_as_before ? c->file->record.is_open
                        : !c->is_last_closed ||
                              !dx_byte_stream_line_has_ended(c->in);
}

/* A part of a file, or standard input: it may well have no record. */
static dx_status cut_part(const dx_source *source, dx_byte_stream *in,
    const dx_input_options *options, dx_record_each each, void *ctx, dx_error *err)
{
    return source->cut(in, options, each, ctx, err);
}

/* What was cut before a stream turned out to be damaged counts. */
static dx_status cut(cutting *c, bool is_whole_file)
{
    dx_error reason = {0};
    dx_status rc = (is_whole_file ? dx_source_cut : cut_part)(c->source, c->in,
        c->submitter->input, add_record, c, &reason);
    size_t blocks = c->file ? c->file->blocks.count : 0;

    DX_TRY(c->failure);
    if (rc == DX_ERR_NOMEM)
        return dx_fail_nomem(c->err);
    if (rc != DX_OK)
        fail_stream(c, reason.msg);
    DX_TRY(end_block(c));
    if (c->file && c->file->blocks.count > blocks)
        c->is_last_closed = false;
    return DX_OK;
}

static dx_status read_file(cutting *c, const dx_verified *found)
{
    dx_file *file = c->file;

    DX_TRY(init_known(c, found));
    DX_TRY(keep_prefix(c, found));
    DX_TRY(cut(c, found->prefix + found->suffix == 0));
    if (found->suffix)
        DX_TRY(keep_suffix(c, found));
    file->record.is_open = is_open(c, found);
    file->record.is_plain = dx_byte_stream_is_plain(c->in);
    return DX_OK;
}

static dx_status read_stream(cutting *c)
{
    dx_error reason = {0};
    dx_verified found;
    dx_status rc = open_stream(c, &found, &reason);

    if (rc == DX_ERR_NOMEM)
        return dx_fail_nomem(c->err);
    if (rc != DX_OK) {
        fail_stream(c, reason.msg);
        return DX_OK;
    }
    DX_TRY(start_job(c));
    return c->file ? read_file(c, &found) : cut(c, false);
}

static dx_status finish(cutting *c)
{
    dx_intake *in = dx_pipeline_lock(c->submitter->pipeline);
    dx_status rc = dx_files_finish(in->files, c->file);

    dx_pipeline_unlock(c->submitter->pipeline);
    return rc == DX_OK ? rc : dx_fail_nomem(c->err);
}

dx_status dx_stream_read(const dx_submitter *s, const char *path, dx_file *file,
    const dx_source *source, dx_error *err)
{
    cutting c = {.submitter = s, .path = path, .file = file, .source = source,
        .err = err};
    dx_status rc = read_stream(&c);

    if (file && rc == DX_OK)
        rc = finish(&c);
    else
        dx_file_free(file);
    dx_job_free(&c.job);
    dx_byte_stream_close(c.in);
    dx_arena_free(&c.arena);
    dx_free(c.known);
    dx_free(c.by_hash);
    return rc;
}

/* ---- a block once more ---- */

static dx_status gather_record(void *ctx, const dx_record *record)
{
    dx_job *job = ctx;

    return dx_piece_add(&job->piece, record);
}

/* With the head of the file, where that is not in it. */
static dx_status open_block(const dx_block_place *place, dx_str head,
    dx_byte_stream **in)
{
    DX_TRY(dx_byte_stream_open_part(place->path, place->is_plain, place->offset,
        place->offset + place->block.bytes, in, NULL));
    if (place->offset > 0)
        dx_byte_stream_set_head(*in, head);
    return dx_byte_stream_digest(*in, NULL);
}

static dx_status read_block(const dx_submitter *s, const dx_block_place *place,
    dx_job *job, bool *is_same)
{
    uint64_t bytes = 0;
    dx_hash128 hash = {0};
    dx_byte_stream *in = NULL;
    dx_arena arena = DX_ARENA_INIT;
    dx_str head;
    dx_status rc =
        read_head(place->path, job->source, s->input, &arena, &head, NULL);

    if (rc == DX_OK)
        rc = open_block(place, head, &in);
    if (rc == DX_OK)
        dx_byte_stream_set_load_max(in, s->record_bytes);
    if (rc == DX_OK)
        rc = job->source->cut(in, s->input, gather_record, job, NULL);
    if (rc == DX_OK)
        dx_byte_stream_take_digest(in, &bytes, &hash);
    dx_byte_stream_close(in);
    hash = dx_hash128_xor(hash, salt_of(head));
    dx_arena_free(&arena);
    *is_same = rc == DX_OK && bytes == place->block.bytes &&
               dx_hash128_eq(hash, place->block.hash);
    return rc == DX_ERR_NOMEM ? rc : DX_OK;
}

dx_status dx_stream_read_again(const dx_submitter *s,
    const dx_block_place *place, const dx_source *source, bool *is_same,
    dx_error *err)
{
    dx_job job;
    dx_status rc = dx_job_init(&job, place->path, place->name, source);

    job.number = place->block.number;
    job.is_again = true;
    if (rc == DX_OK)
        rc = read_block(s, place, &job, is_same);
    if (rc == DX_OK && *is_same)
        return dx_submit(s, &job, err);
    dx_job_free(&job);
    return rc == DX_OK ? rc : dx_fail_nomem(err);
}
