/* term_finder.h -- where any of some terms stand in a text, in the order of the text,
 * without decoding the rest of it: where dx_term_scan of doc.h reads every word, this
 * one looks at first bytes, 64 forms at a time (find/byte_set.h). */
#ifndef DX_INDEX_SEGMENT_FIND_TERM_FINDER_H
#define DX_INDEX_SEGMENT_FIND_TERM_FINDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/codec/id_filter.h"
#include "common/index/codec/text_code.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/find/byte_set.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/segment.h"

typedef struct dx_term_finder { /* private to term_finder.c */
    const dx_segment *s;
    const struct dx_form_table *forms;
    dx_byte_sets bytes; /* of forms that are a position; of those that are wanted */
    dx_id_filter terms;
} dx_term_finder;

/** A finder of no terms yet. */
void dx_term_finder_init(dx_term_finder *f, const dx_segment *s);
void dx_term_finder_add(dx_term_finder *f, dx_id_spans terms);

typedef struct dx_term_search { /* of one document */
    uint32_t field; /* that was looked at last, … */
    uint32_t pos;   /* … up to this position */
    /* private: */
    dx_text text;
    uint32_t form;  /* the next one … */
    uint64_t bit;   /* … and where its bits begin */
} dx_term_search;

/** Begins with the title of a document. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_term_search_begin(const dx_term_finder *f,
    uint32_t doc, dx_term_search *search);

#define DX_TERM_SEARCH_FEW 1u
#define DX_TERM_SEARCH_MANY 8u

/** Appends to `out` the tokens of the next words, 64 times `blocks` or less, of one
 *  field, that may be of the terms, and maybe others; their byte ranges are zero.
 *  *more: that was not the end. Fails with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_term_search_go_on(const dx_term_finder *f,
    dx_term_search *search, uint32_t blocks, dx_doc *out, bool *more);

#endif
