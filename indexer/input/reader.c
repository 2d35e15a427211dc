/* The one adapter of libarchive, which undoes gzip and zstd for us. Why it:
 * Debian's, BSD, and one interface for both, also for files of several
 * members. Plain files are read directly: a corpus is mostly plain, and
 * passing it through would cost a copy. */
#include "indexer/input/input.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/mem.h"

#define BLOCK_BYTES (256u << 10)

struct dx_reader {
    int fd; /* owned unless standard input */
    char *path; /* owned */
    struct archive *archive; /* owned; NULL for a plain file */
    unsigned char *raw; /* owned; what libarchive is reading from */
    size_t raw_len; /* bytes in raw that it has not been given yet */
    uint64_t consumed;
    uint64_t size_hint; /* of a regular plain file, else 0 */
    char *data; /* owned */
    size_t start, end, cap; /* data[start..end) is unread */
    bool at_end;
};

static const char *shown(const char *path)
{
    return dx_input_path_shown(dx_str_from(path)).ptr;
}

static dx_status fail_read(const dx_reader *r, dx_error *err)
{
    return dx_fail(err, DX_ERR_IO, "%s: cannot read: %s", shown(r->path),
        strerror(errno));
}

/* read() of at least one byte, 0 at the end, -1 on error. */
static ssize_t read_some(dx_reader *r, void *to, size_t n)
{
    ssize_t got;

    do
        got = read(r->fd, to, n);
    while (got < 0 && errno == EINTR);
    if (got > 0)
        r->consumed += (uint64_t)got;
    return got;
}

static la_ssize_t feed(struct archive *a, void *ctx, const void **block)
{
    dx_reader *r = ctx;
    size_t n = r->raw_len;

    *block = r->raw;
    r->raw_len = 0;
    if (n > 0)
        return (la_ssize_t)n;
    ssize_t got = read_some(r, r->raw, BLOCK_BYTES);
    if (got < 0)
        archive_set_error(a, errno, "%s", strerror(errno));
    return got;
}

static dx_status fail_unpack(const dx_reader *r, dx_error *err)
{
    const char *why = archive_error_string(r->archive);

    if (archive_errno(r->archive) == ENOMEM)
        return dx_fail_nomem(err);
    return dx_fail(err, DX_ERR_FORMAT,
        "%s: cannot decompress: %s; is the file complete?", shown(r->path),
        why ? why : "unknown reason");
}

static dx_status start_unpacking(dx_reader *r, dx_error *err)
{
    struct archive_entry *entry;

    r->archive = archive_read_new();
    if (!r->archive)
        return dx_fail_nomem(err);
    if (archive_read_support_filter_gzip(r->archive) < ARCHIVE_WARN ||
        archive_read_support_filter_zstd(r->archive) < ARCHIVE_WARN ||
        archive_read_support_format_raw(r->archive) != ARCHIVE_OK ||
        archive_read_support_format_empty(r->archive) != ARCHIVE_OK ||
        archive_read_open(r->archive, r, NULL, feed, NULL) != ARCHIVE_OK)
        return fail_unpack(r, err);
    int rc = archive_read_next_header(r->archive, &entry);
    if (rc == ARCHIVE_EOF)
        r->at_end = true;
    else if (rc < ARCHIVE_WARN)
        return fail_unpack(r, err);
    return DX_OK;
}

static bool is_compressed(const unsigned char *p, size_t n)
{
    return (n >= 2 && memcmp(p, "\x1F\x8B", 2) == 0) ||
           (n >= 4 && memcmp(p, "\x28\xB5\x2F\xFD", 4) == 0);
}

/* Reads the first block: its first bytes say whether to decompress. */
static dx_status open_data(dx_reader *r, dx_error *err)
{
    struct stat st;

    if (fstat(r->fd, &st) != 0)
        return fail_read(r, err);
    if (S_ISDIR(st.st_mode))
        return dx_fail(err, DX_ERR_IO, "%s: is a folder, not a file",
            shown(r->path));
    r->cap = BLOCK_BYTES;
    r->data = dx_malloc(r->cap);
    if (!r->data)
        return dx_fail_nomem(err);
    while (r->end < 4 && !r->at_end) { /* a pipe may give one byte at a time */
        ssize_t got = read_some(r, r->data + r->end, r->cap - r->end);
        if (got < 0)
            return fail_read(r, err);
        r->at_end = got == 0;
        r->end += (size_t)got;
    }
    if (!is_compressed((const unsigned char *)r->data, r->end)) {
        r->size_hint = S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
        return DX_OK;
    }
    r->raw = dx_malloc(BLOCK_BYTES);
    if (!r->raw)
        return dx_fail_nomem(err);
    memcpy(r->raw, r->data, r->end);
    r->raw_len = r->end;
    r->end = 0;
    r->at_end = false;
    return start_unpacking(r, err);
}

