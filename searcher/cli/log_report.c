/* Counts query logs and prints what they tell. */
#include "searcher/cli/log_report.h"

#include <errno.h>
#include <string.h>

#include "searcher/cli/stdout.h"
#include "searcher/output/csv.h"
#include "searcher/output/html/html.h"
#include "searcher/report/write/page.h"
#include "searcher/report/write/table.h"
#include "searcher/report/write/text.h"

#define REPORT_BYTES_MAX ((size_t)1 << 28)

static int no_memory(const dx_cli_options *options)
{
    dx_complain(options->language, DX_SAY_NO_MEMORY);
    return DX_EXIT_FAILED;
}

/* DX_EXIT_FOUND, or another status after having said why. */
static int read_logs(const dx_cli_options *options, dx_report *r)
{
    int status = DX_EXIT_FOUND;

    for (size_t i = 0; i < options->log_count; i++) {
        dx_status rc = dx_report_read(r, options->logs[i]);
        if (rc == DX_ERR_NOMEM)
            return no_memory(options);
        if (rc == DX_OK)
            continue;
        dx_complain(options->language, DX_SAY_CANNOT_READ, options->logs[i],
            strerror(errno));
        status = DX_EXIT_FAILED;
    }
    return status;
}

static int print(const dx_cli_options *options, const dx_report *r)
{
    dx_report_view view;
    dx_buf out;

    dx_buf_init(&out, REPORT_BYTES_MAX);
    int status = DX_EXIT_FOUND;
    if (dx_report_view_init(&view, r, options->language) != DX_OK)
        status = no_memory(options);
    else if (options->format == &dx_format_csv)
        dx_report_put_table(&view, &out);
    else if (options->format == &dx_format_html)
        dx_report_put_page(&view, &out);
    else
        dx_report_put_text(&view, &out);
    if (status == DX_EXIT_FOUND && !dx_output_flush(&out, options->language))
        status = DX_EXIT_FAILED;
    dx_report_view_free(&view);
    dx_buf_free(&out);
    return status;
}

int dx_cli_print_log_report(const dx_cli_options *options)
{
    dx_report report;

    if (dx_report_init(&report, options->request.limit) != DX_OK) {
        dx_report_free(&report);
        return no_memory(options);
    }
    int status = read_logs(options, &report);
    int printed = print(options, &report);
    status = status == DX_EXIT_FOUND ? printed : status;
    if (status == DX_EXIT_FOUND && report.searches == 0)
        status = DX_EXIT_NOTHING;
    dx_report_free(&report);
    return status;
}
