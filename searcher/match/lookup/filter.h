/* filter.h -- what a filter of a query (source:, site:, docno:, after: …) is in
 * one segment: the documents that it lets through, or how to tell them.
 *
 *     source: author: …   the list of the attribute (attribute.h) whose folded
 *                         value is the same
 *     site:               likewise, and those of hosts under it
 *     issued: …           likewise, and those of other days in the range
 *     docno:              likewise, and those with the number in their text
 *     cites:              likewise, without those whose own number it is
 *     url:                the stored address of each document
 *     date: before: …     the column of dates
 *     dup:ID              what was found before (alike.h)
 *
 * A value that is not in the index has no documents. */
#ifndef DX_SEARCHER_MATCH_LOOKUP_FILTER_H
#define DX_SEARCHER_MATCH_LOOKUP_FILTER_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/index/codec/list.h"
#include "common/index/segment/segment.h"
#include "searcher/query/query.h"

typedef enum dx_filter_kind {
    DX_FILTER_EVERY, /* all documents: what the filter asks is no matter of one
                        document alone (dup:no) */
    DX_FILTER_LIST,
    DX_FILTER_SET,   /* documents of several lists */
    DX_FILTER_DATE,  /* the node's from_day and to_day */
    DX_FILTER_URL    /* the stored address has `text` in it */
} dx_filter_kind;

typedef struct dx_filter {
    dx_filter_kind kind;
    dx_list list;        /* LIST; may be empty */
    const uint64_t *set; /* SET: of the segment (docset.h) */
    const uint64_t *own; /* docno: of these, those that have the number themselves
                            and do not just mention it; NULL: none */
    dx_str text;         /* URL: ASCII letters in lower case */
} dx_filter;

/** Looks up a FILTER node in `s`, which is number `number` of those searched; sets
 *  and texts are put into `arena`. Thread-safe. Fails with NOMEM or CORRUPT, and with
 *  INVALID for a field that is no filter. */
DX_NODISCARD dx_status dx_filter_make(const dx_segment *s, size_t number,
    const dx_node *node, dx_arena *arena, dx_filter *out);

#endif
