/* Reads and writes the manifest and the deletion bitmaps. */
#include "common/index/segment/layout/manifest.h"

#include <stdio.h>
#include <string.h>

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/index/codec/bits.h"
#include "common/text/analyzer.h"

#define MAGIC 0x316D7864u /* "dxm1" */
#define HEAD_BYTES 32u
#define ENTRY_BYTES 20u
#define CHECKSUM_BYTES 8u

static const char *const features[] = {"hidden"};
#define FEATURES (sizeof features / sizeof *features)

const char *dx_feature_name(unsigned i)
{
    return i < FEATURES ? features[i] : NULL;
}

/* ---- reading ---- */

static dx_status damaged(dx_error *err)
{
    return dx_fail(err, DX_ERR_CORRUPT,
        "the index manifest is damaged; restore a backup or index again");
}

static dx_status check_head(const uint8_t *p, size_t len, dx_error *err)
{
    if (len < HEAD_BYTES + CHECKSUM_BYTES || dx_load_u32(p) != MAGIC)
        return damaged(err);
    uint32_t version = dx_load_u32(p + 4);
    if (version != DX_FORMAT_VERSION)
        return dx_fail(err, DX_ERR_VERSION,
            "the index has format %u, this program reads format %u; %sindex "
            "again with this version of dxindex",
            version, DX_FORMAT_VERSION,
            version > DX_FORMAT_VERSION ? "take a newer version of dx, or "
                                        : "");
    if (dx_load_u64(p + len - CHECKSUM_BYTES) !=
        dx_hash64(p, len - CHECKSUM_BYTES))
        return dx_fail(err, DX_ERR_CORRUPT,
            "the index manifest fails its checksum; restore a backup or index "
            "again");
    return DX_OK;
}

static dx_status read_segments(const uint8_t **p, const uint8_t *end,
    uint32_t count, dx_manifest *out, dx_error *err)
{
    if (count > DX_SEGMENTS_MAX || count > (size_t)(end - *p) / ENTRY_BYTES)
        return damaged(err);
    for (uint32_t i = 0; i < count; i++, *p += ENTRY_BYTES) {
        dx_segment_entry *e = dx_manifest_add(out);
        if (!e)
            return dx_fail_nomem(err);
        *e = (dx_segment_entry){dx_load_u32(*p), dx_load_u32(*p + 4),
            dx_load_u32(*p + 8), dx_load_u64(*p + 12)};
    }
    return DX_OK;
}

static dx_status add_feature(dx_str name, dx_manifest *out, dx_error *err)
{
    for (unsigned i = 0; i < FEATURES; i++) {
        if (!dx_str_eq(dx_str_from(features[i]), name))
            continue;
        if (out->features >> i) /* not in order, or twice */
            return damaged(err);
        out->features |= 1u << i;
        return DX_OK;
    }
    return dx_fail(err, DX_ERR_VERSION,
        "the index needs “%.*s”, which this version of dx does not have; take a "
        "newer version, or index again with this one",
        (int)name.len, name.ptr);
}

static dx_status read_features(const uint8_t **p, const uint8_t *end,
    dx_manifest *out, dx_error *err)
{
    if (end - *p < 1)
        return damaged(err);
    for (unsigned left = *(*p)++; left > 0; left--) {
        size_t len = end - *p < 1 ? 0 : **p;
        if (len == 0 || len >= (size_t)(end - *p))
            return damaged(err);
        DX_TRY(add_feature((dx_str){(const char *)*p + 1, len}, out, err));
        *p += 1 + len;
    }
    return DX_OK;
}

static dx_status read_body(const uint8_t *p, const uint8_t *end,
    dx_manifest *out, dx_error *err)
{
    uint32_t count = dx_load_u32(p + 28);

    out->generation = dx_load_u64(p + 12);
    out->next_segment = dx_load_u32(p + 20);
    out->next_file = dx_load_u32(p + 24);
    p += HEAD_BYTES;
    DX_TRY(read_segments(&p, end, count, out, err));
    DX_TRY(read_features(&p, end, out, err));
    return p == end ? DX_OK : damaged(err);
}

dx_status dx_manifest_read_any_rules(dx_str record, dx_manifest *out,
    uint32_t *rules, dx_error *err)
{
    const uint8_t *p = (const uint8_t *)record.ptr;

    *out = (dx_manifest){0};
    *rules = DX_ANALYZER_ID;
    if (record.len == 0)
        return DX_OK;
    DX_TRY(check_head(p, record.len, err));
    *rules = dx_load_u32(p + 8);
    dx_status rc = read_body(p, p + record.len - CHECKSUM_BYTES, out, err);
    if (rc != DX_OK)
        dx_manifest_free(out);
    return rc;
}

dx_status dx_manifest_read(dx_str record, dx_manifest *out, dx_error *err)
{
    uint32_t rules;

    DX_TRY(dx_manifest_read_any_rules(record, out, &rules, err));
    if (rules == DX_ANALYZER_ID)
        return DX_OK;
    dx_manifest_free(out);
    return dx_fail(err, DX_ERR_VERSION,
        "the index was made with text rules %u, this program has rules %u; make "
        "a new one of it: dxindex rebuild --from OLD NEW",
        rules, DX_ANALYZER_ID);
}

/* ---- writing ---- */

static void write_features(unsigned bits, dx_buf *out)
{
    dx_buf_putc(out, (char)dx_popcount64(bits));
    for (unsigned i = 0; i < FEATURES; i++) {
        if (!(bits >> i & 1))
            continue;
        dx_buf_putc(out, (char)strlen(features[i]));
        dx_buf_puts(out, features[i]);
    }
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
    write_features(m->features, out);
    dx_buf_put_u64(out, dx_hash64(out->data, out->len));
}

/* ---- in memory ---- */

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
