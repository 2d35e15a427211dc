/* narrow.h -- beside the results: other orders, and filters with how many
 * articles each leaves. All are links, so that no script is needed. */
#ifndef DX_SEARCHER_OUTPUT_HTML_NARROW_H
#define DX_SEARCHER_OUTPUT_HTML_NARROW_H

#include "searcher/output/format.h"

/** Nothing when there is nothing to put in order. */
void dx_narrow_put_orders(const dx_output *o);

/** Only values that some of the results have and others not; nothing without
 *  any. */
void dx_narrow_put_filters(const dx_output *o);

#endif