dx_status dx_reader_open(const char *path, dx_reader **out, dx_error *err)
{
    bool is_stdin = strcmp(path, "-") == 0;

    *out = NULL;
    dx_reader *r = dx_calloc(1, sizeof *r);
    if (!r)
        return dx_fail_nomem(err);
    r->fd = -1;
    dx_status status = DX_OK;
    const char *name = is_stdin ? "standard input" : path;
    r->path = dx_strndup(name, strlen(name));
    if (!r->path) {
        status = dx_fail_nomem(err);
    } else {
        r->fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
        status = r->fd < 0 ? dx_fail(err, DX_ERR_IO, "%s: cannot open: %s",
                                 shown(path), strerror(errno))
                           : open_data(r, err);
    }
    if (status != DX_OK) {
        dx_reader_close(r);
        return status;
    }
    *out = r;
    return DX_OK;
}

/* Room for at least one more byte in data, up to `max` unread bytes. False
 * (with *status) when that is too much or memory is short. */
static bool make_room(dx_reader *r, size_t max, dx_status *status,
    dx_error *err)
{
    if (r->start > 0) {
        memmove(r->data, r->data + r->start, r->end - r->start);
        r->end -= r->start;
        r->start = 0;
    }
    *status = DX_OK;
    if (r->end < r->cap)
        return true;
    if (r->cap > max) {
        *status = DX_ERR_LIMIT;
        return false;
    }
    void *data = r->data;
    size_t want = r->cap * 2;
    if (r->size_hint >= r->cap && r->size_hint <= max)
        want = (size_t)r->size_hint + 1; /* one over, to see the end */
    if (dx_grow(&data, &r->cap, want, 1) != 0) {
        *status = dx_fail_nomem(err);
        return false;
    }
    r->data = data;
    return true;
}

/* Appends more bytes to data; sets at_end. Call only with room. */
static dx_status fill(dx_reader *r, dx_error *err)
{
    size_t room = r->cap - r->end;
    ssize_t got;

    if (r->at_end)
        return DX_OK;
    if (r->archive) {
        got = archive_read_data(r->archive, r->data + r->end, room);
        if (got < 0)
            return fail_unpack(r, err);
    } else {
        got = read_some(r, r->data + r->end, room);
        if (got < 0)
            return fail_read(r, err);
    }
    r->at_end = got == 0;
    r->end += (size_t)got;
    return DX_OK;
}

/* Passes over the rest of an overlong line. */
static dx_status skip_line(dx_reader *r, dx_error *err)
{
    for (;;) {
        const char *at = r->data + r->start;
        const char *nl = r->end > r->start
            ? memchr(at, '\n', r->end - r->start) : NULL;
        if (nl) {
            r->start += (size_t)(nl - at) + 1;
            break;
        }
        r->start = r->end = 0;
        if (r->at_end)
            break;
        DX_TRY(fill(r, err));
    }
    return dx_fail(err, DX_ERR_LIMIT,
        "%s: a line is longer than %u MiB and was skipped", shown(r->path),
        DX_INPUT_LINE_MAX_BYTES >> 20);
}

dx_status dx_reader_line(dx_reader *r, dx_str *line, dx_error *err)
{
    size_t seen = 0; /* bytes from start known to hold no line end */

    *line = (dx_str){NULL, 0};
    for (;;) {
        const char *at = r->data + r->start;
        size_t have = r->end - r->start;
        const char *nl = have > seen
            ? memchr(at + seen, '\n', have - seen) : NULL;
        size_t n = nl ? (size_t)(nl - at) : have;
        if (n > DX_INPUT_LINE_MAX_BYTES)
            return skip_line(r, err);
        if (nl || r->at_end) {
            if (have == 0)
                return DX_OK;
            r->start += nl ? n + 1 : n;
            *line = (dx_str){at, n > 0 && at[n - 1] == '\r' ? n - 1 : n};
            return DX_OK;
        }
        seen = have;
        dx_status status;
        if (!make_room(r, DX_INPUT_LINE_MAX_BYTES + 1, &status, err))
            return status == DX_ERR_LIMIT ? skip_line(r, err) : status;
        DX_TRY(fill(r, err));
    }
}

dx_status dx_reader_all(dx_reader *r, dx_str *bytes, dx_error *err)
{
    *bytes = (dx_str){NULL, 0};
    while (!r->at_end) {
        dx_status status;
        if (!make_room(r, DX_INPUT_FILE_MAX_BYTES, &status, err) &&
            status != DX_ERR_LIMIT)
            return status;
        if (status == DX_OK)
            DX_TRY(fill(r, err));
        if (status != DX_OK || r->end - r->start > DX_INPUT_FILE_MAX_BYTES)
            return dx_fail(err, DX_ERR_LIMIT,
                "%s: larger than %u MiB; split it, or make it JSONL",
                shown(r->path), DX_INPUT_FILE_MAX_BYTES >> 20);
    }
    *bytes = (dx_str){r->data + r->start, r->end - r->start};
    r->start = r->end;
    return DX_OK;
}

uint64_t dx_reader_consumed_bytes(const dx_reader *r)
{
    return r->consumed;
}

void dx_reader_close(dx_reader *r)
{
    if (!r)
        return;
    if (r->archive)
        archive_read_free(r->archive);
    if (r->fd > STDIN_FILENO)
        close(r->fd);
    dx_free(r->raw);
    dx_free(r->data);
    dx_free(r->path);
    dx_free(r);
}
