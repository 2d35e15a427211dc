/* Reads and writes records of input files. */
#include "indexer/run/files/file_record.h"

#include <stdio.h>
#include <string.h>

#include "common/base/bytes.h"
#include "common/base/hash.h"

#define HEAD_BYTES 56u
#define BLOCK_BYTES 32u
#define STALE ((uint32_t)1 << 31) /* beside its number of records */
#define FLAG_PLAIN 1u
#define FLAG_OPEN 2u
#define FLAG_NAME 4u /* it stands behind the path; else it is the path's end */
#define FLAG_GIVEN 8u
#define FLAG_PAGE 16u /* what it tells of its host stands before the blocks */
#define FLAGS 31u
#define PAGE_BYTES 28u
#define CHECKSUM_BYTES 8u

dx_str dx_file_key(dx_str path, char out[DX_STORE_KEY_MAX + 1])
{
    dx_hash128 h = dx_hash128_of(path.ptr, path.len);
    int n;

    if (path.len < DX_STORE_KEY_MAX)
        n = snprintf(out, DX_STORE_KEY_MAX + 1, "%s%.*s",
            DX_FILE_KEY_PREFIX.ptr, (int)path.len, path.ptr);
    else
        n = snprintf(out, DX_STORE_KEY_MAX + 1, "%s#%016llx%016llx",
            DX_FILE_KEY_PREFIX.ptr, (unsigned long long)h.hi,
            (unsigned long long)h.lo);
    return (dx_str){out, (size_t)n};
}

static bool read_page(const uint8_t *p, dx_of_host *out)
{
    *out = (dx_of_host){dx_load_u64(p), dx_load_u64(p + 8), dx_load_u64(p + 16),
        dx_load_u32(p + 24)};
    return out->host != 0 && out->flags <= DX_HOST_FLAGS;
}

bool dx_file_record_read(dx_str value, dx_file_record *out)
{
    const uint8_t *p = (const uint8_t *)value.ptr;

    if (value.len < HEAD_BYTES + CHECKSUM_BYTES ||
        dx_load_u64(p + value.len - CHECKSUM_BYTES) !=
            dx_hash64(p, value.len - CHECKSUM_BYTES))
        return false;
    uint32_t flags = dx_load_u32(p + 32);
    uint64_t path_len = dx_load_u32(p + 44), name_len = dx_load_u32(p + 48);
    uint64_t stored = flags & FLAG_NAME ? name_len : 0;
    *out = (dx_file_record){
        .stamp = {dx_load_u64(p), (int64_t)dx_load_u64(p + 8),
            (int64_t)dx_load_u64(p + 16), dx_load_u64(p + 24)},
        .is_plain = flags & FLAG_PLAIN,
        .is_open = flags & FLAG_OPEN,
        .is_given = flags & FLAG_GIVEN,
        .sample = dx_load_u32(p + 36),
        .block_count = dx_load_u32(p + 40),
        .reading = dx_load_u32(p + 52)};
    uint64_t page = flags & FLAG_PAGE ? PAGE_BYTES : 0;
    uint64_t bytes = HEAD_BYTES + path_len + stored + page +
                     (uint64_t)out->block_count * BLOCK_BYTES + CHECKSUM_BYTES;
    if (flags > FLAGS || bytes != value.len || path_len == 0 ||
        out->block_count == 0 || (stored == 0 && name_len > path_len))
        return false;
    const char *path = value.ptr + HEAD_BYTES;
    out->path = (dx_str){path, path_len};
    out->name = (dx_str){path + (stored ? path_len : path_len - name_len),
        name_len};
    out->blocks = (const uint8_t *)path + path_len + stored + page;
    return page == 0 || read_page(out->blocks - page, &out->page);
}

dx_block dx_file_record_block(const dx_file_record *r, uint32_t i)
{
    const uint8_t *p = r->blocks + (size_t)i * BLOCK_BYTES;

    uint32_t records = dx_load_u32(p + 4);

    return (dx_block){.number = dx_load_u32(p), .records = records & ~STALE,
        .is_stale = (records & STALE) != 0, .bytes = dx_load_u64(p + 8),
        .hash = {.hi = dx_load_u64(p + 16), .lo = dx_load_u64(p + 24)}};
}

static void write_block(const dx_block *b, dx_buf *out)
{
    dx_buf_put_u32(out, b->number);
    dx_buf_put_u32(out, (b->records & ~STALE) | (b->is_stale ? STALE : 0));
    dx_buf_put_u64(out, b->bytes);
    dx_buf_put_u64(out, b->hash.hi);
    dx_buf_put_u64(out, b->hash.lo);
}

static void write_page(const dx_of_host *page, dx_buf *out)
{
    dx_buf_put_u64(out, page->host);
    dx_buf_put_u64(out, page->front);
    dx_buf_put_u64(out, page->behind);
    dx_buf_put_u32(out, page->flags);
}

void dx_file_record_write(const dx_file_record *r, const dx_block *blocks,
    size_t count, dx_buf *out)
{
    size_t from = r->path.len - r->name.len, start = out->len;
    bool is_end = r->name.len <= r->path.len &&
                  memcmp(r->path.ptr + from, r->name.ptr, r->name.len) == 0;

    dx_buf_put_u64(out, r->stamp.size_bytes);
    dx_buf_put_u64(out, (uint64_t)r->stamp.mtime_ns);
    dx_buf_put_u64(out, (uint64_t)r->stamp.ctime_ns);
    dx_buf_put_u64(out, r->stamp.inode);
    dx_buf_put_u32(out, (r->is_plain ? FLAG_PLAIN : 0) |
                            (r->is_open ? FLAG_OPEN : 0) |
                            (r->is_given ? FLAG_GIVEN : 0) |
                            (is_end ? 0 : FLAG_NAME) |
                            (r->page.host ? FLAG_PAGE : 0));
    dx_buf_put_u32(out, r->sample);
    dx_buf_put_u32(out, (uint32_t)count);
    dx_buf_put_u32(out, (uint32_t)r->path.len);
    dx_buf_put_u32(out, (uint32_t)r->name.len);
    dx_buf_put_u32(out, r->reading);
    dx_buf_put_str(out, r->path);
    if (!is_end)
        dx_buf_put_str(out, r->name);
    if (r->page.host)
        write_page(&r->page, out);
    for (size_t i = 0; i < count; i++)
        write_block(&blocks[i], out);
    if (out->status == DX_OK)
        dx_buf_put_u64(out, dx_hash64(out->data + start, out->len - start));
}

bool dx_file_record_is_under(const dx_file_record *r, dx_str root)
{
    dx_str path = r->path;
    bool slash = root.len && root.ptr[root.len - 1] == '/';

    return path.len >= root.len && memcmp(path.ptr, root.ptr, root.len) == 0 &&
           (path.len == root.len || slash || path.ptr[root.len] == '/');
}

typedef struct under {
    dx_str root;
    bool any;
} under;

static dx_status note_any(void *ctx, dx_str key, dx_str value)
{
    under *u = ctx;
    dx_file_record r;

    (void)key;
    u->any |= dx_file_record_read(value, &r) && dx_file_record_is_under(&r, u->root);
    return DX_OK;
}

dx_status dx_file_records_are_under(dx_snapshot *snapshot, const char *root,
    bool *any, dx_error *err)
{
    under u = {.root = dx_str_from(root)};
    dx_status rc = snapshot ? dx_snapshot_each(snapshot, DX_FILE_KEY_PREFIX,
                                  note_any, &u, err)
                            : DX_OK;

    *any = u.any;
    return rc;
}
