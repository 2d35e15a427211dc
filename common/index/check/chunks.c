/* Checks the records of a segment: sizes, checksums, nothing more or less. */
#include "common/index/check/chunks.h"

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/index/chunk/chunk.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/layout/parts.h"
#include "common/index/store/snapshot.h"

static dx_status check_chunk(dx_checker *c, unsigned part, uint32_t index,
    const dx_chunk *chunk, dx_error *err)
{
    const char *name = dx_part_name(part);
    size_t whole = chunk->bytes + dx_chunk_sums_bytes(chunk->bytes);
    char key[DX_PART_KEY_MAX];
    dx_str value;

    DX_TRY(dx_snapshot_get(c->snapshot,
        dx_part_key(key, c->segment, part, index), &value, err));
    if (value.len == 0)
        dx_check_problem(c, "%s chunk %u is missing", name, index);
    else if (value.len != whole)
        dx_check_problem(c, "%s chunk %u has %zu bytes instead of %zu", name,
            index, value.len, whole);
    else if (!dx_chunk_agrees((const uint8_t *)value.ptr, chunk->bytes,
                 chunk->checksum))
        dx_check_problem(c, "%s chunk %u (%zu bytes) fails its checksum",
            name, index, whole);
    else
        c->totals->bytes += value.len;
    return DX_OK;
}

static dx_status count_key(void *ctx, dx_str key, dx_str value)
{
    uint64_t *count = ctx;

    (void)key;
    (void)value;
    ++*count;
    return DX_OK;
}

static dx_status check_parts(dx_checker *c, const dx_segment_entry *entry,
    const dx_parts *ps, size_t head_bytes, dx_error *err)
{
    char key[DX_PART_KEY_MAX];
    uint64_t bytes = head_bytes, records = 0;
    uint64_t expected = 1u + (entry->deleted > 0);

    for (unsigned p = 0; p < DX_PART_COUNT + ps->other_count; p++) {
        const dx_part_reader *r = p < DX_PART_COUNT
                                      ? &ps->part[p]
                                      : &ps->others[p - DX_PART_COUNT];
        for (uint32_t i = 0; i < r->chunk_count; i++) {
            DX_TRY(check_chunk(c, p, i, &r->chunks[i], err));
            dx_check_at(c, bytes, entry->bytes);
            bytes += r->chunks[i].bytes +
                     dx_chunk_sums_bytes(r->chunks[i].bytes);
        }
        expected += r->chunk_count;
    }
    if (bytes != entry->bytes)
        dx_check_problem(c, "has %llu bytes, the manifest says %llu",
            (unsigned long long)bytes, (unsigned long long)entry->bytes);
    DX_TRY(dx_snapshot_each(c->snapshot, dx_segment_prefix(key, c->segment),
        count_key, &records, err));
    if (records != expected)
        dx_check_problem(c, "has %llu records instead of %llu",
            (unsigned long long)records, (unsigned long long)expected);
    return DX_OK;
}

dx_status dx_check_chunks(dx_checker *c, const dx_segment_entry *entry,
    dx_error *err)
{
    char key[DX_PART_KEY_MAX];
    dx_str head;
    dx_parts parts;

    DX_TRY(dx_snapshot_get(c->snapshot,
        dx_part_head_key(key, c->segment), &head, err));
    const uint8_t *p = (const uint8_t *)head.ptr;
    if (head.len < DX_SEGMENT_HEAD_BYTES + 8 ||
        dx_load_u32(p) != DX_SEGMENT_MAGIC) {
        dx_check_problem(c, "the head record is missing or no head");
        return DX_OK;
    }
    const uint8_t *end = p + head.len - 8;
    if (dx_load_u64(end) != dx_hash64(p, head.len - 8)) {
        dx_check_problem(c, "the head record fails its checksum");
        return DX_OK;
    }
    c->totals->bytes += head.len;
    p += DX_SEGMENT_HEAD_BYTES;
    dx_status rc =
        dx_parts_open(&parts, c->snapshot, c->segment, &p, end);
    if (rc == DX_OK && p == end)
        rc = check_parts(c, entry, &parts, head.len, err);
    else if (rc != DX_ERR_NOMEM) {
        dx_check_problem(c, "the head's list of parts makes no sense");
        rc = DX_OK;
    }
    dx_parts_close(&parts);
    return rc;
}
