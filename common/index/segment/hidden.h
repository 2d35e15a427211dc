/* hidden.h -- documents that are in the index but never results: an article's
 * field `hidden` makes it one. */
#ifndef DX_INDEX_SEGMENT_HIDDEN_H
#define DX_INDEX_SEGMENT_HIDDEN_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/segment.h"

/** Whether a document of the segment, perhaps a deleted one, is hidden. */
bool dx_segment_has_hidden(const dx_segment *s);

/** Lets dx_segment_withheld() know the hidden documents; until then it only
 *  knows the deleted ones. Before other threads use the segment. Fails with
 *  CORRUPT or NOMEM. */
DX_NODISCARD dx_status dx_segment_withhold_hidden(dx_segment *s);

/** Documents that are no results, deleted or hidden: as
 *  dx_segment_deleted(). */
const uint64_t *dx_segment_withheld(const dx_segment *s);
/** How many of them are not deleted. */
uint32_t dx_segment_hidden_count(const dx_segment *s);

#endif
