/* dxsearch -- the search on the command line. */
#include <stdio.h>

#include "common/cli/streams.h"
#include "common/cli/terminal.h"
#include "searcher/cli/answer.h"
#include "searcher/cli/batch.h"
#include "searcher/cli/log_report.h"
#include "searcher/cli/options.h"
#include "searcher/cli/parse.h"
#include "searcher/cli/stdout.h"
#include "searcher/cli/view.h"
#include "searcher/output/messages.h"

#define OUTPUT_BYTES_MAX ((size_t)1 << 30)

static int search(dx_index *ix, const dx_cli_options *options,
    const char *query, dx_query_log *log, dx_buf *out)
{
    dx_view view = dx_cli_view(options);
    dx_answer answer;

    dx_answer_query(ix, query, NULL, options, log, &view, out, &answer);
    int status = dx_answer_tell(&answer, NULL, options);
    return dx_output_flush(out, options->language) ? status : DX_EXIT_FAILED;
}

static int explain(dx_index *ix, const dx_cli_options *options,
    const char *query, dx_buf *out)
{
    char *text;
    dx_error err = {0};
    dx_status rc = dx_explain(ix, query, options->explain, &options->request,
        &text, &err);

    if (rc == DX_ERR_INVALID)
        return dx_complain_article(options, options->explain);
    if (rc != DX_OK) {
        dx_complain_index(options, &err);
        return DX_EXIT_FAILED;
    }
    dx_buf_puts(out, text);
    dx_text_free(text);
    return dx_output_flush(out, options->language) ? DX_EXIT_FOUND
                                                   : DX_EXIT_FAILED;
}

/* -1, or the exit status after having said what is wrong. */
static int add_synonyms(dx_index *ix, const dx_cli_options *options)
{
    dx_language l = options->language;
    dx_error err;

    if (!options->synonyms ||
        dx_index_add_synonyms(ix, options->synonyms, &err) == DX_OK)
        return -1;
    dx_terminal_printf(stderr, "dxsearch: %s\n", err.msg);
    if (err.status != DX_ERR_INVALID)
        return DX_EXIT_FAILED;
    fprintf(stderr, "%s\n", dx_message_text(l, DX_SAY_SYNONYMS_REMEDY));
    return DX_EXIT_USAGE;
}

static int answer(dx_index *ix, dx_cli_options *options, dx_buf *out)
{
    const char *query = dx_buf_cstr(&options->query);
    int status = add_synonyms(ix, options);

    if (status >= 0)
        return status;
    if (options->explain)
        return explain(ix, options, query, out);
    dx_query_log log;
    dx_answer_open_log(options, &log);
    status = options->batch ? dx_batch_run(ix, options, &log)
                            : search(ix, options, query, &log, out);
    dx_query_log_close(&log);
    return status;
}

/* About the first of the indexes that cannot be opened. */
static int complain_opening(const dx_cli_options *options, const dx_error *why)
{
    const dx_index_names *all = &options->indexes;
    dx_cli_options one = *options;
    dx_error err = *why;
    dx_index *ix;

    for (uint32_t i = 0; all->count > 1 && i < all->count; i++) {
        one.indexes = (dx_index_names){.list = &all->list[i], .count = 1};
        if (dx_index_open(all->list[i], &ix, &err) != DX_OK)
            break;
        dx_index_close(ix);
        one.indexes = *all;
        err = *why;
    }
    dx_complain_index(&one, &err);
    return DX_EXIT_FAILED;
}

static int run(dx_cli_options *options)
{
    dx_index *ix;
    dx_error err = {0};
    dx_buf out;

    if (dx_index_open_many(options->indexes.list, options->indexes.count, &ix,
            &err) != DX_OK)
        return complain_opening(options, &err);
    dx_buf_init(&out, OUTPUT_BYTES_MAX);
    int status = answer(ix, options, &out);
    dx_buf_free(&out);
    dx_index_close(ix);
    return status;
}

int main(int argc, char **argv)
{
    dx_cli_options options;

    dx_streams_open();
    int status = dx_cli_parse(argc, argv, &options);
    if (status < 0)
        status = options.parse           ? dx_cli_print_parse(&options)
                 : options.log_count > 0 ? dx_cli_print_log_report(&options)
                                         : run(&options);
    dx_cli_options_free(&options);
    return status;
}
