/* verify.h -- looks at documents where lists cannot tell: whether a phrase
 * stands in the text, words near one another, a day in a range, a part in an
 * address. */
#ifndef DX_SEARCHER_MATCH_EVALUATE_VERIFY_H
#define DX_SEARCHER_MATCH_EVALUATE_VERIFY_H

#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/segment.h"
#include "searcher/match/evaluate/bitset.h"
#include "searcher/match/lookup/deadline.h"
#include "searcher/match/evaluate/node_match.h"
#include "searcher/match/evaluate/proximity.h"

typedef struct dx_verifier { /* of one segment */
    const dx_segment *segment;
    dx_deadline *deadline; /* borrowed */
    dx_proximity_scratch scratch;
    dx_meta_reader meta;
} dx_verifier;

/** To be freed before the segment is closed. Not thread-safe. */
void dx_verifier_init(dx_verifier *v, const dx_segment *s,
    dx_deadline *deadline);
void dx_verifier_free(dx_verifier *v);

/** set &= the documents of `window` for which the node's check holds. All the
 *  node's lists have those of `set`. When the deadline passes, the rest are
 *  dropped. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_verifier_keep(dx_verifier *v, const dx_node_match *c,
    uint32_t window, dx_bitset *set);

#endif
