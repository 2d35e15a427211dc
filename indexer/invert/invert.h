/* invert.h -- from gathered documents to a segment in the store.
 *
 *   1 numbering   terms in the order of the dictionary; a code for the text, word
 *                 forms in its order
 *   2 postings    lists of terms, of pairs of neighbours, then of triples: a
 *                 slice of the dictionary at a time, so that memory is bounded
 *   3 text        each document's forms in that code
 *   4 dictionary  with the places of its lists
 *
 * 2 and 3 run in parallel. Each slice reads all the text: that costs about 2 ns
 * a word, far less than a second copy of the postings would. */
#ifndef DX_INDEXER_INVERT_INVERT_H
#define DX_INDEXER_INVERT_INVERT_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/layout/manifest.h"
#include "common/index/store/writer.h"
#include "indexer/gather/gathered.h"
#include "indexer/invert/work.h"

typedef struct dx_invert_options {
    unsigned threads;  /* >= 1 */
    size_t sort_bytes; /* memory for postings on their way to lists, of all
                          threads; exceeded only when one term needs more */
    dx_work *work;     /* counts what is done; may be NULL */
} dx_invert_options;

/** Writes `g`, which has at least one document, as segment `id`: committed, but
 *  not published. `*entry` is for the manifest, with no deletions. Afterwards
 *  `g` can only be freed. Fails with NOMEM, LIMIT or IO. */
DX_NODISCARD dx_status dx_invert(dx_gathered *g, dx_writer *store, uint32_t id,
    const dx_invert_options *options, dx_segment_entry *entry, dx_error *err);

#endif
