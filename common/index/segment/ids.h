/* ids.h -- documents by their ids, which a segment keeps as hashes. */
#ifndef DX_INDEX_SEGMENT_IDS_H
#define DX_INDEX_SEGMENT_IDS_H

#include <stdint.h>

#include "common/base/hash.h"
#include "common/index/segment/id.h"
#include "common/index/segment/segment.h"

/** First document with this id's hash (dx_hash128_of the id string), deleted or
 *  not, or DX_ID_NONE; and the next one after `doc`. At most one of them is
 *  not deleted. */
uint32_t dx_segment_find_id(const dx_segment *s, dx_hash128 id);
uint32_t dx_segment_find_id_after(const dx_segment *s, dx_hash128 id,
    uint32_t doc);
/** Entry `i` (< docs) of the segment's ids in order of their hashes. Its document,
 *  or DX_ID_NONE when it is damaged. */
uint32_t dx_segment_id_entry(const dx_segment *s, uint32_t i, dx_hash128 *id);

#endif
