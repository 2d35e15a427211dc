/* terms.h -- the dictionaries of several segments as one. */
#ifndef DX_INDEXER_INVERT_MERGING_TERMS_H
#define DX_INDEXER_INVERT_MERGING_TERMS_H

#include "common/base/status.h"
#include "indexer/invert/merging/sources.h"

/** Numbers the terms that a document which is not deleted has: sets folded_to and
 *  exact_to of each source, exact_folded and the counts. All dictionaries are
 *  walked at once. Fails with CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_merge_terms_number(dx_merge_sources *m);

#endif
