/* facets.h -- how many of the matching documents have each source, province,
 * year …
 *
 * Attributes are terms (common/index/field/attribute.h), so a count is the size of a
 * list's intersection with the bitset of matches. */
#ifndef DX_SEARCHER_ANSWER_SHOW_FACETS_H
#define DX_SEARCHER_ANSWER_SHOW_FACETS_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/include/dx/search.h"

struct dx_facet {
    const char *field; /* static */
    const char *value; /* in the arena */
    uint64_t count;
};

typedef struct dx_facet_list {
    dx_facet *at; /* in the arena; by field, then most frequent first; years
                     and months newest first */
    uint32_t count;
} dx_facet_list;

/** Counts all fields, the `most` most frequent values of each. `matches[s]` is
 *  the bitset of segment s, of whole windows. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_facets_count(const dx_generation *g,
    uint64_t *const *matches, uint32_t most, dx_arena *arena,
    dx_facet_list *out);

#endif
