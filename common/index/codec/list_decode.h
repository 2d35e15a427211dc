/* list_decode.h -- a posting list as arrays, for whoever wants all of it. */
#ifndef DX_INDEX_CODEC_LIST_DECODE_H
#define DX_INDEX_CODEC_LIST_DECODE_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/codec/list.h"

/** Decodes a whole list into `docs` and `tfs` (room for list->df each). What it
 *  needs meanwhile comes from `scratch`. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_list_decode(const dx_list *list, uint32_t *docs,
    uint16_t *tfs, dx_arena *scratch);

#endif
