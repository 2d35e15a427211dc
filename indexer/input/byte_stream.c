/* Files as they are, or unpacked on the way. Plain files are read directly: a corpus
 * is mostly plain, and passing it through would cost a copy. */
#include "indexer/input/byte_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/mem.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/shown_path.h"
#include "indexer/input/packed/unpack.h"
#include "indexer/input/packed/window.h"
#include "indexer/input/utf16.h"

#define BLOCK_BYTES (256u << 10)
#define UNPACKED_MAX_BYTES ((uint64_t)64 << 20) /* of any archive, besides … */
#define UNPACKED_MAX_RATIO 100u /* … so many times what was read of it */

struct dx_byte_stream {
    int fd; /* owned unless standard input; -1 of a member */
    char *path; /* owned */
    dx_byte_stream *outer; /* borrowed: of a member, what it is in; else NULL */
    unsigned depth;
    uint64_t unpacked; /* of a file: bytes of all its members */
    dx_byte_read read; /* of a member, with its context */
    void *ctx;
    dx_str given;      /* of a member in memory: what is left to be read */
    dx_error failure;  /* of `read` */
    dx_unpack *unpack; /* owned; NULL for a plain file */
    unsigned char *raw; /* owned; what is being unpacked */
    size_t raw_len; /* bytes in raw that it has not been given yet */
    uint64_t consumed;
    uint64_t left; /* bytes that may still come out, besides those in data */
    uint64_t size_hint; /* of a regular plain file, else 0 */
    size_t load_max;    /* 0: DX_INPUT_FILE_MAX_BYTES */
    uint64_t window;    /* that unpacking needs, as its header says */
    size_t window_max;  /* 0: any */
    char *data; /* owned */
    size_t start, end, cap; /* data[start..end) is unread */
    bool at_end;
    bool line_has_ended;
    dx_utf16_decoder *utf16; /* owned; NULL unless it is that */
    dx_str head; /* borrowed */
    dx_hasher *hasher; /* owned; NULL when nobody wants the hash */
    size_t hashed;     /* data[hashed..start) is not in it yet */
    uint64_t hashed_bytes;
};

static const char *shown(const char *path)
{
    return dx_shown_path(dx_str_from(path)).ptr;
}

/* A member's own reason is the true one. */
static dx_status fail_member(const dx_byte_stream *s, dx_error *err)
{
    if (err)
        *err = s->failure;
    return s->failure.status;
}

static dx_status fail_read(const dx_byte_stream *s, dx_error *err)
{
    if (s->failure.status != DX_OK)
        return fail_member(s, err);
    return dx_fail(err, DX_ERR_IO, "%s: cannot read: %s", shown(s->path),
        strerror(errno));
}

static ssize_t read_member(dx_byte_stream *s, void *to, size_t n)
{
    size_t got = 0;
    dx_status rc = s->read(s->ctx, to, n, &got, &s->failure);

    if (rc != DX_OK) {
        s->failure.status = rc;
        errno = EIO;
        return -1;
    }
    s->consumed += got;
    return (ssize_t)got;
}

/* read() of at least one byte, 0 at the end, -1 on error. */
static ssize_t read_some(dx_byte_stream *s, void *to, size_t n)
{
    ssize_t got;

    if (s->read)
        return read_member(s, to, n);
    do
        got = read(s->fd, to, n);
    while (got < 0 && errno == EINTR);
    if (got > 0)
        s->consumed += (uint64_t)got;
    return got;
}

static ssize_t feed(void *ctx, const void **block)
{
    dx_byte_stream *s = ctx;
    size_t n = s->raw_len;

    *block = s->raw;
    s->raw_len = 0;
    return n > 0 ? (ssize_t)n : read_some(s, s->raw, BLOCK_BYTES);
}

/* With the file's name in front of the reason. */
static dx_status fail_unpack(const dx_byte_stream *s, dx_status rc,
    const dx_error *why, dx_error *err)
{
    if (s->failure.status != DX_OK)
        return fail_member(s, err);
    if (rc == DX_ERR_NOMEM)
        return dx_fail_nomem(err);
    return dx_fail(err, rc, "%s: %s", shown(s->path), why->msg);
}

