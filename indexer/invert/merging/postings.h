/* postings.h -- one merged list at a time: the lists of the segments one after
 * another, without deleted documents. */
#ifndef DX_INDEXER_INVERT_MERGING_POSTINGS_H
#define DX_INDEXER_INVERT_MERGING_POSTINGS_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/codec/list.h"
#include "indexer/invert/merging/sources.h"

typedef struct dx_merge_postings { /* {0} is empty */
    uint32_t *docs; /* owned, as is what follows; merged numbers, ascending */
    uint16_t *tfs;
    uint32_t count;
    size_t docs_cap, tfs_cap;
    dx_arena scratch;
} dx_merge_postings;

void dx_merge_postings_free(dx_merge_postings *p);

/** Makes room for `more` documents. Fails with NOMEM. */
DX_NODISCARD dx_status dx_merge_postings_reserve(dx_merge_postings *p,
    size_t more);

/** Appends a list of `s`, which comes after the source of what is there. Fails
 *  with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_merge_postings_add(dx_merge_postings *p,
    const dx_merge_source *s, const dx_list *list);

#endif
