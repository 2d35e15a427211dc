/* Looks terms up by number and by string, and opens their lists. */
#include "common/index/segment/dictionary.h"

#include <string.h>

#include "common/base/bytes.h"
#include "common/index/segment/layout/format.h"
#include "common/index/segment/segment_internal.h"
#include "common/index/segment/layout/term_blocks.h"
#include "common/text/term.h"

uint32_t dx_segment_folded_count(const dx_segment *s)
{
    return s->blocks.folded_count;
}

uint32_t dx_segment_exact_count(const dx_segment *s)
{
    return s->blocks.exact_count;
}

/* ---- terms by number ---- */

typedef struct place {
    const uint8_t *entry; /* NULL: there is none, or its block is damaged */
    const uint8_t *block;
    uint32_t number; /* of the block */
} place;

/* A folded term. The entry after it is in the same block too. */
static place folded_at(const dx_segment *s, uint32_t id)
{
    place p = {.number = id / DX_BLOCK_TERMS};

    if (id < s->blocks.folded_count)
        p.block = dx_term_block_at(&s->blocks, p.number);
    if (p.block)
        p.entry = p.block + id % DX_BLOCK_TERMS * DX_FOLDED_BYTES;
    return p;
}

/* The last block whose first exact term is this one or an earlier one. */
static uint32_t block_of_exact(const dx_segment *s, uint32_t id)
{
    const uint8_t *index = dx_term_blocks_index(&s->blocks);
    uint32_t lo = 0, hi = s->blocks.index.count;

    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (dx_block_entry_u32(index, mid, DX_BLOCK_FIRST_EXACT) <= id)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

static place exact_at(const dx_segment *s, uint32_t id)
{
    place p = {.number = 0};

    if (id >= s->blocks.exact_count || s->blocks.index.count == 0)
        return p;
    p.number = block_of_exact(s, id);
    p.block = dx_term_block_at(&s->blocks, p.number);
    if (!p.block)
        return p;
    const uint8_t *table = dx_term_block_exacts(&s->blocks, p.number, p.block);
    uint32_t first = dx_first_exact(p.block);
    if (id >= first && id < dx_first_exact(table - DX_FOLDED_BYTES))
        p.entry = table + (size_t)(id - first) * DX_EXACT_BYTES;
    return p;
}

static inline dx_str string_of(const dx_segment *s, place p, size_t width)
{
    if (!p.entry)
        return (dx_str){NULL, 0};
    uint32_t start = dx_load_u32(p.entry);
    uint32_t end = dx_load_u32(p.entry + width);
    uint64_t bytes = dx_term_block_bytes(&s->blocks, p.number);
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
    uint32_t begin = dx_first_exact(first.entry);
    uint32_t end = dx_first_exact(last.entry + DX_FOLDED_BYTES);
    if (begin > end || end > s->blocks.exact_count)
        return;
    *exact_first = begin;
    *exact_end = end;
}

uint32_t dx_segment_folded_of(const dx_segment *s, uint32_t exact_id)
{
    place p = exact_at(s, exact_id);

    if (!p.entry)
        return DX_ID_NONE;
    uint32_t lo = 0, hi = dx_term_block_terms(&s->blocks, p.number);
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (dx_first_exact(p.block + mid * DX_FOLDED_BYTES) <= exact_id)
            lo = mid;
        else
            hi = mid;
    }
    return p.number * DX_BLOCK_TERMS + lo;
}

/* ---- search ---- */

typedef dx_str get_string(const dx_segment *s, uint32_t id);

/* The first term of [lo, hi) that is not below the key. */
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

static int compare_sample(const uint8_t *index, uint32_t block,
    const uint8_t *sample)
{
    return memcmp(dx_block_entry_sample(index, block), sample, DX_SAMPLE_BYTES);
}

