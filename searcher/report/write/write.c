/* What a report shows, in order. */
#include "searcher/report/write/write.h"

#include "common/base/mem.h"

dx_status dx_report_view_init(dx_report_view *v, const dx_report *r,
    dx_language language)
{
    *v = (dx_report_view){.report = r, .language = language};
    v->frequent = dx_calloc((size_t)r->rows + 1, sizeof *v->frequent);
    v->nothing = dx_calloc((size_t)r->rows + 1, sizeof *v->nothing);
    if (!v->frequent || !v->nothing)
        return DX_ERR_NOMEM;
    v->frequent_count = dx_report_queries_top(&r->queries, dx_report_by_searches,
        r->rows, v->frequent);
    v->nothing_count = dx_report_queries_top(&r->queries, dx_report_by_nothing,
        r->rows, v->nothing);
    return DX_OK;
}

void dx_report_view_free(dx_report_view *v)
{
    dx_free(v->frequent);
    dx_free(v->nothing);
    *v = (dx_report_view){0};
}
