/* What --parse prints: how a query is understood. */
#include "searcher/cli/parse.h"

#include "searcher/cli/answer.h"
#include "searcher/cli/stdout.h"
#include "searcher/query/echo.h"
#include "searcher/query/parse/parse.h"
#include "searcher/query/query.h"

#define PARSE_BYTES_MAX ((size_t)1 << 20)

int dx_cli_print_parse(dx_cli_options *options)
{
    dx_query q;
    dx_error err = {0};
    dx_buf out;

    if (dx_query_parse(dx_buf_cstr(&options->query), &q, &err) != DX_OK) {
        dx_complain_index(options, &err);
        return DX_EXIT_FAILED;
    }
    dx_buf_init(&out, PARSE_BYTES_MAX);
    dx_query_echo(&q, &out);
    dx_buf_putc(&out, '\n');
    for (uint32_t i = 0; i < q.warning_count; i++) {
        const dx_query_warning *w = &q.warnings[i];
        dx_buf_printf(&out, "%u..%u: %s\n", w->start, w->end,
            options->language == DX_ENGLISH ? w->en : w->vi);
    }
    dx_query_free(&q);
    bool done = dx_output_flush(&out, options->language);
    dx_buf_free(&out);
    return done ? DX_EXIT_FOUND : DX_EXIT_FAILED;
}
