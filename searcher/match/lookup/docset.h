/* docset.h -- a set of documents of a whole segment, a bit for each, in memory:
 * what several lists have together. */
#ifndef DX_SEARCHER_MATCH_LOOKUP_DOCSET_H
#define DX_SEARCHER_MATCH_LOOKUP_DOCSET_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/codec/list.h"

/** An empty set with room for whole windows of a segment that has so many
 *  documents: bit d & 63 of word d >> 6 is document d. In `arena`, or NULL when
 *  there is no memory. */
uint64_t *dx_docset_new(uint32_t segment_docs, dx_arena *arena);

/** set |= the documents of a list of its segment. Takes memory from `scratch`,
 *  which is not needed any longer afterwards. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_docset_add_list(uint64_t *set, const dx_list *list,
    dx_arena *scratch);

/** The same without the documents of two other lists, which are all among those
 *  of `list`. */
DX_NODISCARD dx_status dx_docset_add_difference(uint64_t *set,
    const dx_list *list, const dx_list outside[2], dx_arena *scratch);

/** set &= ~other, of the same segment. */
void dx_docset_remove(uint64_t *set, const uint64_t *other, uint32_t segment_docs);

/** How many documents are in it. */
uint64_t dx_docset_count(const uint64_t *set, uint32_t segment_docs);

#endif
