/* stand_in.h -- what stands in for an abbreviation or another wording: phrases
 * of lower weight that are searched for too. */
#ifndef DX_SEARCHER_UNDERSTAND_NAMES_STAND_IN_H
#define DX_SEARCHER_UNDERSTAND_NAMES_STAND_IN_H

#include "common/base/status.h"
#include "searcher/understand/names/abbreviation.h"
#include "searcher/understand/names/finder.h"

/** Makes what the index has of it the alternative of each of its words
 *  (dx_node.alternative), as far as the query has room, with a note about the
 *  first. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_stand_in_add(dx_finder *f, const dx_abbreviation *a);

typedef struct dx_span { /* words from .. from + count - 1 of the row */
    uint32_t from, count;
} dx_span;

/** Likewise with other wordings of `words`, a line each, in order of preference;
 *  one that is what was typed is passed over. The first is in the place of
 *  `replaced`, which the note tells. *added: there was one. Fails with NOMEM or
 *  CORRUPT. */
DX_NODISCARD dx_status dx_stand_in_add_wordings(dx_finder *f, dx_span words,
    dx_span replaced, const char *lines, bool *added);

#endif
