/* The dictionary. What a search for a term looks at -- its string, its places,
 * its exact terms -- lies in one block, so in one place of the file: a new process
 * pays for places (docs/ARCHITECTURE.md, "A query"). */
#include <stdatomic.h>
#include <string.h>

#include "common/index/segment/segment_internal.h"
#include "common/text/analyzer.h"

/* A query looks at a handful of blocks, which are copied from the file (see
 * dx_snapshot_read()). Whoever looks at more of them uses the others in place. */
#define COPIES_MAX 64u

struct dx_block_cache {
    atomic_uint taken;           /* of `copies`; may pass COPIES_MAX */
    uint8_t *copies[COPIES_MAX]; /* owned */
    _Atomic(const uint8_t *) at[]; /* each block, once it was used */
};

dx_status dx_segment_open_dictionary(dx_segment *s)
{
    s->block_cache = dx_calloc(1,
        sizeof *s->block_cache +
            s->blocks.count * sizeof s->block_cache->at[0]);
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

static uint32_t first_exact(const uint8_t *folded_entry)
{
    return dx_load_u32(folded_entry + DX_FOLDED_FIRST_EXACT);
}

/* Whether there is room for the tables; what they say is checked when used. */
static bool has_tables(const dx_segment *s, uint32_t block, const uint8_t *p,
    size_t bytes)
{
    size_t room = (terms_in(s, block) + (size_t)1) * DX_FOLDED_BYTES;

    if (bytes < room)
        return false;
    uint32_t first = first_exact(p);
    uint32_t end = first_exact(p + room - DX_FOLDED_BYTES);
    return first == block_u32(s, block, DX_BLOCK_FIRST_EXACT) && first < end &&
           end <= s->exact_count &&
           end - first < (bytes - room) / DX_EXACT_BYTES;
}

static uint64_t block_end(const dx_segment *s, uint32_t block)
{
    return block + 1 < s->blocks.count
               ? block_u32(s, block + 1, DX_BLOCK_PLACE)
               : s->parts.part[DX_PART_DICTIONARY].bytes;
}

static const uint8_t *load_block(const dx_segment *s, uint32_t block)
{
    dx_block_cache *cache = s->block_cache;
    uint32_t place = block_u32(s, block, DX_BLOCK_PLACE);
    uint64_t end = block_end(s, block);
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
    if (!has_tables(s, block, p, at.len))
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

/* ---- terms by number ---- */

typedef struct place {
    const uint8_t *entry; /* NULL: there is none, or its block is damaged */
    const uint8_t *block;
    uint32_t number; /* of the block */
} place;

/* A folded term; the entry after it is in the same block. */
static place folded_at(const dx_segment *s, uint32_t id)
{
    place p = {.number = id / DX_BLOCK_TERMS};

    if (id < s->folded_count)
        p.block = block_at(s, p.number);
    if (p.block)
        p.entry = p.block + id % DX_BLOCK_TERMS * DX_FOLDED_BYTES;
    return p;
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

static place exact_at(const dx_segment *s, uint32_t id)
{
    place p = {.number = 0};

    if (id >= s->exact_count || s->blocks.count == 0)
        return p;
    p.number = block_of_exact(s, id);
    p.block = block_at(s, p.number);
    if (!p.block)
        return p;
    const uint8_t *table = exact_table(s, p.number, p.block);
    uint32_t first = first_exact(p.block);
    if (id >= first && id < first_exact(table - DX_FOLDED_BYTES))
        p.entry = table + (size_t)(id - first) * DX_EXACT_BYTES;
    return p;
}

static dx_str string_of(const dx_segment *s, place p, size_t width)
{
    if (!p.entry)
        return (dx_str){NULL, 0};
    uint32_t start = dx_load_u32(p.entry);
    uint32_t end = dx_load_u32(p.entry + width);
    uint64_t bytes =
        block_end(s, p.number) - block_u32(s, p.number, DX_BLOCK_PLACE);
    if (start > end || end > bytes)
        return (dx_str){NULL, 0};
    return (dx_str){(const char *)p.block + start, end - start};
}

dx_str dx_segment_folded_string(const dx_segment *s, uint32_t id)
{
    return string_of(s, folded_at(s, id), DX_FOLDED_BYTES);
}

dx_str dx_segment_exact_string(const dx_segment *s, uint32_t id)
{
    return string_of(s, exact_at(s, id), DX_EXACT_BYTES);
}

void dx_segment_exact_range(const dx_segment *s, uint32_t folded_first,
    uint32_t folded_end, uint32_t *exact_first, uint32_t *exact_end)
{
    *exact_first = *exact_end = 0;
    if (folded_first >= folded_end)
        return;
    place first = folded_at(s, folded_first);
    place last = folded_at(s, folded_end - 1);
    if (!first.entry || !last.entry)
        return;
    uint32_t begin = first_exact(first.entry);
    uint32_t end = first_exact(last.entry + DX_FOLDED_BYTES);
    if (begin > end || end > s->exact_count)
        return;
    *exact_first = begin;
    *exact_end = end;
}

uint32_t dx_segment_folded_of(const dx_segment *s, uint32_t exact_id)
{
    place p = exact_at(s, exact_id);

    if (!p.entry)
        return DX_ID_NONE;
    uint32_t lo = 0, hi = terms_in(s, p.number);
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (first_exact(p.block + mid * DX_FOLDED_BYTES) <= exact_id)
            lo = mid;
        else
            hi = mid;
    }
    return p.number * DX_BLOCK_TERMS + lo;
}

/* ---- checking ---- */

/* Whether strings of a table lie one after another, from *at on. */
static bool strings_ascend(const uint8_t *table, size_t width, uint32_t count,
    uint32_t *at)
{
    for (uint32_t i = 0; i <= count; i++, table += width) {
        uint32_t start = dx_load_u32(table);
        if (start < *at || (i == 0 && start != *at))
            return false;
        *at = start;
    }
    return true;
}

bool dx_segment_block_is_sound(const dx_segment *s, uint32_t block)
{
    const uint8_t *p = block_at(s, block);

    if (!p)
        return false;
    const uint8_t *exact = exact_table(s, block, p);
    uint32_t count = terms_in(s, block);
    for (uint32_t i = 0; i < count; i++, p += DX_FOLDED_BYTES)
        if (first_exact(p) >= first_exact(p + DX_FOLDED_BYTES))
            return false;
    p -= (size_t)count * DX_FOLDED_BYTES;
    uint32_t exacts = first_exact(exact - DX_FOLDED_BYTES) - first_exact(p);
    uint32_t at =
        (uint32_t)(exact - p) + (exacts + 1) * DX_EXACT_BYTES;
    return strings_ascend(p, DX_FOLDED_BYTES, count, &at) &&
           strings_ascend(exact, DX_EXACT_BYTES, exacts, &at) &&
           at == block_end(s, block) - block_u32(s, block, DX_BLOCK_PLACE);
}

/* ---- search ---- */

typedef dx_str get_string(const dx_segment *s, uint32_t id);

/* The first of the terms from lo to hi that is not below the key. */
static uint32_t lower_string(const dx_segment *s, get_string *string,
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

static int compare_sample(const dx_segment *s, uint32_t block,
    const uint8_t *sample)
{
    return memcmp(s->blocks.data + (size_t)block * DX_BLOCK_ENTRY_BYTES, sample,
        DX_SAMPLE_BYTES);
}

/* The first block whose sample is at least this one, or more than it. */
static uint32_t find_sample(const dx_segment *s, const uint8_t *sample,
    bool more)
{
    uint32_t lo = 0, hi = s->blocks.count;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        int order = compare_sample(s, mid, sample);
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
    uint32_t end = block;
    if (block < s->blocks.count && compare_sample(s, block, sample) == 0)
        end = find_sample(s, sample, true);
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

/* Terms that begin with "a" end where "b" would be. A last byte FF has no next
 * one, so it is dropped. */
static uint32_t prefix_end(const dx_segment *s, dx_str prefix)
{
    uint8_t after[DX_TERM_MAX_BYTES + 1]; /* 1: DX_TITLE_MARK */

    if (prefix.len > sizeof after)
        return lower_folded(s, prefix);
    if (prefix.len > 0)
        memcpy(after, prefix.ptr, prefix.len);
    for (size_t len = prefix.len; len > 0; len--)
        if (++after[len - 1] != 0)
            return lower_folded(s, (dx_str){(char *)after, len});
    return s->folded_count;
}

void dx_segment_find_prefix(const dx_segment *s, dx_str prefix, uint32_t *first,
    uint32_t *end)
{
    *first = lower_folded(s, prefix);
    *end = prefix_end(s, prefix);
    if (*end < *first) /* damaged */
        *end = *first;
}

/* ---- lists ---- */

/* The list of a term, whose place is at byte `at` of its entry. */
static dx_status list_of(const dx_segment *s, place p, unsigned at,
    dx_list *out)
{
    if (!p.entry)
        return DX_ERR_CORRUPT;
    dx_str list =
        dx_parts_at(&s->parts, DX_PART_LISTS, dx_load_u32(p.entry + at));
    const uint8_t *bytes = (const uint8_t *)list.ptr;
    return list.len ? dx_list_open(bytes, bytes + list.len, s->docs, out)
                    : DX_ERR_CORRUPT;
}

dx_status dx_segment_folded_list(const dx_segment *s, uint32_t id, dx_list *out)
{
    *out = (dx_list){0};
    return id < s->folded_count
               ? list_of(s, folded_at(s, id), DX_FOLDED_LIST, out)
               : DX_OK;
}

dx_status dx_segment_exact_list(const dx_segment *s, uint32_t id, dx_list *out)
{
    *out = (dx_list){0};
    return id < s->exact_count ? list_of(s, exact_at(s, id), DX_EXACT_LIST, out)
                               : DX_OK;
}

uint32_t dx_segment_pair_row(const dx_segment *s, uint32_t folded_id)
{
    place p = folded_at(s, folded_id);

    return p.entry ? dx_load_u32(p.entry + DX_FOLDED_ROW) : 0;
}
