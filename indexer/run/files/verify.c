/* Reads blocks of a file and compares their hashes. */
#include "indexer/run/files/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "common/base/mem.h"
#include "indexer/invert/parallel.h"

#define READ_BYTES (128u << 10)  /* stays in the cache of a processor */
#define SAMPLE_BYTES (48u << 20) /* of a file that has grown; about 10 ms */

typedef struct verifier {
    const dx_file *file;
    int fd;
    uint64_t *offsets; /* owned: of each block, and where the last one ends */
    bool *is_same;     /* owned: of each block */
    struct reader {
        dx_hasher *hasher;
        unsigned char *bytes;
    } *readers; /* owned; of each thread */
    unsigned threads;
    /* What is compared by dx_parallel(): `order` is +1 from block `first` on, or -1
     * from there back; where they are is moved by `shift`. */
    size_t first;
    int order;
    uint64_t shift; /* modulo 2^64 */
} verifier;

static ssize_t read_at(int fd, void *to, size_t n, uint64_t at)
{
    ssize_t got;

    do
        got = pread(fd, to, n, (off_t)at);
    while (got < 0 && errno == EINTR);
    return got;
}

static bool is_same(const verifier *v, struct reader *r, const dx_block *b,
    uint64_t at)
{
    for (uint64_t left = b->bytes; left > 0;) {
        size_t n = left < READ_BYTES ? (size_t)left : READ_BYTES;
        ssize_t got = read_at(v->fd, r->bytes, n, at);
        if (got <= 0)
            break;
        dx_hasher_put(r->hasher, r->bytes, (size_t)got);
        at += (uint64_t)got;
        left -= (uint64_t)got;
    }
    dx_hash128 hash =
        dx_hash128_xor(dx_hasher_take(r->hasher), v->file->salt);
    return dx_hash128_eq(hash, b->hash) && b->bytes > 0 && !b->is_stale;
}

static size_t at_step(const verifier *v, size_t index)
{
    return v->order > 0 ? v->first + index : v->first - index;
}

/* Not the same is a failure: no further block is compared then. */
static dx_status compare(void *ctx, unsigned worker, size_t index)
{
    verifier *v = ctx;
    size_t i = at_step(v, index);

    v->is_same[i] = is_same(v, &v->readers[worker], &v->file->old[i],
        v->offsets[i] + v->shift);
    return v->is_same[i] ? DX_OK : DX_ERR_FORMAT;
}

/* How many of `count` blocks from `first` on are the same, before one is not. */
static size_t count_same(verifier *v, size_t first, int order, size_t count)
{
    size_t same = 0;

    v->first = first;
    v->order = order;
    for (size_t i = 0; i < count; i++)
        v->is_same[at_step(v, i)] = false;
    if (dx_parallel(v->threads, count, compare, v) == DX_OK)
        return count;
    while (same < count && v->is_same[at_step(v, same)])
        same++;
    return same;
}

/* ---- a file that has grown ---- */

/* The next blocks of the sample are the same, of `closed` ones that go round. */
static bool is_sample_same(verifier *v, dx_file *file, size_t closed)
{
    size_t first = file->record.sample % closed, count = 0;
    uint64_t bytes = 0;

    while (count < closed && bytes < SAMPLE_BYTES)
        bytes += file->old[(first + count++) % closed].bytes;
    size_t to_end = closed - first < count ? closed - first : count;
    file->record.sample = (uint32_t)((first + count) % closed);
    return count_same(v, first, 1, to_end) == to_end &&
           count_same(v, 0, 1, count - to_end) == count - to_end;
}

static bool has_stale(const dx_file *file, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (file->old[i].is_stale)
            return true;
    return false;
}

/* Whether everything indicates that bytes were appended and nothing else. The last
 * block, if it is open, is read again with them. */
static bool is_appended(verifier *v, dx_file *file, size_t count,
    dx_verified *out)
{
    size_t closed = count - file->record.is_open;
    size_t last = count < 2 ? count : 2;

    if (!file->has_grown || closed == 0 || has_stale(file, closed) ||
        v->offsets[count] >= file->record.stamp.size_bytes ||
        count_same(v, count - 1, -1, last) < last ||
        !is_sample_same(v, file, closed))
        return false;
    *out = (dx_verified){closed, 0, v->offsets[closed], UINT64_MAX};
    return true;
}

/* ---- any other file ---- */

static bool follows_line_end(const verifier *v, uint64_t at)
{
    char before = '\0';

    return at == 0 ||
           (read_at(v->fd, &before, 1, at - 1) == 1 && before == '\n');
}

static void find_suffix(verifier *v, size_t count, dx_verified *out)
{
    uint64_t size = v->file->record.stamp.size_bytes;

    v->shift = size - v->offsets[count];
    size_t same = count_same(v, count - 1, -1, count - out->prefix);
    for (; same > 0; same--) {
        uint64_t start = v->offsets[count - same] + v->shift;
        if (start < out->from || start > size ||
            (start > out->from && !follows_line_end(v, start)))
            continue;
        out->suffix = same;
        out->to = start;
        return;
    }
}

static void compare_all(verifier *v, size_t count, dx_verified *out)
{
    uint64_t size = v->file->record.stamp.size_bytes;

    out->prefix = count_same(v, 0, 1, count);
    if (out->prefix == count && v->offsets[count] == size) {
        out->from = out->to = size;
        return;
    }
    if (out->prefix == count && v->file->record.is_open)
        out->prefix--;
    out->from = v->offsets[out->prefix];
    out->to = UINT64_MAX;
    if (out->prefix < count && !v->file->has_inner_line_ends)
        find_suffix(v, count, out);
}

/* ---- the whole ---- */

static void free_verifier(verifier *v)
{
    for (unsigned i = 0; v->readers && i < v->threads; i++) {
        dx_hasher_free(v->readers[i].hasher);
        dx_free(v->readers[i].bytes);
    }
    dx_free(v->readers);
    dx_free(v->offsets);
    dx_free(v->is_same);
}

static dx_status init(verifier *v, size_t count)
{
    v->readers = dx_calloc(v->threads, sizeof *v->readers);
    v->offsets = dx_calloc(count + 1, sizeof *v->offsets);
    v->is_same = dx_calloc(count + 1, sizeof *v->is_same);
    if (!v->readers || !v->offsets || !v->is_same)
        return DX_ERR_NOMEM;
    for (unsigned i = 0; i < v->threads; i++) {
        v->readers[i].hasher = dx_hasher_new();
        v->readers[i].bytes = dx_malloc(READ_BYTES);
        if (!v->readers[i].hasher || !v->readers[i].bytes)
            return DX_ERR_NOMEM;
    }
    for (size_t i = 0; i < count; i++)
        v->offsets[i + 1] = v->offsets[i] + v->file->old[i].bytes;
    return DX_OK;
}

dx_status dx_file_verify(dx_file *file, unsigned threads, dx_verified *out)
{
    verifier v = {.file = file, .threads = threads};
    size_t count = dx_file_present(file);

    *out = (dx_verified){.to = UINT64_MAX};
    if (count == 0)
        return DX_OK;
    v.fd = open(file->record.path.ptr, O_RDONLY | O_CLOEXEC);
    if (v.fd < 0) /* reading it will tell why */
        return DX_OK;
    dx_status rc = init(&v, count);
    if (rc == DX_OK && !is_appended(&v, file, count, out))
        compare_all(&v, count, out);
    free_verifier(&v);
    close(v.fd);
    return rc;
}
