/* html.h -- pages as a format of answers. */
#ifndef DX_SEARCHER_OUTPUT_HTML_HTML_H
#define DX_SEARCHER_OUTPUT_HTML_HTML_H

#include "searcher/output/format.h"

extern const dx_format dx_format_html;

#endif
