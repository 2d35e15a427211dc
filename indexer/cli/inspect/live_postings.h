/* live_postings.h -- the postings of a list in articles that are not deleted. */
#ifndef DX_INDEXER_CLI_INSPECT_LIVE_POSTINGS_H
#define DX_INDEXER_CLI_INSPECT_LIVE_POSTINGS_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/index/codec/list.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/segment.h"

typedef struct dx_live_postings {
    uint32_t *docs; /* owned; as many as any list of the generation can have */
    uint16_t *tfs;  /* owned, likewise */
    dx_arena arena;
} dx_live_postings;

/** Makes room for any list of `g`. Fails with NOMEM; free it then, too. */
DX_NODISCARD dx_status dx_live_postings_init(dx_live_postings *p,
    const dx_generation *g);
void dx_live_postings_free(dx_live_postings *p);

/** Decodes `list` of the segment `s`, less deleted articles; `*count` are left.
 *  Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_live_postings_decode(dx_live_postings *p,
    const dx_segment *s, const dx_list *list, uint32_t *count);

#endif
