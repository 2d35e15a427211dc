/* parts.h -- the pages' own templates and style sheet: parts/ is what they are made of, by
 * table/make_parts.c, when dx is built. */
#ifndef DX_SEARCHER_OUTPUT_HTML_TEMPLATE_PARTS_H
#define DX_SEARCHER_OUTPUT_HTML_TEMPLATE_PARTS_H

#include "searcher/output/html/template/template.h"

extern const dx_template dx_templates_builtin[DX_TEMPLATES];

/* parts/style.css, and what allows it in a Content-Security-Policy: 'sha256-…'. */
extern const char dx_style_sheet[];
extern const char dx_style_source[];

#endif
