/* whole_dictionary.h -- the dictionaries of all segments as one, in byte order. */
#ifndef DX_INDEXER_CLI_INSPECT_WHOLE_DICTIONARY_H
#define DX_INDEXER_CLI_INSPECT_WHOLE_DICTIONARY_H

#include <stdbool.h>
#include <stdint.h>

#include "common/index/segment/generation.h"

typedef struct dx_whole_term {
    dx_str folded;
    dx_str exact; /* {NULL,0}: the folded term as a whole, before its forms */
    uint64_t df;  /* live articles with it; 0 when not asked for */
} dx_whole_term;

/** Calls `each` for every folded term that starts with `prefix`, and for each
 *  of its exact forms, until it returns something else than DX_OK, which is
 *  then returned. `names_only` leaves df out, which is much faster. Fails with
 *  NOMEM or CORRUPT. */
typedef dx_status (*dx_whole_term_each)(void *ctx, const dx_whole_term *term);
DX_NODISCARD dx_status dx_whole_dictionary_walk(const dx_generation *g, dx_str prefix,
    bool names_only, dx_whole_term_each each, void *ctx);

#endif
