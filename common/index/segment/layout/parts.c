/* Puts items into chunks, and finds them again. */
#include "common/index/segment/layout/parts.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/base/mem.h"

#define CHUNK_RECORD_BYTES 16u
#define PART_BYTES_MAX UINT32_MAX
#define LARGE_ARRAY_BYTES (1u << 20)

static const struct {
    const char *name, *group;
    bool array;
} parts[DX_PART_COUNT] = {
#define DX_PART_ROW(name, number, group, array) [number] = {#name, group, array},
    DX_PART_MAP(DX_PART_ROW)
#undef DX_PART_ROW
};

const char *dx_part_group(dx_part part) { return parts[part].group; }

const char *dx_part_name(unsigned part)
{
    return part < DX_PART_COUNT ? parts[part].name : "unknown";
}

/* Not by snprintf(), which took a seventieth of a process: a query looks up
 * some forty chunks. */
static char *put_digits(char *p, uint32_t v, uint32_t base, unsigned count)
{
    for (unsigned i = count; i-- > 0; v /= base)
        p[i] = "0123456789abcdef"[v % base];
    assert(v == 0);
    return p + count;
}

static char *put_segment(char *p, uint32_t segment)
{
    *p++ = *DX_SEGMENT_PREFIX;
    p = put_digits(p, segment, 16, 8);
    *p++ = '.';
    return p;
}

dx_str dx_part_key(char out[DX_PART_KEY_MAX], uint32_t segment, unsigned part,
    uint32_t chunk)
{
    char *p = put_digits(put_segment(out, segment), part, 10, 2);

    *p++ = '.';
    p = put_digits(p, chunk, 16, 4);
    return (dx_str){out, (size_t)(p - out)};
}

dx_str dx_part_head_key(char out[DX_PART_KEY_MAX], uint32_t segment)
{
    static const char head[4] = "head";
    char *p = put_segment(out, segment);

    memcpy(p, head, sizeof head);
    return (dx_str){out, (size_t)(p - out) + sizeof head};
}

dx_str dx_segment_prefix(char out[DX_PART_KEY_MAX], uint32_t segment)
{
    return (dx_str){out, (size_t)(put_segment(out, segment) - out)};
}

/* ---- writing ---- */

typedef struct pending_chunk {
    char key[DX_PART_KEY_MAX];
    size_t key_len;
    dx_buf value; /* owned */
} pending_chunk;

/* Chunks wait in memory until there are enough for a transaction. The thread
 * that brings the last one then begins and commits it, because LMDB ties a
 * write transaction to a thread. */
struct dx_part_sink {
    dx_writer *store; /* borrowed */
    uint32_t segment;
    pthread_mutex_t lock; /* guards all below */
    pending_chunk *pending; /* owned */
    size_t pending_count, pending_cap;
    size_t pending_bytes;
    uint64_t bytes;
    dx_status status; /* latched */
    dx_error error;
};

dx_status dx_part_sink_new(dx_writer *store, uint32_t segment,
    dx_part_sink **out)
{
    dx_part_sink *s = dx_calloc(1, sizeof *s);

    *out = s;
    if (!s)
        return DX_ERR_NOMEM;
    s->store = store;
    s->segment = segment;
    pthread_mutex_init(&s->lock, NULL);
    /* Another thread must not run into the caller's transaction. */
    s->status = dx_writer_commit(store, &s->error);
    return DX_OK;
}

static void drop_pending(dx_part_sink *s)
{
    for (size_t i = 0; i < s->pending_count; i++)
        dx_buf_free(&s->pending[i].value);
    s->pending_count = 0;
    s->pending_bytes = 0;
}

void dx_part_sink_free(dx_part_sink *s)
{
    if (!s)
        return;
    drop_pending(s);
    dx_free(s->pending);
    pthread_mutex_destroy(&s->lock);
    dx_free(s);
}

