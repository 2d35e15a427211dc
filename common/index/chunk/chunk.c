/* Sums of pages: makes them, and verifies pages by them. */
#include "common/index/chunk/chunk.h"

#include <string.h>

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/base/mem.h"
#include "common/index/store/snapshot.h"

#define AT_ONCE 4u /* pages that are read together */
#define NOTED ((uint64_t)1 << 63)

static size_t page_bytes(size_t bytes, size_t page)
{
    size_t left = bytes - page * DX_PAGE_BYTES;

    return left < DX_PAGE_BYTES ? left : DX_PAGE_BYTES;
}

static uint32_t sum_of(const uint8_t *page, size_t bytes)
{
    return (uint32_t)dx_hash64(page, bytes);
}

uint64_t dx_chunk_sum_up(const uint8_t *data, size_t bytes, uint8_t *out)
{
    size_t pages = dx_page_count(bytes);

    for (size_t i = 0; i < pages; i++)
        dx_store_u32(out + i * DX_PAGE_SUM_BYTES,
            sum_of(data + i * DX_PAGE_BYTES, page_bytes(bytes, i)));
    return dx_hash64(out, pages * DX_PAGE_SUM_BYTES);
}

bool dx_chunk_agrees(const uint8_t *data, size_t bytes)
{
    const uint8_t *sum = data + bytes;

    for (size_t i = 0; i < dx_page_count(bytes); i++, sum += DX_PAGE_SUM_BYTES)
        if (sum_of(data + i * DX_PAGE_BYTES, page_bytes(bytes, i)) !=
            dx_load_u32(sum))
            return false;
    return true;
}

void dx_chunk_close(dx_chunk *c) { dx_free(atomic_load(&c->sums)); }

/* ---- damage ---- */

void dx_chunk_note_damage(const dx_chunk *c)
{
    uint64_t none = 0;

    atomic_compare_exchange_strong(&c->home->damage, &none,
        NOTED | (uint64_t)c->part << 32 | c->number);
}

bool dx_chunk_home_damage(const dx_chunk_home *home, uint32_t *part,
    uint32_t *number)
{
    uint64_t noted = atomic_load(&home->damage);

    *part = (uint32_t)((noted & ~NOTED) >> 32);
    *number = (uint32_t)noted;
    return noted != 0;
}

/* ---- verifying ---- */

static const uint8_t *data_of(const dx_chunk *c)
{
    return atomic_load_explicit(&c->data, memory_order_relaxed);
}

static bool is_seen(const dx_chunk *c, size_t page)
{
    return atomic_load_explicit(&c->seen[page], memory_order_relaxed);
}

/* If two threads copy the sums at once, one copy is kept. */
static const uint8_t *keep_sums(dx_chunk *c, uint8_t *copy)
{
    uint8_t *first = NULL;

    if (atomic_compare_exchange_strong(&c->sums, &first, copy))
        return copy;
    dx_free(copy);
    return first;
}

/* The sums; NULL when they are damaged. Without memory for a copy they are read in
 * place. */
static const uint8_t *sums_of(dx_chunk *c)
{
    const uint8_t *sums = atomic_load_explicit(&c->sums, memory_order_acquire);
    dx_str stored = {(const char *)data_of(c) + c->bytes,
        dx_chunk_sums_bytes(c->bytes)};

    if (sums)
        return sums;
    uint8_t *copy = dx_malloc(stored.len);
    if (copy)
        dx_snapshot_read(c->home->snapshot, stored, copy);
    sums = copy ? copy : (const uint8_t *)stored.ptr;
    if (dx_hash64(sums, stored.len) == c->checksum)
        return copy ? keep_sums(c, copy) : sums;
    dx_free(copy);
    return NULL;
}

/* Whether page number `page` is what lies at `p`. */
static bool is_page(dx_chunk *c, size_t page, const uint8_t *p)
{
    const uint8_t *sums = sums_of(c);

    if (!sums || dx_load_u32(sums + page * DX_PAGE_SUM_BYTES) !=
                     sum_of(p, page_bytes(c->bytes, page))) {
        dx_chunk_note_damage(c);
        return false;
    }
    atomic_store_explicit(&c->seen[page], 1, memory_order_relaxed);
    return true;
}

bool dx_chunk_verify_pages(dx_chunk *c, size_t first, size_t last)
{
    for (size_t i = first; i <= last; i++)
        if (!is_seen(c, i) && !is_page(c, i, data_of(c) + i * DX_PAGE_BYTES))
            return false;
    return true;
}

/* Reads a few pages, and copies of them bytes `from` to `end` of the chunk. */
static bool read_pages(dx_chunk *c, size_t first, size_t pages, size_t from,
    size_t end, uint8_t *out)
{
    uint8_t room[AT_ONCE * DX_PAGE_BYTES];
    size_t at = first * DX_PAGE_BYTES, bytes = pages * DX_PAGE_BYTES;

    if (bytes > c->bytes - at)
        bytes = c->bytes - at;
    dx_snapshot_read(c->home->snapshot,
        (dx_str){(const char *)data_of(c) + at, bytes}, room);
    for (size_t i = 0; i < pages; i++)
        if (!is_seen(c, first + i) &&
            !is_page(c, first + i, room + i * DX_PAGE_BYTES))
            return false;
    size_t begin = at > from ? at : from;
    memcpy(out + (begin - from), room + (begin - at),
        (end < at + bytes ? end : at + bytes) - begin);
    return true;
}

bool dx_chunk_read(dx_chunk *c, const uint8_t *p, size_t bytes, void *out)
{
    size_t from = (size_t)(p - data_of(c)), end = from + bytes;
    size_t page = from / DX_PAGE_BYTES, pages = dx_page_count(end);
    bool seen = true;

    for (size_t i = page; i < pages && seen; i++)
        seen = is_seen(c, i);
    if (seen) {
        dx_snapshot_read(c->home->snapshot, (dx_str){(const char *)p, bytes},
            out);
        return true;
    }
    for (; page < pages; page += AT_ONCE) {
        size_t count = pages - page < AT_ONCE ? pages - page : AT_ONCE;
        if (!read_pages(c, page, count, from, end, out))
            return false;
    }
    return true;
}
