/* list_decode.h -- decodes a whole posting list into arrays. */
#ifndef DX_INDEX_CODEC_LIST_DECODE_H
#define DX_INDEX_CODEC_LIST_DECODE_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/codec/list.h"

/** Decodes a list into `docs` and `tfs` (room for list->df each). Working
 *  memory comes from `scratch`. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_list_decode(const dx_list *list, uint32_t *docs,
    uint16_t *tfs, dx_arena *scratch);

#endif
