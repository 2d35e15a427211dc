/* page.h -- the page that a browser gets, in Vietnamese, without scripts. */
#ifndef DX_SEARCHER_OUTPUT_HTML_PAGE_H
#define DX_SEARCHER_OUTPUT_HTML_PAGE_H

#include "searcher/output/format.h"

extern const dx_format dx_format_html;

#endif
