/* Reads each block of a dictionary once, and checks it. */
#include "common/index/segment/layout/term_blocks.h"

#include "common/base/mem.h"

dx_status dx_term_blocks_open(dx_term_blocks *b, const dx_parts *parts)
{
    uint64_t terms = b->folded_count;
    uint64_t room = parts->part[DX_PART_DICTIONARY].bytes / DX_EXACT_BYTES;

    b->parts = parts;
    if (!dx_column_open(parts, DX_PART_DICTIONARY_INDEX, DX_BLOCK_ENTRY_BYTES,
            &b->index) ||
        b->index.count != (terms + DX_BLOCK_TERMS - 1) / DX_BLOCK_TERMS ||
        b->exact_count < terms || b->exact_count > (terms ? room : 0))
        return DX_ERR_CORRUPT;
    b->cache = dx_calloc(1,
        sizeof *b->cache + b->index.count * sizeof b->cache->at[0]);
    return b->cache ? DX_OK : DX_ERR_NOMEM;
}

void dx_term_blocks_close(dx_term_blocks *b)
{
    for (unsigned i = 0; b->cache && i < DX_BLOCK_COPIES_MAX; i++)
        dx_free(b->cache->copies[i]);
    dx_free(b->cache);
    b->cache = NULL;
}

/* Damage is noted; then any entries will do. */
void dx_term_blocks_verify_index(const dx_term_blocks *b)
{
    (void)dx_column_is_sound(b->index, 0,
        (size_t)b->index.count * DX_BLOCK_ENTRY_BYTES);
    atomic_store_explicit(&b->cache->knows_index, true, memory_order_release);
}

/* Whether the tables fit; what they say is checked when it is used. */
static bool has_tables(const dx_term_blocks *b, uint32_t block,
    const uint8_t *p, size_t bytes)
{
    size_t room = (dx_term_block_terms(b, block) + (size_t)1) * DX_FOLDED_BYTES;

    if (bytes < room)
        return false;
    uint32_t first = dx_first_exact(p);
    uint32_t end = dx_first_exact(p + room - DX_FOLDED_BYTES);
    return first == dx_term_block_u32(b, block, DX_BLOCK_FIRST_EXACT) &&
           first < end && end <= b->exact_count &&
           end - first < (bytes - room) / DX_EXACT_BYTES;
}

static uint64_t block_end(const dx_term_blocks *b, uint32_t block)
{
    return block + 1 < b->index.count
               ? dx_term_block_u32(b, block + 1, DX_BLOCK_PLACE)
               : b->parts->part[DX_PART_DICTIONARY].bytes;
}

/* Both entries were verified when the block was loaded. */
uint64_t dx_term_block_bytes(const dx_term_blocks *b, uint32_t block)
{
    const uint8_t *entry = b->index.data + (size_t)block * DX_BLOCK_ENTRY_BYTES;
    uint32_t place = dx_load_u32(entry + DX_BLOCK_PLACE);

    return block + 1 < b->index.count
               ? dx_load_u32(entry + DX_BLOCK_ENTRY_BYTES + DX_BLOCK_PLACE) - place
               : b->parts->part[DX_PART_DICTIONARY].bytes - place;
}

/* A copy of it as long as there are few, else where it lies; NULL when it is not
 * sound. */
static const uint8_t *read_block(dx_block_cache *cache, dx_chunk *chunk, dx_str at)
{
    const uint8_t *p = (const uint8_t *)at.ptr;
    uint32_t number = atomic_load_explicit(&cache->taken, memory_order_relaxed);

    if (number < DX_BLOCK_COPIES_MAX)
        number = atomic_fetch_add(&cache->taken, 1u);
    uint8_t *copy =
        number < DX_BLOCK_COPIES_MAX ? dx_malloc(at.len) : NULL;
    if (!copy)
        return dx_chunk_is_sound(chunk, p, at.len) ? p : NULL;
    cache->copies[number] = copy;
    return dx_chunk_read(chunk, p, at.len, copy) ? copy : NULL;
}

const uint8_t *dx_term_block_load(const dx_term_blocks *b, uint32_t block)
{
    uint32_t place = dx_term_block_u32(b, block, DX_BLOCK_PLACE);
    uint64_t end = block_end(b, block);
    dx_chunk *chunk;
    dx_str at = dx_parts_at(b->parts, DX_PART_DICTIONARY, place, &chunk);

    if (end <= place || at.len < end - place)
        return NULL;
    at.len = (size_t)(end - place);
    const uint8_t *p = read_block(b->cache, chunk, at);
    if (!p || !has_tables(b, block, p, at.len))
        return NULL;
    /* If two threads load it at once, either copy will do. */
    atomic_store_explicit(&b->cache->at[block], p, memory_order_release);
    return p;
}

/* ---- checking ---- */

/* Whether the strings of a table follow one another, from *at on. */
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

bool dx_term_block_is_sound(const dx_term_blocks *b, uint32_t block)
{
    const uint8_t *p = dx_term_block_at(b, block);

    if (!p)
        return false;
    const uint8_t *exact = dx_term_block_exacts(b, block, p);
    uint32_t count = dx_term_block_terms(b, block);
    for (uint32_t i = 0; i < count; i++, p += DX_FOLDED_BYTES)
        if (dx_first_exact(p) >= dx_first_exact(p + DX_FOLDED_BYTES))
            return false;
    p -= (size_t)count * DX_FOLDED_BYTES;
    uint32_t exacts =
        dx_first_exact(exact - DX_FOLDED_BYTES) - dx_first_exact(p);
    uint32_t at = (uint32_t)(exact - p) + (exacts + 1) * DX_EXACT_BYTES;
    return strings_ascend(p, DX_FOLDED_BYTES, count, &at) &&
           strings_ascend(exact, DX_EXACT_BYTES, exacts, &at) &&
           at == dx_term_block_bytes(b, block);
}
