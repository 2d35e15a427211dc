/* samples.h -- which documents tell how the words of a query are spelt.
 *
 * A few of those with three of its words in two pairs, those with the most of its
 * pairs first, and where there are none such, a few with one pair. Among equals a hash of
 * the article decides. So they come from the whole index evenly, and are the same
 * in whatever order, and into however many segments, the articles were indexed. */
#ifndef DX_SEARCHER_UNDERSTAND_READINGS_SAMPLES_H
#define DX_SEARCHER_UNDERSTAND_READINGS_SAMPLES_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/status.h"
#include "searcher/understand/readings/slots.h"

typedef struct dx_sample {
    uint32_t segment, doc; /* numbers */
} dx_sample;

/** The samples for `slots`, which know their folded ids, in order of segments and
 *  documents, none twice. In the slots' arena. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_samples_choose(dx_slots *slots,
    const dx_sample **samples, size_t *count);

#endif
