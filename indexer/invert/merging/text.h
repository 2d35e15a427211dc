/* text.h -- the text of a document as the numbers of its forms. */
#ifndef DX_INDEXER_INVERT_MERGING_TEXT_H
#define DX_INDEXER_INVERT_MERGING_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/segment.h"

#define DX_MERGE_FIELD_END UINT32_MAX

typedef struct dx_merge_text { /* {0} is empty */
    uint32_t *forms; /* owned; of the segment; FIELD_END closes each field */
    size_t count, cap;
} dx_merge_text;

/** Reads the text of a document in place of what is there. Fails with CORRUPT or
 *  NOMEM. */
DX_NODISCARD dx_status dx_merge_text_read(dx_merge_text *t, const dx_segment *s,
    uint32_t doc);
void dx_merge_text_free(dx_merge_text *t);

#endif
