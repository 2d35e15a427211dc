/* merged.h -- the dictionaries of all segments as one, in byte order. */
#ifndef DX_INDEXER_CLI_MERGED_H
#define DX_INDEXER_CLI_MERGED_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/index/codec/list.h"
#include "common/index/segment/generation.h"
#include "common/index/segment/segment.h"

typedef struct dx_merged_term {
    dx_str folded;
    dx_str exact; /* {NULL,0}: the folded term as a whole, before its forms */
    uint64_t df;  /* live articles with it; 0 when not asked for */
} dx_merged_term;

/** Calls `each` for every folded term that starts with `prefix`, and for each
 *  of its exact forms, until it returns something else than DX_OK, which is
 *  then returned. `names_only` leaves df out, which is much faster. Fails with
 *  NOMEM or CORRUPT. */
typedef dx_status (*dx_merged_each)(void *ctx, const dx_merged_term *term);
DX_NODISCARD dx_status dx_merged_walk(const dx_generation *g, dx_str prefix,
    bool names_only, dx_merged_each each, void *ctx);

/** Room for the postings of any list of a segment. */
typedef struct dx_postings_room {
    uint32_t *docs; /* owned */
    uint16_t *tfs;  /* owned */
    dx_arena arena;
} dx_postings_room;

DX_NODISCARD dx_status dx_postings_room_init(dx_postings_room *r,
    const dx_generation *g);
void dx_postings_room_free(dx_postings_room *r);

/** Decodes the postings of `list` in articles that are not deleted; `*count`
 *  of them. */
DX_NODISCARD dx_status dx_postings_live(dx_postings_room *r,
    const dx_segment *s, const dx_list *list, uint32_t *count);

#endif
