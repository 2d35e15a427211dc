/* narrow.h -- beside the results: other orders, and filters with how many
 * articles each leaves. All are links and forms, so that no script is needed. */
#ifndef DX_SEARCHER_OUTPUT_HTML_NARROW_H
#define DX_SEARCHER_OUTPUT_HTML_NARROW_H

#include "searcher/output/html/filters.h"
#include "searcher/output/html/link.h"

/** Nothing when there is nothing to put in order. */
void dx_narrow_put_orders(const dx_output *o, dx_buf *out);

/** Only values that some of the results have and others not; nothing without any. Years,
 *  or within a year its months. */
void dx_narrow_put_filters(const dx_output *o, const dx_filters *f, dx_buf *out);

/** A form for the first and the last day; it keeps the other filters. */
void dx_narrow_put_dates(const dx_output *o, const dx_filters *f, dx_buf *out);

/** A link to what was searched for and counted, to which a filter may be added: with `period`
 *  ("2024", "2024-03"; else NULL) in the place of filters that this one makes needless.
 *  `query` is where its query is kept, and lives as long. */
dx_link dx_narrow_link(const dx_output *o, const dx_filters *f, const char *period,
    dx_buf *query);

#endif
