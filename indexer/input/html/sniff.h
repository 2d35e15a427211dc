/* sniff.h -- whether bytes are a page, when no name says so. */
#ifndef DX_INDEXER_INPUT_HTML_SNIFF_H
#define DX_INDEXER_INPUT_HTML_SNIFF_H

#include <stdbool.h>

#include "common/base/str.h"

/** Whether a file that begins so, blanks passed over, is surely a page: an element of
 *  HTML comes first, behind comments and declarations, or its doctype or root soon
 *  after what a server printed before it. XML of other kinds and the sources of
 *  server pages (<?php, <%@) are none. UTF-16 is seen through. */
bool dx_html_is_sure(dx_str first);

#endif
