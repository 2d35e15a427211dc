/* postings.h -- all lists of a segment: of words, pairs and triples.
 *
 *   plan     cut the dictionary into slices (slices.h)
 *   fill     read the text once for each slice and put postings into buckets
 *            (buckets.h, filling.h)
 *   list     make a list, or a row of lists, of each bucket (key_sort.h,
 *            lists.h); threads share this work (sharing.h)
 *
 * Pairs come first, because only when all of them are done is it known which
 * are frequent and so have triples. */
#ifndef DX_INDEXER_INVERT_POSTINGS_POSTINGS_H
#define DX_INDEXER_INVERT_POSTINGS_POSTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/status.h"
#include "common/index/segment/write/segment_writer.h"
#include "indexer/gather/gathered.h"
#include "indexer/invert/numbering.h"
#include "indexer/invert/postings/lists.h"
#include "indexer/invert/work.h"

typedef struct dx_postings dx_postings;

/** Plans the slices of exact forms and pairs. `threads` >= 1 workers will call
 *  the functions below, each with its number. Together they use `sort_bytes` of
 *  memory, or more only when a single term needs more. The pointers are
 *  borrowed; `places` is filled in as lists are made, and what is done is
 *  counted in `work` (may be NULL). Fails with NOMEM or LIMIT. */
DX_NODISCARD dx_status dx_postings_new(const dx_gathered *g,
    const dx_numbering *n, dx_segment_writer *w, dx_list_places *places,
    unsigned threads, size_t sort_bytes, dx_work *work, dx_postings **out);
void dx_postings_free(dx_postings *p);

/** How many slices there are, not counting those of triples, and how many of
 *  them are of pairs: the first ones. */
size_t dx_postings_slices(const dx_postings *p);
size_t dx_postings_pair_slices(const dx_postings *p);

/** Fills slice number `slice` and makes its lists, with whoever helps. Like the
 *  functions below it fails if any worker has failed. */
DX_NODISCARD dx_status dx_postings_slice(dx_postings *p, unsigned worker,
    size_t slice);

/** Helps others until all slices, or all of pairs, are done. Call it once all
 *  of them have been begun. */
DX_NODISCARD dx_status dx_postings_help(dx_postings *p, unsigned worker,
    bool pairs);

/** Plans the slices of triples. Call it once all slices of pairs are done. */
DX_NODISCARD dx_status dx_postings_plan_triples(dx_postings *p);
/** Does slices of triples until none is left; none if they are not planned. */
DX_NODISCARD dx_status dx_postings_triples(dx_postings *p, unsigned worker);
/** Puts the table of triples. Call it once all slices are done. */
void dx_postings_put_triples(const dx_postings *p);

/** Tells the others that something else failed and that slices may stay undone,
 *  so that nobody waits for them. */
void dx_postings_fail(dx_postings *p, dx_status why);

#endif
