/* write.h -- a report as text, as a table, or as a page. */
#ifndef DX_SEARCHER_REPORT_WRITE_WRITE_H
#define DX_SEARCHER_REPORT_WRITE_WRITE_H

#include "common/base/buf.h"
#include "common/cli/language.h"
#include "searcher/report/report.h"

/* What all of them show. */
typedef struct dx_report_view {
    const dx_report *report;
    dx_language language;
    const dx_report_query **frequent, **nothing; /* owned arrays */
    size_t frequent_count, nothing_count;
} dx_report_view;

/** Sorts what a report shows; to be freed, also after NOMEM. It borrows `r`. */
DX_NODISCARD dx_status dx_report_view_init(dx_report_view *v, const dx_report *r,
    dx_language language);
void dx_report_view_free(dx_report_view *v);

#endif
