/* description.h -- what a browser has to know to offer the search as one of its own: an
 * OpenSearch 1.1 description. Its addresses must be whole, so it wants view->base. */
#ifndef DX_SEARCHER_OUTPUT_XML_DESCRIPTION_H
#define DX_SEARCHER_OUTPUT_XML_DESCRIPTION_H

#include "searcher/output/format.h"

#define DX_DESCRIPTION_MIME "application/opensearchdescription+xml"
#define DX_SUGGESTIONS_MIME "application/x-suggestions+json"

/** Appends the description of view->face's search. */
void dx_description_put(dx_buf *out, const dx_view *view);

#endif
