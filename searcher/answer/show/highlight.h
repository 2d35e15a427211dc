/* highlight.h -- which words of a document a query's words are: what a snippet
 * marks. */
#ifndef DX_SEARCHER_ANSWER_SHOW_HIGHLIGHT_H
#define DX_SEARCHER_ANSWER_SHOW_HIGHLIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/index/codec/id_filter.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/segment.h"
#include "searcher/query/query.h"

/* Exact ids of a segment that a query word stands for. */
typedef struct dx_id_range {
    uint32_t first, end; /* exact ids [first, end) */
    uint32_t word;       /* index in dx_query.words */
} dx_id_range;

#define DX_HIGHLIGHT_RANGES_MAX 256u

/** Ranges of all words that are not excluded; `out` has room for
 *  DX_HIGHLIGHT_RANGES_MAX. Returns how many. A word typed with marks stands for
 *  that spelling, or for any where `doc` does not have it; one that stands for
 *  several (chuy*) for those of them that `doc` has. Thread-safe. */
size_t dx_highlight_ranges(const dx_segment *s, const dx_query *q,
    bool exact_accents, const dx_doc *doc, dx_id_range *out);

/** Lets through all ids that those ranges can be of, whatever the document.
 *  False when that takes a look at the document, since a word stands for
 *  several. Thread-safe. */
bool dx_highlight_filter(const dx_segment *s, const dx_query *q,
    bool exact_accents, dx_id_filter *out);

#endif
