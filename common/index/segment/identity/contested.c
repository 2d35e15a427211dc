/* The record of ids that several articles have. */
#include "common/index/segment/identity/contested.h"

#include <stdlib.h>

#include "common/base/bytes.h"

#define ID_BYTES 16u
#define CHECKSUM_BYTES 8u

static int compare(dx_hash128 a, dx_hash128 b)
{
    return a.hi != b.hi ? (a.hi > b.hi) - (a.hi < b.hi)
                        : (a.lo > b.lo) - (a.lo < b.lo);
}

dx_hash128 dx_contested_at(const dx_contested *c, size_t i)
{
    const uint8_t *id = c->ids + i * ID_BYTES;

    return (dx_hash128){.hi = dx_load_u64(id), .lo = dx_load_u64(id + 8)};
}

static dx_contested parse(dx_str record)
{
    if (record.len < CHECKSUM_BYTES)
        return (dx_contested){0};
    return (dx_contested){(const uint8_t *)record.ptr,
        (record.len - CHECKSUM_BYTES) / ID_BYTES};
}

dx_status dx_contested_open(dx_snapshot *s, dx_contested *out, dx_error *err)
{
    dx_str record;

    *out = (dx_contested){0};
    DX_TRY(dx_snapshot_get(s, DX_CONTESTED_KEY, &record, err));
    const char *fault = dx_contested_fault(record);
    if (fault)
        return dx_fail(err, DX_ERR_CORRUPT,
            "the record of contested ids %s; restore a backup, or index again into a "
            "new directory", fault);
    *out = parse(record);
    return DX_OK;
}

bool dx_contested_has(const dx_contested *c, dx_hash128 id)
{
    size_t lo = 0, hi = c->count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (compare(dx_contested_at(c, mid), id) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < c->count && compare(dx_contested_at(c, lo), id) == 0;
}

static int by_hash(const void *a, const void *b)
{
    const dx_hash128 *x = a, *y = b;

    return compare(*x, *y);
}

void dx_contested_write(dx_hash128 *ids, size_t count, dx_buf *out)
{
    size_t start = out->len;

    if (count)
        qsort(ids, count, sizeof *ids, by_hash);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && compare(ids[i - 1], ids[i]) == 0)
            continue;
        dx_buf_put_u64(out, ids[i].hi);
        dx_buf_put_u64(out, ids[i].lo);
    }
    if (out->status == DX_OK) /* where there are none, out->data may be NULL */
        dx_buf_put_u64(out, out->len > start
                                ? dx_hash64(out->data + start, out->len - start)
                                : dx_hash64("", 0));
}

const char *dx_contested_fault(dx_str record)
{
    dx_contested c = parse(record);
    size_t bytes = c.count * ID_BYTES;

    if (!record.ptr)
        return "is missing";
    if (record.len != bytes + CHECKSUM_BYTES)
        return "has a wrong length";
    if (dx_load_u64(c.ids + bytes) != dx_hash64(c.ids, bytes))
        return "fails its checksum";
    for (size_t i = 1; i < c.count; i++)
        if (compare(dx_contested_at(&c, i - 1), dx_contested_at(&c, i)) >= 0)
            return "is out of order";
    return NULL;
}
