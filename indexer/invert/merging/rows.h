/* rows.h -- the rows of several segments at once, in order of their last numbers. */
#ifndef DX_INDEXER_INVERT_MERGING_ROWS_H
#define DX_INDEXER_INVERT_MERGING_ROWS_H

#include "common/base/status.h"
#include "common/index/segment/pairs.h"
#include "indexer/invert/merging/postings.h"
#include "indexer/invert/merging/sources.h"

typedef struct dx_merge_row { /* of one segment */
    const dx_merge_source *source; /* borrowed */
    dx_pair_walk walk;
    uint32_t last; /* merged number of what it is at; GONE at its end */
    dx_list list;
} dx_merge_row;

/** Goes to the row's first list, whose walk and source are set, or to its next one,
 *  passing over those whose last term is gone. Fails with CORRUPT. */
DX_NODISCARD dx_status dx_merge_row_next(dx_merge_row *r);

/** The least last number that any of the rows is at, or GONE. */
uint32_t dx_merge_rows_least(const dx_merge_row *rows, size_t count);

/** Adds the lists of the rows that are at `last` to `to`, and moves them on. Fails
 *  with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_merge_rows_take(dx_merge_row *rows, size_t count,
    uint32_t last, dx_merge_postings *to);

#endif
