/* lists.h -- from full buckets to lists in the segment. */
#ifndef DX_INDEXER_INVERT_POSTINGS_LISTS_H
#define DX_INDEXER_INVERT_POSTINGS_LISTS_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/codec/window.h"
#include "common/index/segment/write/segment_writer.h"
#include "indexer/gather/gathered.h"
#include "indexer/invert/numbering.h"
#include "indexer/invert/postings/buckets.h"
#include "indexer/invert/postings/frequent_pairs.h"

/* Where lists were put, for the dictionary. */
typedef struct dx_list_places { /* all owned, by number */
    uint32_t *exact_list, *folded_list, *folded_row;
} dx_list_places;

/** Fails with NOMEM; free it even then. */
DX_NODISCARD dx_status dx_list_places_init(dx_list_places *p,
    const dx_numbering *n);
void dx_list_places_free(dx_list_places *p);

typedef struct dx_list_postings { /* of one list, or of several, one by one */
    uint32_t *docs;
    uint16_t *tfs;
    uint32_t *ends; /* scratch: of the items of each document */
    size_t docs_cap, tfs_cap, ends_cap, count;
} dx_list_postings;

/* Makes lists; one per thread. */
typedef struct dx_list_maker {
    const dx_gathered *gathered; /* borrowed, as are these */
    const dx_numbering *n;
    dx_list_places *places;      /* shared; no two threads have a number */
    dx_frequent_pairs *pairs;    /* likewise: all, once they are known */
    dx_list_builder *builder;    /* owned */
    uint64_t *keys[2];           /* owned: of one bucket */
    dx_list_postings postings, merged; /* owned */
    size_t *ends, *at; /* owned: of the exact forms in `postings`, and where each is */
    size_t ends_cap, at_cap;
    uint32_t sums[DX_WINDOW_DOCS]; /* of term frequencies in a window, … */
    uint64_t summed[DX_WINDOW_WORDS]; /* … and which documents have one */
    dx_frequent_pairs found; /* frequent pairs among those it made lists of */
} dx_list_maker;

/** `keys_max` is the size of the largest bucket of pairs or triples, in items.
 *  The pointers are borrowed. Fails with NOMEM; free it even then. */
DX_NODISCARD dx_status dx_list_maker_init(dx_list_maker *m,
    const dx_gathered *g, const dx_numbering *n, dx_segment_writer *writer,
    dx_list_places *places, dx_frequent_pairs *pairs, size_t keys_max);
void dx_list_maker_free(dx_list_maker *m);

/** Makes the lists of numbers [first, end), which are folded numbers, or those
 *  of frequent pairs, from the buckets of a slice. Fails with NOMEM. */
DX_NODISCARD dx_status dx_list_maker_put(dx_list_maker *m, const dx_buckets *b,
    uint32_t first, uint32_t end);

#endif
