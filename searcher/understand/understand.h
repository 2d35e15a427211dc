/* understand.h -- what a query may mean besides what it says, learnt from the
 * index itself and from common/names.
 *
 * What was typed is never lost: words keep it, and other readings are added
 * beside them (dx_query_word.reading) or offered to the reader (notes). Another
 * query is searched instead only where what was typed finds next to nothing and looks
 * like keystrokes, or is misspelt and finds nothing, or is surely misspelt: then the
 * word as typed stands in for the other. A note says so. */
#ifndef DX_SEARCHER_UNDERSTAND_UNDERSTAND_H
#define DX_SEARCHER_UNDERSTAND_UNDERSTAND_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/status.h"
#include "common/index/segment/generation.h"
#include "searcher/query/query.h"
#include "searcher/understand/notes.h"
#include "searcher/understand/names/synonyms.h"

/** Before ranking: adds readings of words typed without accents, and a note
 *  about them when they are sure; and what stands for what by `synonyms`. Fails
 *  with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_understand(const dx_generation *g,
    const dx_synonyms *synonyms, dx_query *q, dx_notes *notes);

typedef enum dx_rereading {
    DX_AS_TYPED,
    DX_INSTEAD,         /* *out is what is searched for */
    DX_INSTEAD_IF_FOUND /* the same, unless it finds nothing with everything */
} dx_rereading;

/** After a ranking that found `total` documents with everything: whether the query is
 *  rather Telex or VNI keystrokes or misspelt. *how tells what to do. Unless AS_TYPED,
 *  *out is a query to be freed; else only a note was added, or nothing. Fails with
 *  NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_reread(const dx_generation *g,
    const dx_synonyms *synonyms, const dx_query *q, uint64_t total,
    dx_query *out, dx_rereading *how, dx_notes *notes);

#endif
