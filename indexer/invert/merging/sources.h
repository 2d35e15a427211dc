/* sources.h -- the segments that are merged, and the numbers that their documents
 * and terms get in the merged one. */
#ifndef DX_INDEXER_INVERT_MERGING_SOURCES_H
#define DX_INDEXER_INVERT_MERGING_SOURCES_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/segment.h"
#include "indexer/invert/work.h"

#define DX_MERGE_GONE UINT32_MAX /* a document or term that is in no live text */

typedef struct dx_merge_source {
    const dx_segment *s;     /* borrowed */
    const uint64_t *deleted; /* borrowed; NULL: none */
    uint32_t *deleted_before; /* owned: up to each 64 documents, if any is */
    uint32_t first, docs;    /* its documents in the merged segment */
    uint32_t *folded_to, *exact_to; /* owned: the merged number of each term, or
                                       GONE; set by dx_merge_terms_number() */
} dx_merge_source;

typedef struct dx_merge_sources {
    dx_merge_source *at; /* owned */
    size_t count;
    uint32_t docs;       /* of all that are not deleted */
    uint16_t *lengths;   /* owned: theirs */
    uint32_t *exact_folded; /* owned: folded number of each merged exact one */
    uint32_t exacts, foldeds; /* merged terms */
    dx_work *work;          /* borrowed; NULL: nobody asks how far it is */
} dx_merge_sources;

/** Numbers the documents of `count` segments, which must outlive `m`, one after
 *  another. Fails with NOMEM or LIMIT; free `m` even then. */
DX_NODISCARD dx_status dx_merge_sources_init(dx_merge_sources *m,
    dx_segment *const *segments, size_t count);
void dx_merge_sources_free(dx_merge_sources *m);

/** What a merge is in units of work: one for each document whose text is read to
 *  count forms, to be written, or to look for triples; one for
 *  each folded term of each source that is numbered, or whose lists are put. */
uint64_t dx_merge_sources_units(const dx_merge_sources *m);

/** The merged number of document `doc`, or GONE. */
static inline uint32_t dx_merge_doc(const dx_merge_source *s, uint32_t doc)
{
    if (!s->deleted)
        return s->first + doc;
    uint64_t word = s->deleted[doc >> 6], bit = (uint64_t)1 << (doc & 63);
    return word & bit ? DX_MERGE_GONE
                      : s->first + doc - s->deleted_before[doc >> 6] -
                            (uint32_t)__builtin_popcountll(word & (bit - 1));
}

#endif
