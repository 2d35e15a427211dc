/* pager.h -- below the results: the other pages, and how many hits each has. */
#ifndef DX_SEARCHER_OUTPUT_HTML_PAGER_H
#define DX_SEARCHER_OUTPUT_HTML_PAGER_H

#include "searcher/output/format.h"

/** Page numbers with the first, the last, and those around the one that is shown. The last
 *  is reckoned from counts of articles, of which some may be shown as one: it may be too
 *  high, and who asks for it gets the last that there is (serve/respond.h). */
void dx_pager_put(const dx_output *o, dx_buf *out);

#endif
