/* hit.h -- an article in the list of hits. */
#ifndef DX_SEARCHER_OUTPUT_HTML_HIT_H
#define DX_SEARCHER_OUTPUT_HTML_HIT_H

#include "searcher/output/format.h"
#include "searcher/output/html/template/slots.h"

/** Appends hit number o->number by its template. `slots` is where its values are put, which
 *  keeps its memory from hit to hit. */
void dx_hit_put(const dx_output *o, const dx_hit *hit, dx_values *slots,
    dx_buf *out);

/** What names an article in addresses: its id, or its key where that tells a path of the
 *  server's disk or is too long. */
const char *dx_hit_link_id(const dx_view *view, const dx_hit *hit);

/** Appends the article's address on the web; without one that of its stored text, with the
 *  query, if the site shows it; else nothing. Not escaped. */
void dx_hit_put_address(const dx_view *view, const dx_hit *hit, dx_buf *out);

#endif