static dx_status start_unpacking(dx_byte_stream *s, dx_error *err)
{
    dx_error why = {0};
    dx_str name;
    dx_status rc = dx_unpack_open(DX_UNPACK_STREAM, feed, s, &s->unpack, &why);

    if (rc == DX_OK)
        rc = dx_unpack_next(s->unpack, &name, &why);
    if (rc != DX_OK)
        return fail_unpack(s, rc, &why, err);
    s->at_end = name.ptr == NULL;
    return DX_OK;
}

static dx_status make_buffer(dx_byte_stream *s, dx_error *err)
{
    s->cap = BLOCK_BYTES;
    s->data = dx_malloc(s->cap);
    return s->data ? DX_OK : dx_fail_nomem(err);
}

/* From here on; what it begins with does not say whether it is compressed. */
static dx_status open_plain(dx_byte_stream *s, uint64_t from, dx_error *err)
{
    return lseek(s->fd, (off_t)from, SEEK_SET) < 0 ? fail_read(s, err)
                                                   : make_buffer(s, err);
}

/* Reads the first block: its first bytes say whether to decompress. `size_hint`: of the
 * file, or 0 when nobody knows. */
static dx_status start_reading(dx_byte_stream *s, uint64_t size_hint,
    dx_error *err)
{
    DX_TRY(make_buffer(s, err));
    while (s->end < DX_WINDOW_ZSTD_HEAD_BYTES && !s->at_end) { /* a pipe gives few */
        ssize_t got = read_some(s, s->data + s->end, s->cap - s->end);
        if (got < 0)
            return fail_read(s, err);
        s->at_end = got == 0;
        s->end += (size_t)got;
    }
    if (!dx_unpack_is_packed((dx_str){(const char *)s->data, s->end})) {
        s->size_hint = size_hint;
        return DX_OK;
    }
    s->window = dx_window_bytes((dx_str){s->data, s->end});
    s->raw = dx_malloc(BLOCK_BYTES);
    if (!s->raw)
        return dx_fail_nomem(err);
    memcpy(s->raw, s->data, s->end);
    s->raw_len = s->end;
    s->end = 0;
    s->at_end = false;
    return start_unpacking(s, err);
}

static dx_status open_data(dx_byte_stream *s, dx_error *err)
{
    struct stat st;

    if (fstat(s->fd, &st) != 0)
        return fail_read(s, err);
    if (S_ISDIR(st.st_mode))
        return dx_fail(err, DX_ERR_IO, "%s: is a folder, not a file",
            shown(s->path));
    return start_reading(s, S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0, err);
}

/* A stream of nothing yet, called `name`. */
static dx_status new_stream(dx_str name, dx_byte_stream **out, dx_error *err)
{
    dx_byte_stream *s = dx_calloc(1, sizeof *s);

    *out = s;
    if (!s) {
        (void)dx_fail_nomem(err);
        return DX_ERR_NOMEM;
    }
    s->fd = -1;
    s->left = UINT64_MAX;
    s->path = dx_strndup(name.ptr, name.len);
    return s->path ? DX_OK : dx_fail_nomem(err);
}

static dx_status open_file(const char *path, dx_byte_stream **out,
    dx_error *err)
{
    bool is_stdin = strcmp(path, "-") == 0;

    DX_TRY(new_stream(dx_str_from(is_stdin ? "standard input" : path), out, err));
    (*out)->fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    return (*out)->fd < 0 ? dx_fail(err, DX_ERR_IO, "%s: cannot open: %s",
                           shown(path), strerror(errno))
                     : DX_OK;
}

/* Closes what could not be opened. */
static dx_status opened(dx_status rc, dx_byte_stream **s)
{
    if (rc == DX_OK)
        return rc;
    dx_byte_stream_close(*s);
    *s = NULL;
    return rc;
}

dx_status dx_byte_stream_open(const char *path, dx_byte_stream **out,
    dx_error *err)
{
    dx_status rc = open_file(path, out, err);

    if (rc == DX_OK)
        rc = open_data(*out, err);
    return opened(rc, out);
}

/* ---- members ---- */

