/* Reads and writes the manifest and the deletion bitmaps. */
#include "common/index/segment/layout/manifest.h"

#include <stdio.h>

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/text/analyzer.h"

#define MAGIC 0x316D7864u /* "dxm1" */
#define HEAD_BYTES 32u
#define ENTRY_BYTES 20u
#define CHECKSUM_BYTES 8u

static dx_status check_head(const uint8_t *p, size_t len, dx_error *err)
{
    if (len < HEAD_BYTES + CHECKSUM_BYTES || dx_load_u32(p) != MAGIC)
        return dx_fail(err, DX_ERR_CORRUPT,
            "the index manifest is damaged; restore a backup or index again");
    if (dx_load_u32(p + 4) != DX_FORMAT_VERSION)
        return dx_fail(err, DX_ERR_VERSION,
            "the index has format %u, this program reads format %u; index "
            "again with this version of dxindex",
            dx_load_u32(p + 4), DX_FORMAT_VERSION);
    if (dx_load_u64(p + len - CHECKSUM_BYTES) !=
        dx_hash64(p, len - CHECKSUM_BYTES))
        return dx_fail(err, DX_ERR_CORRUPT,
            "the index manifest fails its checksum; restore a backup or index "
            "again");
    if (dx_load_u32(p + 8) != DX_ANALYZER_ID)
        return dx_fail(err, DX_ERR_VERSION,
            "the index was made with text rules %u, this program has rules %u; "
            "index again with this version of dxindex",
            dx_load_u32(p + 8), DX_ANALYZER_ID);
    return DX_OK;
}

dx_status dx_manifest_read(dx_str record, dx_manifest *out, dx_error *err)
{
    const uint8_t *p = (const uint8_t *)record.ptr;

    *out = (dx_manifest){0};
    if (record.len == 0)
        return DX_OK;
    DX_TRY(check_head(p, record.len, err));
    uint32_t count = dx_load_u32(p + 28);
    if (count > DX_SEGMENTS_MAX ||
        record.len != HEAD_BYTES + (size_t)count * ENTRY_BYTES + CHECKSUM_BYTES)
        return dx_fail(err, DX_ERR_CORRUPT, "the index manifest is damaged");
    out->generation = dx_load_u64(p + 12);
    out->next_segment = dx_load_u32(p + 20);
    out->next_file = dx_load_u32(p + 24);
    p += HEAD_BYTES;
    for (uint32_t i = 0; i < count; i++, p += ENTRY_BYTES) {
        dx_segment_entry *e = dx_manifest_add(out);
        if (!e) {
            dx_manifest_free(out);
            return dx_fail_nomem(err);
        }
        *e = (dx_segment_entry){dx_load_u32(p), dx_load_u32(p + 4),
            dx_load_u32(p + 8), dx_load_u64(p + 12)};
    }
    return DX_OK;
}

void dx_manifest_write(const dx_manifest *m, dx_buf *out)
{
    dx_buf_put_u32(out, MAGIC);
    dx_buf_put_u32(out, DX_FORMAT_VERSION);
    dx_buf_put_u32(out, DX_ANALYZER_ID);
    dx_buf_put_u64(out, m->generation);
    dx_buf_put_u32(out, m->next_segment);
    dx_buf_put_u32(out, m->next_file);
    dx_buf_put_u32(out, (uint32_t)m->count);
    for (size_t i = 0; i < m->count; i++) {
        dx_buf_put_u32(out, m->segments[i].id);
        dx_buf_put_u32(out, m->segments[i].docs);
        dx_buf_put_u32(out, m->segments[i].deleted);
        dx_buf_put_u64(out, m->segments[i].bytes);
    }
    dx_buf_put_u64(out, dx_hash64(out->data, out->len));
}

dx_segment_entry *dx_manifest_add(dx_manifest *m)
{
    void *p = m->segments;

    if (dx_grow(&p, &m->cap, m->count + 1, sizeof *m->segments) != 0)
        return NULL;
    m->segments = p;
    return &m->segments[m->count++];
}

void dx_manifest_free(dx_manifest *m)
{
    dx_free(m->segments);
    *m = (dx_manifest){0};
}

dx_str dx_dead_key(char out[DX_DEAD_KEY_MAX], uint32_t segment)
{
    int n = snprintf(out, DX_DEAD_KEY_MAX, "s%08x.dead", segment);
    return (dx_str){out, (size_t)n};
}

void dx_dead_write(const uint64_t *words, size_t count, dx_buf *out)
{
    for (size_t i = 0; i < count; i++)
        dx_buf_put_u64(out, words[i]);
    dx_buf_put_u64(out, dx_hash64(out->data, out->len));
}

dx_status dx_dead_read(dx_str record, uint64_t *words, size_t count)
{
    const uint8_t *p = (const uint8_t *)record.ptr;

    if (record.len != (count + 1) * 8 ||
        dx_load_u64(p + count * 8) != dx_hash64(p, count * 8))
        return DX_ERR_CORRUPT;
    for (size_t i = 0; i < count; i++)
        words[i] = dx_load_u64(p + i * 8);
    return DX_OK;
}
