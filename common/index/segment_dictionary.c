/* The dictionary. What a search for a term looks at -- its string, its places,
 * its exact terms -- lies in one block, so in one place of the file: a new process
 * pays for places (docs/ARCHITECTURE.md, "Searching"). */
#include <stdatomic.h>
#include <string.h>

#include "common/index/segment_internal.h"

/* A query looks at a handful of blocks, which are copied from the file (see
 * dx_snapshot_read()). Whoever looks at more of them uses the others in place. */
#define COPIES_MAX 64u

struct dx_block_cache {
    atomic_uint taken;           /* of `copies`; may pass COPIES_MAX */
    uint8_t *copies[COPIES_MAX]; /* owned */
    _Atomic(const uint8_t *) at[]; /* each block that was used so far, or NULL */
};

dx_status dx_segment_open_dictionary(dx_segment *s)
{
    size_t blocks = ((size_t)s->folded_count + DX_BLOCK_TERMS - 1) /
                    DX_BLOCK_TERMS;

    if (s->blocks.count != blocks)
        return DX_ERR_CORRUPT;
    s->block_cache = dx_calloc(1, sizeof *s->block_cache +
                                      blocks * sizeof s->block_cache->at[0]);
    return s->block_cache ? DX_OK : DX_ERR_NOMEM;
}

void dx_segment_close_dictionary(dx_segment *s)
{
    for (unsigned i = 0; s->block_cache && i < COPIES_MAX; i++)
        dx_free(s->block_cache->copies[i]);
    dx_free(s->block_cache);
}

/* ---- blocks ---- */

static uint32_t block_u32(const dx_segment *s, uint32_t block, unsigned at)
{
    return dx_table_u32(s->blocks, DX_BLOCK_ENTRY_BYTES, block, at);
}

static uint32_t terms_in(const dx_segment *s, uint32_t block)
{
    uint32_t left = s->folded_count - block * DX_BLOCK_TERMS;

    return left < DX_BLOCK_TERMS ? left : DX_BLOCK_TERMS;
}

/* The table of exact terms. */
static const uint8_t *exact_table(const dx_segment *s, uint32_t block,
    const uint8_t *p)
{
    return p + (terms_in(s, block) + (size_t)1) * DX_FOLDED_BYTES;
}

/* Whether strings of a table lie one after another, from *at on. */
static bool strings_ascend(const uint8_t *table, size_t width, uint32_t count,
    uint32_t *at, size_t bytes)
{
    for (uint32_t i = 0; i <= count; i++, table += width) {
        uint32_t place = dx_load_u32(table);
        if (place < *at || place > bytes || (i == 0 && place != *at))
            return false;
        *at = place;
    }
    return true;
}

/* So that nothing needs to be checked when a sound block is used. */
static bool is_sound(const dx_segment *s, uint32_t block, const uint8_t *p,
    size_t bytes)
{
    uint32_t count = terms_in(s, block);
    uint32_t exact = block_u32(s, block, DX_BLOCK_FIRST_EXACT), first = exact;
    size_t tables = (count + (size_t)1) * DX_FOLDED_BYTES;

    if (bytes < tables)
        return false;
    for (uint32_t i = 0; i <= count; i++) {
        uint32_t next = dx_load_u32(
            p + (size_t)i * DX_FOLDED_BYTES + DX_FOLDED_FIRST_EXACT);
        if (i == 0 ? next != exact : next <= exact)
            return false;
        exact = next;
    }
    uint32_t exacts = exact - first;
    if (exact > s->exact_count ||
        (bytes - tables) / DX_EXACT_BYTES < exacts + (uint64_t)1)
        return false;
    uint32_t at = (uint32_t)tables + (exacts + 1) * DX_EXACT_BYTES;
    return strings_ascend(p, DX_FOLDED_BYTES, count, &at, bytes) &&
           strings_ascend(p + tables, DX_EXACT_BYTES, exacts, &at, bytes) &&
           at == bytes;
}