static void write_pending(dx_part_sink *s)
{
    for (size_t i = 0; i < s->pending_count && s->status == DX_OK; i++) {
        pending_chunk *c = &s->pending[i];
        s->status = dx_writer_put(s->store, (dx_str){c->key, c->key_len},
            (dx_str){(const char *)c->value.data, c->value.len}, &s->error);
        dx_buf_free(&c->value);
    }
    if (s->status == DX_OK)
        s->status = dx_writer_commit(s->store, &s->error);
    drop_pending(s);
}

static dx_status add_pending(dx_part_sink *s, dx_str key, dx_buf *value)
{
    void *p = s->pending;

    if (dx_grow(&p, &s->pending_cap, s->pending_count + 1, sizeof *s->pending))
        return dx_fail_nomem(&s->error);
    s->pending = p;
    pending_chunk *c = &s->pending[s->pending_count++];
    memcpy(c->key, key.ptr, key.len);
    c->key_len = key.len;
    c->value = *value;
    s->bytes += value->len;
    s->pending_bytes += value->len;
    dx_buf_init(value, PART_BYTES_MAX);
    return DX_OK;
}

/* Takes ownership of the value. */
static void sink_put(dx_part_sink *s, dx_str key, dx_buf *value)
{
    pthread_mutex_lock(&s->lock);
    if (s->status == DX_OK)
        s->status = add_pending(s, key, value);
    if (s->status == DX_OK && s->pending_bytes >= DX_STORE_TXN_BYTES)
        write_pending(s);
    pthread_mutex_unlock(&s->lock);
}

/* Puts a value that is written in place, and the checksum of its sums into
 * `*checksum`. */
static dx_status fill_value(dx_part_sink *s, dx_str key, size_t bytes,
    dx_part_fill *fill, void *ctx, uint64_t *checksum)
{
    size_t whole = bytes + dx_chunk_sums_bytes(bytes);
    void *out;

    DX_TRY(dx_writer_reserve(s->store, key, whole, &out, &s->error));
    dx_status rc = fill(ctx, out);
    if (rc != DX_OK)
        return dx_fail(&s->error, rc, "%s while writing a segment",
            dx_status_text(rc));
    *checksum = dx_chunk_sum_up(out, bytes, (uint8_t *)out + bytes);
    s->bytes += whole;
    return dx_writer_commit(s->store, &s->error);
}

static void sink_fail(dx_part_sink *s, dx_status status)
{
    pthread_mutex_lock(&s->lock);
    if (s->status == DX_OK)
        s->status = dx_fail(&s->error, status, "%s while writing a segment",
            dx_status_text(status));
    pthread_mutex_unlock(&s->lock);
}

dx_status dx_part_sink_status(dx_part_sink *s, dx_error *err)
{
    pthread_mutex_lock(&s->lock);
    dx_status status = s->status;
    if (status != DX_OK && err)
        *err = s->error;
    pthread_mutex_unlock(&s->lock);
    return status;
}

uint64_t dx_part_sink_bytes(dx_part_sink *s)
{
    pthread_mutex_lock(&s->lock);
    uint64_t bytes = s->bytes;
    pthread_mutex_unlock(&s->lock);
    return bytes;
}

dx_status dx_part_sink_end(dx_part_sink *s, dx_buf *head)
{
    char key[DX_PART_KEY_MAX];

    sink_put(s, dx_part_head_key(key, s->segment), head);
    pthread_mutex_lock(&s->lock);
    if (s->status == DX_OK)
        write_pending(s);
    pthread_mutex_unlock(&s->lock);
    return dx_part_sink_status(s, NULL);
}

void dx_part_writer_init(dx_part_writer *w, dx_part_sink *sink, dx_part part)
{
    *w = (dx_part_writer){.sink = sink, .part = part};
    dx_buf_init(&w->chunk, PART_BYTES_MAX);
    dx_buf_init(&w->table, PART_BYTES_MAX);
}