static dx_status new_member(dx_byte_stream *outer, dx_str name,
    dx_byte_stream **out, dx_error *err)
{
    DX_TRY(new_stream(name, out, err));
    (*out)->outer = outer;
    (*out)->depth = outer ? outer->depth + 1 : 0;
    (*out)->load_max = outer ? outer->load_max : 0;
    (*out)->window_max = outer ? outer->window_max : 0;
    return DX_OK;
}

dx_status dx_byte_stream_open_member(dx_byte_stream *outer, dx_str name,
    dx_byte_read read, void *ctx, dx_byte_stream **out, dx_error *err)
{
    dx_status rc = new_member(outer, name, out, err);

    if (rc == DX_OK) {
        (*out)->read = read;
        (*out)->ctx = ctx;
        rc = start_reading(*out, 0, err);
    }
    return opened(rc, out);
}

static dx_status read_given(void *ctx, void *to, size_t room, size_t *got,
    dx_error *err)
{
    dx_byte_stream *s = ctx;

    (void)err;
    *got = s->given.len < room ? s->given.len : room;
    if (*got)
        memcpy(to, s->given.ptr, *got);
    s->given = dx_str_from_offset(s->given, *got);
    return DX_OK;
}

dx_status dx_byte_stream_open_bytes(dx_byte_stream *outer, dx_str name,
    dx_str bytes, dx_byte_stream **out, dx_error *err)
{
    dx_status rc = new_member(outer, name, out, err);

    if (rc == DX_OK) {
        (*out)->read = read_given;
        (*out)->ctx = *out;
        (*out)->given = bytes;
        rc = start_reading(*out, bytes.len, err);
    }
    return opened(rc, out);
}

unsigned dx_byte_stream_depth(const dx_byte_stream *s) { return s->depth; }

dx_status dx_byte_stream_count_unpacked(dx_byte_stream *s, size_t bytes,
    dx_error *err)
{
    while (s->outer)
        s = s->outer;
    s->unpacked += bytes;
    if (s->unpacked < UNPACKED_MAX_BYTES ||
        (s->unpacked - UNPACKED_MAX_BYTES) / UNPACKED_MAX_RATIO <= s->consumed)
        return DX_OK;
    return dx_fail(err, DX_ERR_LIMIT,
        "unpacks to more than %u times its size; unpack it first if it may be so",
        UNPACKED_MAX_RATIO);
}

bool dx_byte_stream_is_plain(const dx_byte_stream *s)
{
    return !s->unpack && !s->utf16;
}

