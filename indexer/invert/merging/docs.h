/* docs.h -- the documents of a merged segment: texts in its code, columns, stored
 * fields. */
#ifndef DX_INDEXER_INVERT_MERGING_DOCS_H
#define DX_INDEXER_INVERT_MERGING_DOCS_H

#include <stdatomic.h>

#include "common/base/status.h"
#include "common/index/segment/write/segment_writer.h"
#include "indexer/invert/coding.h"
#include "indexer/invert/merging/forms.h"
#include "indexer/invert/merging/sources.h"

/** Supplies all documents to `w`. `code` is of the merged forms. Fails with CORRUPT,
 *  NOMEM, LIMIT, or INTERRUPTED once `stop` (may be NULL) is set. */
DX_NODISCARD dx_status dx_merge_docs_put(const dx_merge_sources *m,
    const dx_merge_forms *forms, const dx_coding *code, dx_segment_writer *w,
    const atomic_bool *stop);

#endif
