/* page.h -- a report as a page of HTML that needs nothing else: no script, no other file.
 * Charts are SVG, with the same figures as a table. */
#ifndef DX_SEARCHER_REPORT_WRITE_PAGE_H
#define DX_SEARCHER_REPORT_WRITE_PAGE_H

#include "searcher/report/write/write.h"

/** Appends all of it. */
void dx_report_put_page(const dx_report_view *v, dx_buf *out);

#endif