/* The first block whose sample is not below this one (`more`: is above it). */
static uint32_t find_sample(const dx_segment *s, const uint8_t *sample,
    bool more)
{
    const uint8_t *index = dx_term_blocks_index(&s->blocks);
    uint32_t lo = 0, hi = s->blocks.index.count;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        int order = compare_sample(index, mid, sample);
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
    if (block < s->blocks.index.count &&
        compare_sample(s->blocks.index.data, block, sample) == 0)
        end = find_sample(s, sample, true);
    uint32_t lo = block > 0 ? (block - 1) * DX_BLOCK_TERMS : 0;
    uint32_t hi = end < s->blocks.index.count ? end * DX_BLOCK_TERMS
                                              : s->blocks.folded_count;
    return lower_string(s, dx_segment_folded_string, lo, hi, key);
}

uint32_t dx_segment_find_folded(const dx_segment *s, dx_str folded)
{
    uint32_t id = lower_folded(s, folded);

    return id < s->blocks.folded_count &&
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

static dx_str marked(char key[DX_TERM_MAX_BYTES + 1], char mark, dx_str term)
{
    size_t len = term.len < DX_TERM_MAX_BYTES ? term.len : DX_TERM_MAX_BYTES;

    key[0] = mark;
    if (len > 0)
        memcpy(key + 1, term.ptr, len);
    return (dx_str){key, len + 1};
}

uint32_t dx_segment_find_marked(const dx_segment *s, char mark, dx_str folded)
{
    char key[DX_TERM_MAX_BYTES + 1];

    return dx_segment_find_folded(s, marked(key, mark, folded));
}

uint32_t dx_segment_find_marked_exact(const dx_segment *s, char mark,
    dx_str folded, dx_str exact)
{
    uint32_t id = dx_segment_find_marked(s, mark, folded);
    char key[DX_TERM_MAX_BYTES + 1];

    return id == DX_ID_NONE
               ? DX_ID_NONE
               : dx_segment_find_exact(s, id, marked(key, mark, exact));
}

/* Terms that begin with "a" end where "b" would be. Nothing follows a last byte
 * FF, so it is dropped. */
static uint32_t prefix_end(const dx_segment *s, dx_str prefix)
{
    uint8_t after[DX_TERM_MAX_BYTES + 1]; /* 1: a mark */

    if (prefix.len > sizeof after)
        return lower_folded(s, prefix);
    if (prefix.len > 0)
        memcpy(after, prefix.ptr, prefix.len);
    for (size_t len = prefix.len; len > 0; len--)
        if (++after[len - 1] != 0)
            return lower_folded(s, (dx_str){(char *)after, len});
    return s->blocks.folded_count;
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

/* The list of a term; its place is at byte `at` of the entry. */
static dx_status list_of(const dx_segment *s, place p, unsigned at,
    dx_list *out)
{
    if (!p.entry)
        return DX_ERR_CORRUPT;
    dx_chunk *chunk;
    dx_str list = dx_parts_at(&s->parts, DX_PART_LISTS,
        dx_load_u32(p.entry + at), &chunk);
    const uint8_t *bytes = (const uint8_t *)list.ptr;
    return list.len
               ? dx_list_open(chunk, bytes, bytes + list.len, s->docs, out)
               : DX_ERR_CORRUPT;
}

dx_status dx_segment_folded_list(const dx_segment *s, uint32_t id, dx_list *out)
{
    *out = (dx_list){0};
    return id < s->blocks.folded_count
               ? list_of(s, folded_at(s, id), DX_FOLDED_LIST, out)
               : DX_OK;
}

dx_status dx_segment_exact_list(const dx_segment *s, uint32_t id, dx_list *out)
{
    *out = (dx_list){0};
    return id < s->blocks.exact_count
               ? list_of(s, exact_at(s, id), DX_EXACT_LIST, out)
               : DX_OK;
}

uint32_t dx_segment_pair_row(const dx_segment *s, uint32_t folded_id)
{
    place p = folded_at(s, folded_id);

    return p.entry ? dx_load_u32(p.entry + DX_FOLDED_ROW) : 0;
}
