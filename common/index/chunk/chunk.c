/* Sums of pages: makes them, and verifies pages by them. */
#include "common/index/chunk/chunk.h"

#include <string.h>

#include "common/base/bytes.h"
#include "common/base/hash.h"
#include "common/index/store/snapshot.h"

#define AT_ONCE 8u /* pages that are read together */
#define SUMS_OF_PAGE (DX_PAGE_BYTES / DX_PAGE_SUM_BYTES)
#define NOTED ((uint64_t)1 << 63)

/* The data, or the sums of a level below it. */
typedef struct level {
    size_t at, bytes; /* in the chunk */
    size_t pages;     /* all those of levels before */
} level;

static level data_level(size_t bytes) { return (level){0, bytes, 0}; }

static level sums_of(level of)
{
    size_t pages = dx_page_count(of.bytes);

    return (level){of.at + of.bytes, pages * DX_PAGE_SUM_BYTES, of.pages + pages};
}

/* Whether there are no sums of it, as it is one page of sums. */
static bool is_last(level l) { return l.at > 0 && l.bytes <= DX_PAGE_BYTES; }

static level last_level(size_t bytes)
{
    level l = data_level(bytes);

    while (!is_last(l))
        l = sums_of(l);
    return l;
}

static size_t page_bytes(level l, size_t page)
{
    size_t left = l.bytes - page * DX_PAGE_BYTES;

    return left < DX_PAGE_BYTES ? left : DX_PAGE_BYTES;
}

static uint32_t sum_up(const uint8_t *chunk, level l, size_t page)
{
    return (uint32_t)dx_hash64(chunk + l.at + page * DX_PAGE_BYTES,
        page_bytes(l, page));
}

size_t dx_chunk_sums_bytes(size_t bytes)
{
    level last = last_level(bytes);

    return last.at + last.bytes - bytes;
}

size_t dx_chunk_page_count(size_t bytes) { return last_level(bytes).pages + 1; }

/* ---- whole chunks ---- */

uint64_t dx_chunk_sum_up(const uint8_t *data, size_t bytes, uint8_t *out)
{
    size_t pages = dx_page_count(bytes);
    level one = data_level(bytes);

    for (size_t i = 0; i < pages; i++)
        dx_store_u32(out + i * DX_PAGE_SUM_BYTES, sum_up(data, one, i));
    bytes = pages * DX_PAGE_SUM_BYTES;
    return bytes <= DX_PAGE_BYTES ? dx_hash64(out, bytes)
                                  : dx_chunk_sum_up(out, bytes, out + bytes);
}

bool dx_chunk_agrees(const uint8_t *data, size_t bytes, uint64_t checksum)
{
    level l = data_level(bytes);

    for (; !is_last(l); l = sums_of(l)) {
        const uint8_t *sum = data + sums_of(l).at;
        for (size_t i = 0; i < dx_page_count(l.bytes); i++)
            if (sum_up(data, l, i) != dx_load_u32(sum + i * DX_PAGE_SUM_BYTES))
                return false;
    }
    return dx_hash64(data + l.at, l.bytes) == checksum;
}

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

static bool was_sound(const dx_chunk *c, level l, size_t page)
{
    return dx_page_was_sound(c->sound, l.pages + page);
}

/* A bit that another thread sets at the same time may be lost: then that page is
 * verified once more, which costs less than all of them in turn. */
static void note_sound(dx_chunk *c, level l, size_t page)
{
    size_t bit = l.pages + page;
    _Atomic(uint32_t) *word = &c->sound[bit / DX_SOUND_BITS];

    atomic_store_explicit(word,
        atomic_load_explicit(word, memory_order_relaxed) |
            (uint32_t)1 << bit % DX_SOUND_BITS,
        memory_order_relaxed);
}

static bool agrees(dx_chunk *c, level l, size_t page, const uint8_t *p);

/* The sum of a page, from the level of its sums, which is verified before. */
static bool find_sum(dx_chunk *c, level of, size_t page, uint32_t *sum)
{
    level l = sums_of(of);
    const uint8_t *sums = data_of(c) + l.at;
    size_t upper = page / SUMS_OF_PAGE;

    if (!was_sound(c, l, upper)) {
        if (!agrees(c, l, upper, sums + upper * DX_PAGE_BYTES))
            return false;
        note_sound(c, l, upper);
    }
    *sum = dx_load_u32(sums + page * DX_PAGE_SUM_BYTES);
    return true;
}

/* Whether a page of a level is what lies at `p`. */
static bool agrees(dx_chunk *c, level l, size_t page, const uint8_t *p)
{
    uint64_t hash = dx_hash64(p, page_bytes(l, page));
    uint32_t sum = 0;

    return is_last(l) ? hash == c->checksum
                      : find_sum(c, l, page, &sum) && (uint32_t)hash == sum;
}

/* Likewise of data, unless it is known already. After damage nothing is told any more,
 * so nothing is hashed either: a wrong page may be asked for a million times. */
static bool is_page(dx_chunk *c, level data, size_t page, const uint8_t *p)
{
    if (was_sound(c, data, page))
        return true;
    if (atomic_load_explicit(&c->home->damage, memory_order_relaxed) != 0)
        return false;
    if (!agrees(c, data, page, p)) {
        dx_chunk_note_damage(c);
        return false;
    }
    note_sound(c, data, page);
    return true;
}

bool dx_chunk_verify_pages(dx_chunk *c, size_t first, size_t last)
{
    level data = data_level(c->bytes);

    for (size_t i = first; i <= last; i++)
        if (!is_page(c, data, i, data_of(c) + i * DX_PAGE_BYTES))
            return false;
    return true;
}

/* Reads a few pages, and copies of them bytes `from` to `end` of the chunk. */
static bool read_pages(dx_chunk *c, size_t first, size_t pages, size_t from,
    size_t end, uint8_t *out)
{
    uint8_t room[AT_ONCE * DX_PAGE_BYTES];
    size_t at = first * DX_PAGE_BYTES, bytes = pages * DX_PAGE_BYTES;
    level data = data_level(c->bytes);

    if (bytes > c->bytes - at)
        bytes = c->bytes - at;
    dx_snapshot_read(c->home->snapshot,
        (dx_str){(const char *)data_of(c) + at, bytes}, room);
    for (size_t i = 0; i < pages; i++)
        if (!is_page(c, data, first + i, room + i * DX_PAGE_BYTES))
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
        seen = dx_page_was_sound(c->sound, i);
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
