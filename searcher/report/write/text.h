/* text.h -- a report for a terminal. */
#ifndef DX_SEARCHER_REPORT_WRITE_TEXT_H
#define DX_SEARCHER_REPORT_WRITE_TEXT_H

#include "searcher/report/write/write.h"

/** Appends all of it. */
void dx_report_put_text(const dx_report_view *v, dx_buf *out);

#endif
