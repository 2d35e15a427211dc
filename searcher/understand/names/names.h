/* names.h -- other names of what a query says: abbreviations and synonyms, i
 * for y, places and ministries that were renamed. */
#ifndef DX_SEARCHER_UNDERSTAND_NAMES_NAMES_H
#define DX_SEARCHER_UNDERSTAND_NAMES_NAMES_H

#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/query/query.h"
#include "searcher/understand/names/synonyms.h"
#include "searcher/understand/notes.h"

/** Adds what may stand for the plain words of `q` (dx_node.alternative), as far
 *  as the index has it, and notes about that. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_names_apply(const dx_synonyms *s,
    const dx_generation *g, dx_query *q, dx_notes *notes);

#endif