static const uint8_t *load_block(const dx_segment *s, uint32_t block)
{
    dx_block_cache *cache = s->block_cache;
    uint32_t place = block_u32(s, block, DX_BLOCK_PLACE);
    uint64_t end = block + 1 < s->blocks.count
                       ? block_u32(s, block + 1, DX_BLOCK_PLACE)
                       : s->parts.part[DX_PART_DICTIONARY].bytes;
    dx_str at = dx_parts_at(&s->parts, DX_PART_DICTIONARY, place);

    if (end <= place || at.len < end - place)
        return NULL;
    at.len = (size_t)(end - place);
    const uint8_t *p = (const uint8_t *)at.ptr;
    uint32_t number = atomic_load_explicit(&cache->taken, memory_order_relaxed);
    if (number < COPIES_MAX)
        number = atomic_fetch_add(&cache->taken, 1u);
    uint8_t *copy = number < COPIES_MAX ? dx_malloc(at.len) : NULL;
    if (copy) {
        dx_snapshot_read(s->parts.snapshot, at, copy);
        cache->copies[number] = copy;
        p = copy;
    }
    if (!is_sound(s, block, p, at.len))
        return NULL;
    /* Two threads may both load it: either's will do. */
    atomic_store_explicit(&cache->at[block], p, memory_order_release);
    return p;
}

/* NULL when it is damaged. */
static const uint8_t *block_at(const dx_segment *s, uint32_t block)
{
    const uint8_t *p = atomic_load_explicit(&s->block_cache->at[block],
        memory_order_acquire);

    return p ? p : load_block(s, block);
}

bool dx_segment_block_is_sound(const dx_segment *s, uint32_t block)
{
    return block < s->blocks.count && block_at(s, block) != NULL;
}

static dx_str string_at(const uint8_t *block, const uint8_t *entry,
    size_t width)
{
    uint32_t start = dx_load_u32(entry);

    return (dx_str){(const char *)block + start,
        dx_load_u32(entry + width) - start};
}

/* ---- terms by number ---- */

/* The entry of a folded term; the one after it is in the same block. */
static const uint8_t *folded_entry(const dx_segment *s, uint32_t id,
    const uint8_t **block)
{
    *block = id < s->folded_count ? block_at(s, id / DX_BLOCK_TERMS) : NULL;
    return *block ? *block + id % DX_BLOCK_TERMS * DX_FOLDED_BYTES : NULL;
}

/* The last block that begins with this exact term or one before it. */
static uint32_t block_of_exact(const dx_segment *s, uint32_t id)
{
    uint32_t lo = 0, hi = s->blocks.count;

    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (block_u32(s, mid, DX_BLOCK_FIRST_EXACT) <= id)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

static const uint8_t *exact_entry(const dx_segment *s, uint32_t id,
    const uint8_t **block)
{
    *block = NULL;
    if (id >= s->exact_count || s->blocks.count == 0)
        return NULL;
    uint32_t number = block_of_exact(s, id);
    const uint8_t *p = block_at(s, number);
    if (!p)
        return NULL;
    const uint8_t *table = exact_table(s, number, p);
    uint32_t first = dx_load_u32(p + DX_FOLDED_FIRST_EXACT);
    uint32_t end =
        dx_load_u32(table - DX_FOLDED_BYTES + DX_FOLDED_FIRST_EXACT);
    if (id < first || id >= end)
        return NULL;
    *block = p;
    return table + (size_t)(id - first) * DX_EXACT_BYTES;
}

dx_str dx_segment_folded_string(const dx_segment *s, uint32_t id)
{
    const uint8_t *block, *entry = folded_entry(s, id, &block);

    return entry ? string_at(block, entry, DX_FOLDED_BYTES)
                 : (dx_str){NULL, 0};
}

dx_str dx_segment_exact_string(const dx_segment *s, uint32_t id)
{
    const uint8_t *block, *entry = exact_entry(s, id, &block);

    return entry ? string_at(block, entry, DX_EXACT_BYTES) : (dx_str){NULL, 0};
}

void dx_segment_exact_range(const dx_segment *s, uint32_t folded_first,
    uint32_t folded_end, uint32_t *exact_first, uint32_t *exact_end)
{
    const uint8_t *block;

    *exact_first = *exact_end = 0;
    if (folded_first >= folded_end)
        return;
    const uint8_t *first = folded_entry(s, folded_first, &block);
    const uint8_t *last = folded_entry(s, folded_end - 1, &block);
    if (!first || !last)
        return;
    *exact_first = dx_load_u32(first + DX_FOLDED_FIRST_EXACT);
    *exact_end = dx_load_u32(last + DX_FOLDED_BYTES + DX_FOLDED_FIRST_EXACT);
}

uint32_t dx_segment_folded_of(const dx_segment *s, uint32_t exact_id)
{
    const uint8_t *p;

    if (!exact_entry(s, exact_id, &p))
        return DX_ID_NONE;
    uint32_t block = block_of_exact(s, exact_id);
    uint32_t lo = 0, hi = terms_in(s, block);
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (dx_load_u32(p + mid * DX_FOLDED_BYTES + DX_FOLDED_FIRST_EXACT) <=
            exact_id)
            lo = mid;
        else
            hi = mid;
    }
    return block * DX_BLOCK_TERMS + lo;
}

