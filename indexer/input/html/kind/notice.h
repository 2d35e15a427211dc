/* notice.h -- pages that only say that there is nothing to read. */
#ifndef DX_INDEXER_INPUT_HTML_KIND_NOTICE_H
#define DX_INDEXER_INPUT_HTML_KIND_NOTICE_H

#include "common/base/str.h"
#include "indexer/input/reading.h"

/** Whether a line of a page, its title or a heading says that the page was not
 *  found or failed (ERROR_PAGE), or is not ready (UNFINISHED). NOT where it
 * does not. A line like this may stand in an article, too: that the page has no
 * other text is for the caller to know. */
dx_left_out dx_html_notice(dx_str line);

/** Whether a title or a heading is that of an answer to a search. */
bool dx_html_is_search_title(dx_str title);

#endif