void dx_part_writer_free(dx_part_writer *w)
{
    dx_buf_free(&w->chunk);
    dx_buf_free(&w->table);
}

static void put_record(dx_part_writer *w, size_t bytes, uint64_t checksum)
{
    dx_buf_put_u32(&w->table, w->start);
    dx_buf_put_u32(&w->table, (uint32_t)bytes);
    dx_buf_put_u64(&w->table, checksum);
    w->start += (uint32_t)bytes;
    w->chunks++;
}

/* Small ones wait for others, since a transaction has to wait for the disk. */
static void put_small_array(dx_part_writer *w, size_t bytes, dx_part_fill *fill,
    void *ctx)
{
    uint8_t *out = bytes ? dx_buf_extend(&w->chunk, bytes) : NULL;
    dx_status rc = out ? fill(ctx, out) : w->chunk.status;

    if (rc != DX_OK)
        sink_fail(w->sink, rc);
}

static void put_large_array(dx_part_writer *w, size_t bytes, dx_part_fill *fill,
    void *ctx)
{
    dx_part_sink *s = w->sink;
    char text[DX_PART_KEY_MAX];
    dx_str key = dx_part_key(text, s->segment, w->part, 0);
    uint64_t checksum = 0;

    pthread_mutex_lock(&s->lock);
    if (s->status == DX_OK)
        write_pending(s);
    if (s->status == DX_OK)
        s->status = fill_value(s, key, bytes, fill, ctx, &checksum);
    pthread_mutex_unlock(&s->lock);
    put_record(w, bytes, checksum);
}

void dx_part_put_array(dx_part_writer *w, size_t bytes, dx_part_fill *fill,
    void *ctx)
{
    assert(w->chunks == 0 && w->chunk.len == 0);
    if (bytes > PART_BYTES_MAX - dx_chunk_sums_bytes(PART_BYTES_MAX))
        sink_fail(w->sink, DX_ERR_LIMIT);
    else if (bytes < LARGE_ARRAY_BYTES)
        put_small_array(w, bytes, fill, ctx);
    else
        put_large_array(w, bytes, fill, ctx);
}

static void flush_chunk(dx_part_writer *w)
{
    char key[DX_PART_KEY_MAX];
    size_t bytes = w->chunk.len;
    uint8_t *sums = bytes ? dx_buf_extend(&w->chunk, dx_chunk_sums_bytes(bytes))
                          : NULL;

    if (sums)
        put_record(w, bytes, dx_chunk_sum_up(w->chunk.data, bytes, sums));
    if (w->chunk.status != DX_OK || w->table.status != DX_OK) {
        sink_fail(w->sink, w->chunk.status ? w->chunk.status
                                           : w->table.status);
        return;
    }
    if (!sums)
        return;
    sink_put(w->sink,
        dx_part_key(key, w->sink->segment, w->part, w->chunks - 1), &w->chunk);
    dx_buf_clear(&w->chunk);
}

uint32_t dx_part_put_two(dx_part_writer *w, dx_str first, dx_str second)
{
    size_t bytes = first.len + second.len;

    if (bytes > PART_BYTES_MAX - w->start - w->chunk.len) {
        sink_fail(w->sink, DX_ERR_LIMIT);
        return 0;
    }
    size_t whole = w->chunk.len + bytes;
    if (!parts[w->part].array && w->chunk.len > 0 &&
        whole + dx_chunk_sums_bytes(whole) > DX_CHUNK_BYTES)
        flush_chunk(w);
    uint32_t offset = w->start + (uint32_t)w->chunk.len;
    dx_buf_put_str(&w->chunk, first);
    dx_buf_put_str(&w->chunk, second);
    return offset;
}

uint32_t dx_part_put(dx_part_writer *w, const void *item, size_t bytes)
{
    return dx_part_put_two(w, (dx_str){item, bytes}, (dx_str){"", 0});
}

