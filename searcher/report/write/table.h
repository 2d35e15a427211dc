/* table.h -- a report as CSV (RFC 4180), a line a figure: `part` is total, day, frequent,
 * nothing or slow. */
#ifndef DX_SEARCHER_REPORT_WRITE_TABLE_H
#define DX_SEARCHER_REPORT_WRITE_TABLE_H

#include "searcher/report/write/write.h"

/** Appends all of it, and an empty field where there is no figure. */
void dx_report_put_table(const dx_report_view *v, dx_buf *out);

#endif
