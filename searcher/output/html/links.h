/* links.h -- what the head of a page tells programs: feeds of the same query, the search for
 * browsers (OpenSearch) and for search engines (schema.org). */
#ifndef DX_SEARCHER_OUTPUT_HTML_LINKS_H
#define DX_SEARCHER_OUTPUT_HTML_LINKS_H

#include "searcher/output/format.h"

/** Appends <link> elements, a line each. On the page before anything was asked also what
 *  schema.org calls a SearchAction, as JSON-LD: data, which no Content-Security-Policy
 *  counts as a script. */
void dx_links_put(dx_buf *out, const dx_view *view);

/** Appends a paragraph of links for readers below the results: the feed of the query, the
 *  results as a table. */
void dx_links_put_follow(dx_buf *out, const dx_view *view);

#endif
