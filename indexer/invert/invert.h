/* invert.h -- from gathered documents to an inverted segment in the store.
 *
 *   1 number   forms by falling frequency (the text's code), terms in
 *              dictionary order
 *   2 postings every token's (term, document) and every neighbouring pair's
 *              (first, second, document), a part of the dictionary at a time so
 *              that memory stays bounded; then triples of frequent pairs
 *   3 text     each document's forms in Huffman code
 *   4 write    the dictionary with the places of its lists
 *
 * 2 and 3 run in parallel. The stream of forms is read anew for each part: that
 * costs ~2 ns a token, far less than a second copy of the postings would. */
#ifndef DX_INDEXER_INVERT_INVERT_H
#define DX_INDEXER_INVERT_INVERT_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/layout/manifest.h"
#include "common/index/store/writer.h"
#include "indexer/gather/gathered.h"

typedef struct dx_invert_options {
    unsigned threads;
    size_t sort_bytes; /* for sort keys, over all threads; exceeded only when a
                          single term needs more */
} dx_invert_options;

/** Writes `g` (>= 1 document) as segment `id`, committed but unpublished;
 *  `*entry` is what the manifest shall say of it, but for deletions,
 *  which are the publisher's business. The build is used up: free it. */
DX_NODISCARD dx_status dx_invert(dx_gathered *g, dx_writer *store, uint32_t id,
    const dx_invert_options *options, dx_segment_entry *entry, dx_error *err);

#endif
