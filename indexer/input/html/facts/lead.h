/* lead.h -- the lead (sapo) of an article. */
#ifndef DX_INDEXER_INPUT_HTML_FACTS_LEAD_H
#define DX_INDEXER_INPUT_HTML_FACTS_LEAD_H

#include "indexer/input/html/facts/page.h"

/** Sets the lead: the page's own, by its class or because it stands in bold
 *  between title and text, before linked data and metas, which hold the same cut
 *  short, or a description of the site. One that is cut is completed from the
 *  page. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_lead_find(const dx_page *p);

#endif
