/* accents.h -- restoring accents: which spelling words typed without accents
 * probably have.
 *
 * Learnt from the index at hand, without a dictionary: the documents that match
 * best as typed are read, and show how the words are spelt beside one another.
 *
 *     chuyen doi so Bac Giang  ->  chuyển đổi số Bắc Giang */
#ifndef DX_SEARCHER_UNDERSTAND_READINGS_ACCENTS_H
#define DX_SEARCHER_UNDERSTAND_READINGS_ACCENTS_H

#include <stdbool.h>

#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/query/query.h"

/* How sure a reading is: see dx_accents_restore. */
typedef enum dx_sureness {
    DX_ACCENTS_NONE,   /* nothing was read */
    DX_ACCENTS_UNSURE, /* some word may as well mean another */
    DX_ACCENTS_SURE
} dx_sureness;

/** Sets `reading`, `fallback` and `told` of the plain words of `q` that were typed
 *  without marks. In a query typed with accents they mean what they say. In one
 *  without, they mean the likeliest spelling that the index has; the less sure
 *  that is, the more the others count. A query of more than 32 words is left as
 *  it is. The strings live as long as the index is
 * open. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_accents_restore(const dx_generation *g, dx_query *q,
    dx_sureness *sureness);

#endif
