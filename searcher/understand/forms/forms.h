/* forms.h -- what readers type and papers write otherwise: words joined or cut
 * in other places, numbers in other figures, what is shortened.
 *
 * For queries that find little. What may be written otherwise becomes an
 * alternative of lower weight (dx_node.alternative) with a note, if the index has
 * it; what was typed still counts, and comes first. */
#ifndef DX_SEARCHER_UNDERSTAND_FORMS_FORMS_H
#define DX_SEARCHER_UNDERSTAND_FORMS_FORMS_H

#include <stdbool.h>

#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/query/query.h"
#include "searcher/understand/names/synonyms.h"
#include "searcher/understand/notes.h"

/** Adds other forms of the plain words of `q` that have no alternative yet.
 *  *added: there are some, so that the query finds more. Fails with NOMEM or
 *  CORRUPT. */
DX_NODISCARD dx_status dx_forms_apply(const dx_synonyms *s,
    const dx_generation *g, dx_query *q, dx_notes *notes, bool *added);

/** Takes them out of `q` again, which had `node_count` nodes before. */
void dx_forms_drop(dx_query *q, uint32_t node_count);

#endif
