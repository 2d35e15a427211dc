/* dates.h -- when an article was published, by what its page shows and hides. */
#ifndef DX_INDEXER_INPUT_HTML_FACTS_DATES_H
#define DX_INDEXER_INPUT_HTML_FACTS_DATES_H

#include "indexer/input/html/facts/page.h"

/** Sets the date, and the day of the last change where the page tells it: from
 *  linked data, microdata, metas and labels ("Ngày đăng: …"), else from what
 *  stands beside the title, else from a line further down. Never the page's clock
 *  ("Hôm nay: …"), a list of other articles, or a day after p->latest. Fails only
 *  with NOMEM. */
DX_NODISCARD dx_status dx_dates_find(const dx_page *p);

#endif
