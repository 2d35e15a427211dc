/* ids.h -- finds documents by their ids, which a segment keeps as hashes. */
#ifndef DX_INDEX_SEGMENT_IDS_H
#define DX_INDEX_SEGMENT_IDS_H

#include <stdint.h>

#include "common/base/hash.h"
#include "common/index/segment/layout/id.h"
#include "common/index/segment/segment.h"

/** The first document whose id has this hash (by dx_hash128_of()), deleted or
 *  not, or DX_ID_NONE; and the next one after `doc`. At most one of them is not
 *  deleted. */
uint32_t dx_segment_find_id(const dx_segment *s, dx_hash128 id);
uint32_t dx_segment_find_id_after(const dx_segment *s, dx_hash128 id,
    uint32_t doc);
/** Reads entry `i` (< docs) of the ids, in order of their hashes. Returns its
 *  document, or DX_ID_NONE when damaged. */
uint32_t dx_segment_id_entry(const dx_segment *s, uint32_t i, dx_hash128 *id);

#endif
