/* timeline.h -- how many of the results are of each month, or of each year, as bars. */
#ifndef DX_SEARCHER_OUTPUT_HTML_TIMELINE_H
#define DX_SEARCHER_OUTPUT_HTML_TIMELINE_H

#include "searcher/output/html/narrow.h"

/** Bars that are links, as SVG, and the same figures as a table. Months, where the facets
 *  have all of them and they are not too many; else years. Nothing when all is of one. */
void dx_timeline_put(const dx_output *o, const dx_filters *f, dx_buf *out);

#endif
