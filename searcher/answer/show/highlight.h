/* highlight.h -- which words of a document a query's words are: what a snippet
 * marks. */
#ifndef DX_SEARCHER_ANSWER_SHOW_HIGHLIGHT_H
#define DX_SEARCHER_ANSWER_SHOW_HIGHLIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/index/codec/id_filter.h"
#include "common/base/status.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/segment.h"
#include "searcher/query/query.h"

/* Exact ids of a segment that a query word stands for. */
typedef struct dx_id_range {
    uint32_t first, end; /* exact ids [first, end) */
    uint32_t word;       /* index in dx_query.words */
    bool beside; /* counts only beside its neighbour of the query */
} dx_id_range;

#define DX_HIGHLIGHT_RANGES_MAX 256u

/* How the words of a query are marked, in whatever document. */
typedef struct dx_highlight {
    const dx_query *query; /* borrowed */
    bool exact_accents;
    bool read_surely; /* all words: a note says so */
    bool light[DX_QUERY_MAX_TERMS + DX_QUERY_MAX_ADDED]; /* words that say next to
                                                            nothing beside the others */
} dx_highlight;

/** Fills in `light` by the counts of all documents; the rest is set. Thread-safe.
 *  Fails with CORRUPT. */
DX_NODISCARD dx_status dx_highlight_weigh(dx_highlight *h,
    const dx_generation *g);

/** Ranges of all words that are not excluded; `out` has room for
 *  DX_HIGHLIGHT_RANGES_MAX. Returns how many.
 *
 *  A word typed with marks stands for that spelling, and so does one that was read
 *  for what it was read as; where `doc` does not have that, for the word without
 *  marks, and where the reading is not sure for any. One that stands for several
 *  (chuy*) stands for those of them that `doc` has. A word that says next to nothing,
 *  as "cho" in "cho thuê", and those that stand in for another together count beside
 *  one another only. Thread-safe. */
size_t dx_highlight_ranges(const dx_highlight *h, const dx_segment *s,
    const dx_doc *doc, dx_id_range *out);

/** Lets through all ids that those ranges can be of, whatever the document.
 *  False when that takes a look at the document, since a word stands for
 *  several. Thread-safe. */
bool dx_highlight_filter(const dx_segment *s, const dx_query *q,
    bool exact_accents, dx_id_filter *out);

#endif
