/* postings.h -- all lists of a segment: of words, pairs and triples.
 *
 *   plan     the dictionary is cut into slices (slices.h)
 *   fill     postings are put where they belong as they are met in the text, a
 *            slice at a time (buckets.h, filling.h)
 *   list     a bucket becomes a list, or a row of lists (key_sort.h, lists.h),
 *            made by whichever threads have time (sharing.h)
 *
 * Slices of pairs come first: which pairs are frequent, and so have triples, is
 * known when all of them are done. */
#ifndef DX_INDEXER_INVERT_POSTINGS_POSTINGS_H
#define DX_INDEXER_INVERT_POSTINGS_POSTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/status.h"
#include "common/index/segment/write/segment_writer.h"
#include "indexer/gather/gathered.h"
#include "indexer/invert/numbering.h"
#include "indexer/invert/postings/lists.h"

typedef struct dx_postings dx_postings;

/** Plans the slices of exact forms and pairs. `threads` >= 1 workers will call
 *  what follows, each with its number. They share `sort_bytes` of memory, which
 *  is exceeded only when a single term needs more. The others are borrowed;
 *  `places` is filled as lists are made. Fails with NOMEM or LIMIT. */
DX_NODISCARD dx_status dx_postings_new(const dx_gathered *g,
    const dx_numbering *n, dx_segment_writer *w, dx_list_places *places,
    unsigned threads, size_t sort_bytes, dx_postings **out);
void dx_postings_free(dx_postings *p);

/** How many slices there are, and how many of them, the first ones, are of
 *  pairs. */
size_t dx_postings_slices(const dx_postings *p);
size_t dx_postings_pair_slices(const dx_postings *p);

/** Fills slice number `slice` and makes its lists, with whoever helps. Fails, as
 *  do the others, when any worker has. */
DX_NODISCARD dx_status dx_postings_slice(dx_postings *p, unsigned worker,
    size_t slice);

/** Helps others with their slices until all slices, or all of pairs, are done.
 *  Call when each of these has been begun. */
DX_NODISCARD dx_status dx_postings_help(dx_postings *p, unsigned worker,
    bool pairs);

/** When all slices of pairs are done, others perhaps not yet: plans those of
 *  triples. */
DX_NODISCARD dx_status dx_postings_plan_triples(dx_postings *p);
/** Does slices of triples until none is left, or planned. */
DX_NODISCARD dx_status dx_postings_triples(dx_postings *p, unsigned worker);
/** When these are done, too: puts the table of triples. */
void dx_postings_put_triples(const dx_postings *p);

/** To be called when something else failed and slices may stay undone: nobody
 *  waits for them any more. */
void dx_postings_fail(dx_postings *p, dx_status why);

#endif
