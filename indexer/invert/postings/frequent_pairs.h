/* frequent_pairs.h -- the pairs of syllables so frequent that triples that
 * begin with them have lists, too (docs/FORMAT.md). */
#ifndef DX_INDEXER_INVERT_POSTINGS_FREQUENT_PAIRS_H
#define DX_INDEXER_INVERT_POSTINGS_FREQUENT_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"

#define DX_FREQUENT_PAIR_NONE UINT32_MAX

typedef struct dx_frequent_pair {
    uint32_t first, second; /* folded numbers */
    uint32_t occurrences;   /* in the text, at least */
    uint32_t row;           /* of its triples: place + 1, or 0 */
} dx_frequent_pair;

typedef struct dx_frequent_pair_slot { /* of a hash table */
    uint32_t first, second, number; /* number + 1; 0 is free */
} dx_frequent_pair_slot;

typedef struct dx_frequent_pairs { /* {0} has none */
    dx_frequent_pair *at; /* owned */
    size_t count, cap;
    dx_frequent_pair_slot *table; /* owned */
    uint32_t table_mask;
    uint64_t *filter; /* owned: a bit for each hash that a pair in it has */
    uint32_t filter_mask;
} dx_frequent_pairs;

/** Adds a pair that is not in it yet. Fails with NOMEM. */
DX_NODISCARD dx_status dx_frequent_pairs_add(dx_frequent_pairs *f,
    dx_frequent_pair pair);
/** Sorts all pairs by (first, second), which is how they are numbered, and
 *  makes the table and the filter. Fails with NOMEM or LIMIT. */
DX_NODISCARD dx_status dx_frequent_pairs_end(dx_frequent_pairs *f);
void dx_frequent_pairs_free(dx_frequent_pairs *f);

static inline uint32_t dx_frequent_pairs_hash(uint32_t first, uint32_t second)
{
    uint64_t h = ((uint64_t)first << 32 | second) * 0x9E3779B97F4A7C15u;

    return (uint32_t)(h >> 32);
}

/** Whether the pair may be frequent: true for all that are and, by chance, for
 *  one in 32 others. Has no branch. */
static inline bool dx_frequent_pairs_may_have(const dx_frequent_pairs *f,
    uint32_t first, uint32_t second)
{
    uint32_t at = dx_frequent_pairs_hash(first, second) & f->filter_mask;

    return f->filter[at / 64] >> at % 64 & 1;
}

/** Number of a frequent pair, or DX_FREQUENT_PAIR_NONE. */
static inline uint32_t dx_frequent_pairs_find(const dx_frequent_pairs *f,
    uint32_t first, uint32_t second)
{
    uint32_t at = dx_frequent_pairs_hash(first, second) & f->table_mask;

    for (; f->table[at].number; at = (at + 1) & f->table_mask)
        if (f->table[at].first == first && f->table[at].second == second)
            return f->table[at].number - 1;
    return DX_FREQUENT_PAIR_NONE;
}

#endif
