/* segment_internal.h -- an open segment, for the files of this folder, each of
 * which answers another question about it. */
#ifndef DX_INDEX_SEGMENT_SEGMENT_INTERNAL_H
#define DX_INDEX_SEGMENT_SEGMENT_INTERNAL_H

#include <stdint.h>

#include "common/index/segment/form_table.h"
#include "common/index/segment/layout/column.h"
#include "common/index/segment/layout/parts.h"
#include "common/index/segment/layout/term_blocks.h"

struct dx_segment {
    uint32_t id, docs, deleted_count;
    uint64_t length_sum;
    uint64_t *deleted; /* owned, or NULL */
    uint64_t *withheld; /* owned; NULL: as `deleted` (hidden.h) */
    uint32_t hidden_count;
    dx_parts parts;
    dx_term_blocks blocks;
    dx_form_table forms;
    dx_column triples;
    dx_column text_offsets, meta_offsets, lengths, dates, files, contents, ids,
        by_date;
};

#endif
