/* suggestions.h -- how a query may go on, as text or JSON. */
#ifndef DX_SEARCHER_CLI_SUGGESTIONS_H
#define DX_SEARCHER_CLI_SUGGESTIONS_H

#include "common/base/buf.h"
#include "searcher/include/dx/search.h"
#include "searcher/output/format.h"

/** Appends `s` to `out`: one a line, or a JSON array where `format` is JSON. Where
 *  `view` has the id of a batch's query, after a line that names it, and with an
 *  empty line at the end; or as an object with "qid", "query" and "suggestions". */
void dx_suggestions_put(const dx_suggestions *s, const dx_format *format,
    const dx_view *view, dx_buf *out);

#endif
