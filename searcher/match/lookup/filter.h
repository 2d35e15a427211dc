/* filter.h -- a filter of a query (source:, site:, docno:, after: …) on one
 * segment: a list of documents, or how to look at each.
 *
 *     source: author: …   the list of the attribute (attribute.h) whose folded
 *                         value is the same
 *     site:               likewise, and those of hosts under it
 *     docno:              the list of the document number
 *     url:                the stored address of each document that is left
 *     date: before: …     the column of dates
 *
 * A value that is not in the index has no documents. */
#ifndef DX_SEARCHER_MATCH_LOOKUP_FILTER_H
#define DX_SEARCHER_MATCH_LOOKUP_FILTER_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/codec/list.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/segment.h"
#include "searcher/match/evaluate/matcher.h"
#include "searcher/query/query.h"

typedef struct dx_filter {
    dx_check check;       /* NONE, DATE or URL */
    bool has_list;        /* `bits`, or else `list` */
    dx_list list;
    const uint64_t *bits; /* or NULL */
    dx_str text;          /* URL: in lower case */
} dx_filter;

/** Looks up a FILTER node. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_filter_make(const dx_segment *s, const dx_node *node,
    dx_arena *arena, dx_filter *out);

/** Whether the address of `doc` has `text` in it, whatever the case of ASCII
 *  letters. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_filter_url_holds(const dx_segment *s, uint32_t doc,
    dx_str text, dx_meta_reader *reader, bool *holds);

#endif
