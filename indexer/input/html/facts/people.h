/* people.h -- who wrote an article, and from where it was taken. */
#ifndef DX_INDEXER_INPUT_HTML_FACTS_PEOPLE_H
#define DX_INDEXER_INPUT_HTML_FACTS_PEOPLE_H

#include "indexer/input/html/facts/page.h"

/** Sets author and source from linked data, microdata, elements named for them,
 *  labels ("Tác giả: …", "Nguồn: …") and the signature at the end of the text. An
 *  organisation, a site or a date is no author. Fails only with NOMEM. */
DX_NODISCARD dx_status dx_people_find(const dx_page *p);

/** What is left to say once the body's own byline was read: the publisher as
 *  source, the page's author meta as author. Likewise. */
DX_NODISCARD dx_status dx_people_find_late(const dx_page *p);

#endif
