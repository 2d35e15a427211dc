/* topics.h -- what an article is about and where it is: category, tags, address. */
#ifndef DX_INDEXER_INPUT_HTML_FACTS_TOPICS_H
#define DX_INDEXER_INPUT_HTML_FACTS_TOPICS_H

#include "indexer/input/html/facts/page.h"

/** Sets the category: the innermost one, from metas, breadcrumbs, or the link that
 *  stands above the title. Fails only with NOMEM, as the others do. */
DX_NODISCARD dx_status dx_category_find(const dx_page *p);

DX_NODISCARD dx_status dx_tags_find(const dx_page *p);

DX_NODISCARD dx_status dx_address_find(const dx_page *p);

#endif
