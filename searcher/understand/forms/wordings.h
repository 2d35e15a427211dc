/* wordings.h -- other wordings of some words of a query, as far as the index
 * has them. */
#ifndef DX_SEARCHER_UNDERSTAND_FORMS_WORDINGS_H
#define DX_SEARCHER_UNDERSTAND_FORMS_WORDINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "common/include/dx/base.h"
#include "searcher/understand/names/finder.h"
#include "searcher/understand/names/stand_in.h"

#define DX_WORDING_MAX_BYTES 256u

typedef struct dx_wordings {
    dx_finder *finder; /* borrowed */
    dx_buf lines;      /* those offered so far that the index has */
    uint32_t added;    /* words of the query that got an alternative */
} dx_wordings;

#define DX_WORDING_STR(s) (int)(s).len, (s).ptr /* for "%.*s" */

/** In how many documents of the index, at most, the words of `text` follow one
 *  another, by its rarest pair; a single word, by its spelling where it is
 *  marked. 0 when it has no words or too many. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_wording_count(dx_finder *f, dx_str text,
    uint64_t *documents);

/** Offers a text of at most DX_WORDING_MAX_BYTES, unless the index does not have
 *  it. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_wordings_offer(dx_wordings *w, const char *format,
    ...) DX_PRINTF(2, 3);

/** Makes what was offered since the last call stand in for `words` of the row;
 *  `replaced` is what the note shows the first of it instead of: `words`, or more
 *  when it repeats their neighbour. *taken: words.count, or 0 when nothing was
 *  offered. Fails with NOMEM or CORRUPT. */
DX_NODISCARD dx_status dx_wordings_take(dx_wordings *w, dx_span words,
    dx_span replaced, uint32_t *taken);

#endif