/* ---- search ---- */

typedef dx_str string_of(const dx_segment *s, uint32_t id);

/* The first of the terms from lo to hi that is not below the key. */
static uint32_t lower_string(const dx_segment *s, string_of *string,
    uint32_t lo, uint32_t hi, dx_str key)
{
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (dx_str_cmp(string(s, mid), key) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The first block whose sample is at least this one, or more than it. */
static uint32_t find_sample(const dx_segment *s, const uint8_t *sample,
    bool more)
{
    uint32_t lo = 0, hi = s->blocks.count;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        int order = memcmp(s->blocks.data + (size_t)mid * DX_BLOCK_ENTRY_BYTES,
            sample, DX_SAMPLE_BYTES);
        if (order < 0 || (more && order == 0))
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static uint32_t lower_folded(const dx_segment *s, dx_str key)
{
    uint8_t sample[DX_SAMPLE_BYTES];

    dx_sample_of(key, sample);
    uint32_t block = find_sample(s, sample, false);
    uint32_t end = find_sample(s, sample, true);
    uint32_t lo = block > 0 ? (block - 1) * DX_BLOCK_TERMS : 0;
    uint32_t hi =
        end < s->blocks.count ? end * DX_BLOCK_TERMS : s->folded_count;
    return lower_string(s, dx_segment_folded_string, lo, hi, key);
}

uint32_t dx_segment_find_folded(const dx_segment *s, dx_str folded)
{
    uint32_t id = lower_folded(s, folded);

    return id < s->folded_count &&
                   dx_str_eq(dx_segment_folded_string(s, id), folded)
               ? id
               : DX_ID_NONE;
}

uint32_t dx_segment_find_exact(const dx_segment *s, uint32_t folded_id,
    dx_str exact)
{
    uint32_t first, end;

    dx_segment_exact_range(s, folded_id, folded_id + 1, &first, &end);
    uint32_t id = lower_string(s, dx_segment_exact_string, first, end, exact);
    return id < end && dx_str_eq(dx_segment_exact_string(s, id), exact)
               ? id
               : DX_ID_NONE;
}

/* The first term after all that begin so: the terms below "ab" and the prefix "a"
 * end where "b" would be. */
static uint32_t prefix_end(const dx_segment *s, dx_str prefix)
{
    char after[DX_DICTIONARY_STRING_MAX_BYTES];

    if (prefix.len > sizeof after)
        return lower_folded(s, prefix);
    if (prefix.len > 0)
        memcpy(after, prefix.ptr, prefix.len);
    for (size_t len = prefix.len; len > 0; len--)
        if (++after[len - 1] != 0)
            return lower_folded(s, (dx_str){after, len});
    return s->folded_count;
}

void dx_segment_find_prefix(const dx_segment *s, dx_str prefix, uint32_t *first,
    uint32_t *end)
{
    *first = lower_folded(s, prefix);
    *end = prefix_end(s, prefix);
}

/* ---- lists ---- */

static dx_status list_at(const dx_segment *s, uint32_t place, dx_list *out)
{
    dx_str at = dx_parts_at(&s->parts, DX_PART_LISTS, place);
    const uint8_t *p = (const uint8_t *)at.ptr;

    return at.len ? dx_list_open(p, p + at.len, s->docs, out) : DX_ERR_CORRUPT;
}

dx_status dx_segment_folded_list(const dx_segment *s, uint32_t id, dx_list *out)
{
    const uint8_t *block, *entry = folded_entry(s, id, &block);

    *out = (dx_list){0};
    if (id >= s->folded_count)
        return DX_OK;
    return entry ? list_at(s, dx_load_u32(entry + DX_FOLDED_LIST), out)
                 : DX_ERR_CORRUPT;
}

dx_status dx_segment_exact_list(const dx_segment *s, uint32_t id, dx_list *out)
{
    const uint8_t *block, *entry = exact_entry(s, id, &block);

    *out = (dx_list){0};
    if (id >= s->exact_count)
        return DX_OK;
    return entry ? list_at(s, dx_load_u32(entry + DX_EXACT_LIST), out)
                 : DX_ERR_CORRUPT;
}

uint32_t dx_segment_pair_row(const dx_segment *s, uint32_t folded_id)
{
    const uint8_t *block, *entry = folded_entry(s, folded_id, &block);

    return entry ? dx_load_u32(entry + DX_FOLDED_ROW) : 0;
}