int32_t dx_byte_stream_written(const dx_byte_stream *s)
{
    const int64_t day_s = 86400, first_s = 7305 * day_s; /* 1990: no web before */
    struct stat st;

    if (fstat(s->fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_mtime < first_s)
        return 0;
    return (int32_t)((int64_t)st.st_mtime / day_s);
}

bool dx_byte_stream_line_has_ended(const dx_byte_stream *s) { return s->line_has_ended; }

/* ---- the hash of what is read ---- */

dx_status dx_byte_stream_digest(dx_byte_stream *s, dx_error *err)
{
    s->hasher = dx_hasher_new();
    s->hashed = s->start;
    s->hashed_bytes = 0;
    return s->hasher ? DX_OK : dx_fail_nomem(err);
}

static void hash_read(dx_byte_stream *s)
{
    if (s->hasher)
        dx_hasher_put(s->hasher, s->data + s->hashed, s->start - s->hashed);
    s->hashed_bytes += s->start - s->hashed;
    s->hashed = s->start;
}

void dx_byte_stream_take_digest(dx_byte_stream *s, uint64_t *bytes,
    dx_hash128 *hash)
{
    hash_read(s);
    *bytes = s->hashed_bytes;
    s->hashed_bytes = 0;
    *hash = dx_hasher_take(s->hasher);
}

/* Drops what was read from the buffer. */
static void drop_read(dx_byte_stream *s)
{
    hash_read(s);
    memmove(s->data, s->data + s->start, s->end - s->start);
    s->end -= s->start;
    s->start = s->hashed = 0;
}

/* ---- reading ---- */

/* Room for at least one more byte in data, up to `max` unread bytes. False
 * (with *status) when that is too much or memory is short. */
static bool make_room(dx_byte_stream *s, size_t max, dx_status *status,
    dx_error *err)
{
    if (s->start > 0)
        drop_read(s);
    *status = DX_OK;
    if (s->end < s->cap)
        return true;
    if (s->cap > max) {
        *status = DX_ERR_LIMIT;
        return false;
    }
    void *data = s->data;
    size_t want = s->cap * 2;
    if (s->size_hint >= s->cap && s->size_hint <= max)
        want = (size_t)s->size_hint + 1; /* one over, to see the end */
    if (dx_grow(&data, &s->cap, want, 1) != 0) {
        *status = dx_fail_nomem(err);
        return false;
    }
    s->data = data;
    return true;
}

/* What is to be read, after decompression. */
static dx_status check_window(const dx_byte_stream *s, uint64_t window, dx_error *err)
{
    return s->window_max == 0 || window <= s->window_max
               ? DX_OK
               : dx_fail(err, DX_ERR_FORMAT,
                     "it takes more than %zu MiB of memory to read; more with a larger "
                     "--memory", s->window_max >> 20);
}

static dx_status read_unpacked(void *ctx, void *to, size_t room, size_t *got,
    dx_error *err)
{
    dx_byte_stream *s = ctx;
    dx_error why = {0};

    if (s->unpack) {
        DX_TRY(check_window(s, s->window, err));
        dx_status rc = dx_unpack_read(s->unpack, to, room, got, &why);
        return rc == DX_OK ? dx_byte_stream_count_unpacked(s, *got, err)
                           : fail_unpack(s, rc, &why, err);
    }
    ssize_t n = read_some(s, to, room);
    *got = n > 0 ? (size_t)n : 0;
    return n < 0 ? fail_read(s, err) : DX_OK;
}

/* Appends more bytes to data; sets at_end. Call only with room. */
static dx_status fill(dx_byte_stream *s, dx_error *err)
{
    size_t room = s->cap - s->end, got = 0;
    char *to = s->data + s->end;

    if (room > s->left)
        room = (size_t)s->left;
    if (s->at_end)
        return DX_OK;
    dx_status rc =
        s->utf16 ? dx_utf16_read(s->utf16, read_unpacked, s, to, room, &got, err)
                 : read_unpacked(s, to, room, &got, err);
    s->at_end = rc == DX_OK ? got == 0 : rc == DX_ERR_LIMIT; /* then for good */
    DX_TRY(rc);
    s->end += got;
    s->left -= got;
    return DX_OK;
}

dx_status dx_byte_stream_ahead(dx_byte_stream *s, size_t n, dx_str *bytes,
    dx_error *err)
{
    *bytes = (dx_str){NULL, 0};
    while (!s->at_end && s->end - s->start < n) {
        dx_status status;
        if (!make_room(s, n, &status, err))
            return status;
        DX_TRY(fill(s, err));
    }
    *bytes = (dx_str){s->data + s->start, s->end - s->start};
    return DX_OK;
}

dx_status dx_byte_stream_peek(dx_byte_stream *s, dx_str *bytes, dx_error *err)
{
    return dx_byte_stream_ahead(s, DX_BYTE_STREAM_PEEK_BYTES, bytes, err);
}

dx_status dx_byte_stream_decode(dx_byte_stream *s, dx_error *err)
{
    dx_str first;

    DX_TRY(dx_byte_stream_ahead(s, 4, &first, err));
    dx_utf16 kind = dx_utf16_detect(first);
    if (kind == DX_UTF16_NOT || s->utf16)
        return DX_OK;
    s->utf16 = dx_utf16_decoder_new(kind, first);
    s->end = s->start = 0;
    s->at_end = false;
    return s->utf16 ? DX_OK : dx_fail_nomem(err);
}

const char *dx_byte_stream_encoding(const dx_byte_stream *s)
{
    return s->utf16 ? dx_utf16_name(s->utf16) : NULL;
}

void dx_byte_stream_take(dx_byte_stream *s, size_t n, bool has_ended)
{
    s->start += n;
    s->line_has_ended = has_ended;
}

bool dx_byte_stream_is_at_end(const dx_byte_stream *s) { return s->at_end; }

void dx_byte_stream_set_window_max(dx_byte_stream *s, size_t bytes) { s->window_max = bytes; }

dx_status dx_byte_stream_check_window(const dx_byte_stream *s, dx_str first, dx_error *err)
{
    return check_window(s, dx_window_bytes(first), err);
}

void dx_byte_stream_set_load_max(dx_byte_stream *s, size_t bytes) { s->load_max = bytes; }

size_t dx_byte_stream_record_max(const dx_byte_stream *s)
{
    return s->load_max && s->load_max < DX_INPUT_LINE_MAX_BYTES
               ? s->load_max
               : DX_INPUT_LINE_MAX_BYTES;
}

dx_status dx_byte_stream_load(dx_byte_stream *s, dx_str *bytes, dx_error *err)
{
    const size_t max = s->load_max ? s->load_max : DX_INPUT_FILE_MAX_BYTES;

    *bytes = (dx_str){NULL, 0};
    while (!s->at_end) {
        dx_status status;
        if (!make_room(s, max, &status, err) && status != DX_ERR_LIMIT)
            return status;
        dx_status rc = status == DX_OK ? fill(s, err) : DX_OK;
        if (rc != DX_OK) /* LIMIT: what is loaded is too large */
            return rc == DX_ERR_LIMIT ? DX_ERR_FORMAT : rc;
        if (status != DX_OK || s->end - s->start > max)
            return dx_fail(err, DX_ERR_LIMIT,
                "%s: larger than %zu MiB; split it, or make it JSONL",
                shown(s->path), max >> 20);
    }
    *bytes = (dx_str){s->data + s->start, s->end - s->start};
    return DX_OK;
}

dx_status dx_byte_stream_all(dx_byte_stream *s, dx_str *bytes, dx_error *err)
{
    DX_TRY(dx_byte_stream_load(s, bytes, err));
    s->start = s->end;
    return DX_OK;
}

dx_status dx_byte_stream_pass(dx_byte_stream *s, uint64_t n, dx_error *err)
{
    for (;;) {
        size_t have = s->end - s->start, step = n < have ? (size_t)n : have;
        s->start += step;
        n -= step;
        if (n == 0 || s->at_end)
            return DX_OK;
        drop_read(s);
        DX_TRY(fill(s, err));
    }
}

dx_status dx_byte_stream_skip_to(dx_byte_stream *s, dx_str mark, bool *found,
    dx_error *err)
{
    dx_error why = {0};

    *found = false;
    s->start = s->end;
    drop_read(s);
    if (!s->unpack || s->utf16)
        return DX_OK;
    dx_status rc = dx_unpack_skip_to(s->unpack, mark, found, &why);
    s->at_end = !*found;
    return rc == DX_OK ? rc : fail_unpack(s, rc, &why, err);
}

/* ---- a part ---- */

/* No more than `n` bytes come out from now on. */
static void limit(dx_byte_stream *s, uint64_t n)
{
    size_t have = s->end - s->start;

    if (n < have)
        s->end = s->start + (size_t)n;
    s->left = n > have ? n - have : 0;
}

dx_status dx_byte_stream_open_part(const char *path, bool is_plain,
    uint64_t from, uint64_t to, dx_byte_stream **out, dx_error *err)
{
    dx_status rc = open_file(path, out, err);

    if (rc == DX_OK)
        rc = is_plain ? open_plain(*out, from, err) : open_data(*out, err);
    if (rc == DX_OK && !is_plain)
        rc = dx_byte_stream_decode(*out, err);
    if (rc == DX_OK && !is_plain)
        rc = dx_byte_stream_pass(*out, from, err);
    if (rc == DX_OK)
        limit(*out, to > from ? to - from : 0);
    return opened(rc, out);
}

void dx_byte_stream_set_head(dx_byte_stream *s, dx_str head) { s->head = head; }
dx_str dx_byte_stream_head(const dx_byte_stream *s) { return s->head; }

uint64_t dx_byte_stream_consumed_bytes(const dx_byte_stream *s) { return s->consumed; }

void dx_byte_stream_close(dx_byte_stream *s)
{
    if (!s)
        return;
    dx_unpack_free(s->unpack);
    if (s->fd > STDIN_FILENO)
        close(s->fd);
    dx_hasher_free(s->hasher);
    dx_free(s->raw);
    dx_utf16_decoder_free(s->utf16);
    dx_free(s->data);
    dx_free(s->path);
    dx_free(s);
}
