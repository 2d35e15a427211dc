/* Reads and writes records of what was taken down. */
#include "indexer/run/takedown/record.h"

#include <stdio.h>
#include <string.h>

#include "common/base/bytes.h"
#include "common/index/field/article_id.h"
#include "indexer/gather/article_key.h"

#define HEAD_BYTES 52u
#define BLOCK_BYTES 4u
#define CHECKSUM_BYTES 8u

dx_str dx_takedown_key(const dx_takedown *t, char out[DX_TAKEDOWN_KEY_BYTES + 1])
{
    dx_hash128 h = dx_article_key(dx_hash128_of(t->id.ptr, t->id.len), t->content);
    int n = snprintf(out, DX_TAKEDOWN_KEY_BYTES + 1, "%s%016llx%016llx",
        DX_TAKEDOWN_KEY_PREFIX.ptr, (unsigned long long)h.hi,
        (unsigned long long)h.lo);

    return (dx_str){out, (size_t)n};
}

uint32_t dx_takedown_block(const dx_takedown *t, uint32_t i)
{
    return dx_load_u32(t->blocks + (size_t)i * BLOCK_BYTES);
}

bool dx_takedown_read(dx_str value, dx_takedown *out)
{
    const uint8_t *p = (const uint8_t *)value.ptr;

    if (value.len < HEAD_BYTES + CHECKSUM_BYTES)
        return false;
    *out = (dx_takedown){.flags = dx_load_u32(p),
        .time_s = (int64_t)dx_load_u64(p + 4),
        .content = dx_load_u64(p + 12),
        .text = {.hi = dx_load_u64(p + 20), .lo = dx_load_u64(p + 28)},
        .block_count = dx_load_u32(p + 36)};
    uint64_t id = dx_load_u32(p + 40), url = dx_load_u32(p + 44);
    uint64_t reason = dx_load_u32(p + 48);
    uint64_t bytes = HEAD_BYTES + id + url + reason +
                     (uint64_t)out->block_count * BLOCK_BYTES;
    if (bytes + CHECKSUM_BYTES != value.len ||
        dx_load_u64(p + bytes) != dx_hash64(p, bytes) ||
        out->flags > DX_TAKEDOWN_FLAGS || id == 0)
        return false;
    const char *text = value.ptr + HEAD_BYTES;
    out->id = (dx_str){text, id};
    out->url = (dx_str){text + id, url};
    out->reason = (dx_str){text + id + url, reason};
    out->blocks = p + HEAD_BYTES + id + url + reason;
    return true;
}

void dx_takedown_write(const dx_takedown *t, const uint32_t *blocks, size_t count,
    dx_buf *out)
{
    size_t start = out->len;

    dx_buf_put_u32(out, t->flags);
    dx_buf_put_u64(out, (uint64_t)t->time_s);
    dx_buf_put_u64(out, t->content);
    dx_buf_put_u64(out, t->text.hi);
    dx_buf_put_u64(out, t->text.lo);
    dx_buf_put_u32(out, (uint32_t)count);
    dx_buf_put_u32(out, (uint32_t)t->id.len);
    dx_buf_put_u32(out, (uint32_t)t->url.len);
    dx_buf_put_u32(out, (uint32_t)t->reason.len);
    dx_buf_put_str(out, t->id);
    dx_buf_put_str(out, t->url);
    dx_buf_put_str(out, t->reason);
    for (size_t i = 0; i < count; i++)
        dx_buf_put_u32(out, blocks[i]);
    if (out->status == DX_OK)
        dx_buf_put_u64(out, dx_hash64(out->data + start, out->len - start));
}

const char *dx_takedown_fault(dx_str key, dx_str value, uint32_t next)
{
    char key_bytes[DX_TAKEDOWN_KEY_BYTES + 1];
    dx_takedown t;

    if (!dx_takedown_read(value, &t))
        return "is damaged";
    if (!dx_str_eq(key, dx_takedown_key(&t, key_bytes)))
        return "is that of another article";
    for (uint32_t i = 0; i < t.block_count; i++)
        if (dx_takedown_block(&t, i) >= next)
            return "has a block that never was";
    return NULL;
}

/* ---- what an article is known by ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void put_dense(dx_hasher *h, dx_str s)
{
    for (size_t from = 0, end; from < s.len; from = end + 1) {
        for (end = from; end < s.len && !is_blank(s.ptr[end]); end++)
            continue;
        if (end > from)
            dx_hasher_put(h, s.ptr + from, end - from);
    }
}

dx_status dx_takedown_text(const dx_str *parts, size_t count, dx_hash128 *out)
{
    dx_hasher *h = dx_hasher_new();

    if (!h)
        return DX_ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        put_dense(h, parts[i]);
    *out = dx_hasher_take(h);
    dx_hasher_free(h);
    return DX_OK;
}

uint64_t dx_takedown_url(dx_str url)
{
    if (!dx_id_is_address(url))
        return 0;
    const char *from = (const char *)memchr(url.ptr, ':', url.len) + 3; /* "://" */
    dx_str rest = {from, (size_t)(dx_str_end(url) - from)};
    const char *fragment = memchr(rest.ptr, '#', rest.len);
    if (fragment)
        rest.len = (size_t)(fragment - rest.ptr);
    if (rest.ptr[rest.len - 1] == '/')
        rest.len--;
    return dx_hash64(rest.ptr, rest.len);
}
