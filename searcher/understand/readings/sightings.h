/* sightings.h -- how words are spelt beside one another, seen in documents of
 * the index. */
#ifndef DX_SEARCHER_UNDERSTAND_READINGS_SIGHTINGS_H
#define DX_SEARCHER_UNDERSTAND_READINGS_SIGHTINGS_H

#include "common/base/status.h"
#include "searcher/understand/readings/slots.h"

/** Fills in `seen` and `triples` of all slots, and their sums; the slots have their
 *  spellings.
 *  Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_sightings_collect(dx_slots *slots);

#endif
