/* rows.h -- the plain words of a query, row by row. */
#ifndef DX_SEARCHER_UNDERSTAND_NAMES_ROWS_H
#define DX_SEARCHER_UNDERSTAND_NAMES_ROWS_H

#include "common/base/status.h"
#include "searcher/understand/names/finder.h"

/** Fills f->row with the plain words that directly follow one another, and calls
 *  `apply` with `context`; so for each such row of f->query. Stops at what `apply`
 *  fails with. */
DX_NODISCARD dx_status dx_rows_each(dx_finder *f,
    dx_status (*apply)(dx_finder *f, void *context), void *context);

#endif