void dx_part_writer_end(dx_part_writer *w, dx_buf *head)
{
    flush_chunk(w);
    dx_buf_put_u32(head, w->chunks);
    dx_buf_put(head, w->table.data, w->table.len);
    if (w->table.status != DX_OK)
        sink_fail(w->sink, w->table.status);
}

/* ---- reading ---- */

static dx_status open_part(dx_parts *ps, unsigned part, dx_part_reader *r,
    const uint8_t **p, const uint8_t *end)
{
    if (end - *p < 4)
        return DX_ERR_CORRUPT;
    uint32_t count = dx_load_u32(*p);
    *p += 4;
    if (count > (size_t)(end - *p) / CHUNK_RECORD_BYTES)
        return DX_ERR_CORRUPT;
    r->chunks = dx_calloc(count, sizeof *r->chunks);
    if (!r->chunks)
        return DX_ERR_NOMEM;
    r->chunk_count = count;
    for (uint32_t i = 0; i < count; i++, *p += CHUNK_RECORD_BYTES) {
        dx_chunk *c = &r->chunks[i];
        c->start = dx_load_u32(*p);
        c->bytes = dx_load_u32(*p + 4);
        c->checksum = dx_load_u64(*p + 8);
        c->part = part;
        c->number = i;
        c->home = &ps->home;
        if (c->start != r->bytes || c->bytes == 0)
            return DX_ERR_CORRUPT;
        r->bytes += c->bytes;
    }
    return DX_OK;
}

static unsigned part_count(const dx_parts *ps)
{
    return DX_PART_COUNT + ps->other_count;
}

static dx_part_reader *reader_of(dx_parts *ps, unsigned part)
{
    return part < DX_PART_COUNT ? &ps->part[part]
                                : &ps->others[part - DX_PART_COUNT];
}

static size_t sound_words(const dx_chunk *c)
{
    return dx_sound_words(dx_chunk_page_count(c->bytes));
}

/* Gives each chunk its share of a table of all pages. */
static dx_status share_sound(dx_parts *ps)
{
    size_t words = 0;

    for (unsigned i = 0; i < part_count(ps); i++)
        for (uint32_t k = 0; k < reader_of(ps, i)->chunk_count; k++)
            words += sound_words(&reader_of(ps, i)->chunks[k]);
    ps->sound = dx_calloc(words + 1, sizeof *ps->sound);
    if (!ps->sound)
        return DX_ERR_NOMEM;
    _Atomic(uint32_t) *next = ps->sound;
    for (unsigned i = 0; i < part_count(ps); i++)
        for (uint32_t k = 0; k < reader_of(ps, i)->chunk_count; k++) {
            reader_of(ps, i)->chunks[k].sound = next;
            next += sound_words(&reader_of(ps, i)->chunks[k]);
        }
    return DX_OK;
}

dx_status dx_parts_open(dx_parts *ps, dx_snapshot *snapshot, uint32_t segment,
    const uint8_t **p, const uint8_t *end)
{
    *ps = (dx_parts){.home = {.snapshot = snapshot}, .segment = segment};
    if (end - *p < 4)
        return DX_ERR_CORRUPT;
    uint32_t count = dx_load_u32(*p);
    *p += 4;
    if (count > DX_PARTS_MAX)
        return DX_ERR_CORRUPT;
    if (count > DX_PART_COUNT) {
        ps->others = dx_calloc(count - DX_PART_COUNT, sizeof *ps->others);
        if (!ps->others)
            return DX_ERR_NOMEM;
        ps->other_count = count - DX_PART_COUNT;
    }
    for (unsigned i = 0; i < count; i++)
        DX_TRY(open_part(ps, i, reader_of(ps, i), p, end));
    return share_sound(ps);
}

void dx_parts_close(dx_parts *ps)
{
    for (unsigned i = 0; i < part_count(ps); i++)
        dx_free(reader_of(ps, i)->chunks);
    dx_free(ps->others);
    dx_free((void *)(uintptr_t)ps->sound);
}

