/* postings_internal.h -- what postings.c (planning, lists), slice_filling.c (which
 * posting belongs where), key_sort.c and slice_sharing.c (who makes the lists) share. */
#ifndef DX_INDEXER_INVERT_POSTINGS_INTERNAL_H
#define DX_INDEXER_INVERT_POSTINGS_INTERNAL_H

#include <pthread.h>

#include "indexer/invert/invert_internal.h"

typedef struct dx_postings_run { /* postings of one list */
    uint32_t *docs;
    uint16_t *tfs;
    size_t docs_cap, tfs_cap, count;
} dx_postings_run;

/* A pair whose triples are kept; see format.h. */
typedef struct dx_frequent_pair {
    uint32_t first, second; /* folded numbers */
    uint32_t places;        /* how often it stands in the text, at least */
    uint32_t row;           /* of its triples: place + 1, or 0 */
} dx_frequent_pair;

typedef struct dx_frequent_slot { /* hash table entry: a pair, its number */
    uint32_t first, second, number; /* number + 1; 0 is free */
} dx_frequent_slot;

typedef struct dx_frequent_pairs {
    dx_frequent_pair *at; /* owned */
    size_t count, cap;
    dx_frequent_slot *table; /* owned */
    uint32_t table_mask;
    uint64_t *filter; /* owned: bit by hash, of the pairs that it may have */
    uint32_t filter_mask;
} dx_frequent_pairs;

typedef struct dx_shared_slice { /* filled, by its worker */
    const dx_slice *slice;
    uint32_t next, end; /* whose lists nobody makes yet: see put_part() */
    uint32_t part;      /* so many are taken at once */
    unsigned hands;     /* at work on parts; the worker's own are among them */
} dx_shared_slice;

typedef struct dx_postings_worker {
    dx_list_builder *builder;
    void *room;        /* the buckets of a slice */
    uint64_t *keys[2]; /* as large as the largest bucket of pairs */
    uint32_t *starts;  /* where each bucket begins, in items */
    uint32_t *heads;   /* after each epoch: where its next item would go */
    dx_postings_run run, merged;
    size_t *ends; /* of the exact forms in `run` */
    size_t ends_cap;
    dx_frequent_pairs frequent; /* those it came upon */
    dx_shared_slice open;       /* guarded by the lock of all */
} dx_postings_worker;

typedef struct dx_slices {
    dx_slice *at; /* owned */
    size_t count, cap;
} dx_slices;

struct dx_postings {
    const dx_gathered *build;
    const dx_numbering *n;
    const dx_word_form *forms;
    const dx_word_form_ref *refs;
    dx_segment_writer *writer;
    dx_places *places;
    dx_postings_worker *workers; /* owned */
    unsigned threads;
    dx_slices slices, triples;
    size_t pair_slices; /* the first ones of `slices` */
    size_t room_bytes;  /* of the largest slice */
    size_t bucket_max;  /* keys of the largest bucket of pairs */
    size_t buckets_max; /* of any slice */
    unsigned second_bits;
    uint32_t epochs; /* at most, see below */
    dx_frequent_pairs frequent; /* all, sorted; once all pairs are known */
    pthread_mutex_t lock;       /* guards what follows, and open slices */
    pthread_cond_t changed;
    size_t left, pairs_left; /* slices not yet done; until they are planned,
                                the triples are one */
    size_t next_triples;
    bool triples_planned;
    dx_status status; /* first failure */
};

/* Items have room for the low bits of a document only. Documents come in order,
 * so its epoch, the high ones, follows from where in its bucket an item is:
 * `heads` has a row per epoch, and items of an epoch end where its row says. */
#define DX_EXACT_DOC_BITS 16u /* a u16 */

static inline unsigned dx_epoch_bits(const dx_postings *p, dx_slice_kind kind)
{
    return kind == DX_SLICE_EXACT ? DX_EXACT_DOC_BITS : 32 - p->second_bits;
}

static inline uint32_t dx_epoch_count(const dx_postings *p, dx_slice_kind kind)
{
    return ((p->build->docs - 1) >> dx_epoch_bits(p, kind)) + 1;
}

static inline uint32_t dx_epoch_end(const dx_postings_worker *w,
    const dx_slice *s, uint32_t epoch, uint32_t bucket)
{
    return w->heads[(size_t)epoch * (s->end - s->first) + bucket];
}

static inline uint32_t dx_pair_hash(uint32_t first, uint32_t second)
{
    uint64_t h = ((uint64_t)first << 32 | second) * 0x9E3779B97F4A7C15u;

    return (uint32_t)(h >> 32);
}

/** Whether the pair may be frequent: true for all that are and, by chance, for
 *  one of 32 others. Without a branch. */
static inline bool dx_frequent_may(const dx_frequent_pairs *f, uint32_t first,
    uint32_t second)
{
    uint32_t at = dx_pair_hash(first, second) & f->filter_mask;

    return f->filter[at / 64] >> at % 64 & 1;
}

/** Number of a frequent pair, or DX_NUMBER_NONE. */
static inline uint32_t dx_frequent_find(const dx_frequent_pairs *f,
    uint32_t first, uint32_t second)
{
    uint32_t at = dx_pair_hash(first, second) & f->table_mask;

    for (; f->table[at].number; at = (at + 1) & f->table_mask)
        if (f->table[at].first == first && f->table[at].second == second)
            return f->table[at].number - 1;
    return DX_NUMBER_NONE;
}

/** Adds a pair. Fails with NOMEM. */
DX_NODISCARD dx_status dx_frequent_add(dx_frequent_pairs *f,
    dx_frequent_pair pair);
/** Sorts and makes the table and the filter. */
DX_NODISCARD dx_status dx_frequent_end(dx_frequent_pairs *f);
void dx_frequent_free(dx_frequent_pairs *f);

/** Makes the lists of [first, end) in the slice that `owner` has open: folded
 *  numbers, or of triples frequent pairs. `w` is the caller's own; it may be the
 *  owner. */
DX_NODISCARD dx_status dx_postings_put_part(dx_postings *p,
    dx_postings_worker *w, const dx_postings_worker *owner, uint32_t first,
    uint32_t end);

/** Fills a slice and makes its lists. */
DX_NODISCARD dx_status dx_postings_do(dx_postings *p, unsigned worker,
    const dx_slice *s);

/** Makes the lists of [first, end) in the slice that fills the worker's room,
 *  with whoever helps. When it returns nobody looks at the room any more. */
DX_NODISCARD dx_status dx_share_slice(dx_postings *p, dx_postings_worker *w,
    const dx_slice *s, uint32_t first, uint32_t end);

/** The `count` > 0 keys of a bucket of pairs or triples that `owner` has open,
 *  in order: last number << DX_GATHERED_DOC_BITS | document. They lie in either of
 *  w->keys, the caller's own. */
uint64_t *dx_sorted_keys(const dx_postings *p, const dx_postings_worker *w,
    const dx_postings_worker *owner, uint32_t bucket, size_t count);

/** Fills the worker's buckets with the slice's postings, from the text of all
 *  documents. */
void dx_postings_fill(const dx_postings *p, dx_postings_worker *w,
    const dx_slice *s);

#endif