/* Looks a chunk up in the store when it is first needed: a query touches a few,
 * and a cold process should not pay for the others. If two threads look it up
 * at once, they find the same address. */
static const uint8_t *chunk_data(const dx_parts *ps, dx_chunk *c)
{
    const uint8_t *data =
        atomic_load_explicit(&c->data, memory_order_relaxed);

    if (data)
        return data;
    char key[DX_PART_KEY_MAX];
    dx_str value;
    if (dx_snapshot_get(ps->home.snapshot,
            dx_part_key(key, ps->segment, c->part, c->number), &value,
            NULL) != DX_OK ||
        value.len != c->bytes + dx_chunk_sums_bytes(c->bytes)) {
        dx_chunk_note_damage(c);
        return NULL;
    }
    data = (const uint8_t *)value.ptr;
    atomic_store_explicit(&c->data, data, memory_order_relaxed);
    return data;
}

dx_str dx_parts_at(const dx_parts *ps, dx_part part, uint64_t offset,
    dx_chunk **chunk)
{
    const dx_part_reader *r = &ps->part[part];

    *chunk = NULL;
    if (offset >= r->bytes)
        return (dx_str){NULL, 0};
    /* Nearly all chunks have nearly DX_CHUNK_BYTES. */
    uint32_t guess = (uint32_t)(offset / DX_CHUNK_BYTES);
    uint32_t i = guess < r->chunk_count ? guess : r->chunk_count - 1;
    while (r->chunks[i].start > offset)
        i--;
    while (offset - r->chunks[i].start >= r->chunks[i].bytes)
        i++;
    const uint8_t *data = chunk_data(ps, &r->chunks[i]);
    if (!data)
        return (dx_str){NULL, 0};
    *chunk = &r->chunks[i];
    uint32_t skip = (uint32_t)offset - r->chunks[i].start;
    return (dx_str){(const char *)data + skip, r->chunks[i].bytes - skip};
}

bool dx_parts_read(const dx_parts *ps, dx_part part, uint64_t offset, void *out,
    size_t bytes)
{
    dx_chunk *chunk;
    dx_str at = dx_parts_at(ps, part, offset, &chunk);

    return at.len >= bytes &&
           dx_chunk_read(chunk, (const uint8_t *)at.ptr, bytes, out);
}

dx_status dx_parts_read_item(const dx_parts *ps, dx_part part, uint64_t offset,
    uint64_t end, dx_buf *out)
{
    dx_chunk *chunk;
    dx_str at = dx_parts_at(ps, part, offset, &chunk);

    dx_buf_clear(out);
    if (at.len == 0 || end <= offset)
        return DX_ERR_CORRUPT;
    if (at.len > end - offset)
        at.len = (size_t)(end - offset);
    uint8_t *copy = dx_buf_extend(out, at.len);
    if (!copy)
        return out->status;
    return dx_chunk_read(chunk, (const uint8_t *)at.ptr, at.len, copy)
               ? DX_OK
               : DX_ERR_CORRUPT;
}

dx_str dx_parts_array(const dx_parts *ps, dx_part part, dx_chunk **chunk)
{
    dx_str all = dx_parts_at(ps, part, 0, chunk);

    return all.len == ps->part[part].bytes ? all : (dx_str){NULL, 0};
}

bool dx_parts_verify(const dx_parts *ps, unsigned part)
{
    const dx_part_reader *r = part < DX_PART_COUNT
                                  ? &ps->part[part]
                                  : &ps->others[part - DX_PART_COUNT];

    for (uint32_t i = 0; i < r->chunk_count; i++) {
        dx_chunk *c = &r->chunks[i];
        if (!chunk_data(ps, c) ||
            !dx_chunk_verify_pages(c, 0, dx_page_count(c->bytes) - 1))
            return false;
    }
    return true;
}
