#include <stdio.h>

#include "common/base/escape.h"
#include "searcher/cli/answer.h"
#include "searcher/cli/batch.h"
#include "searcher/cli/options.h"
#include "searcher/cli/stdout.h"
#include "searcher/cli/parse.h"
#include "searcher/cli/view.h"
#include "searcher/output/json.h"
#include "searcher/output/messages.h"
#include "searcher/output/text.h"
#include "searcher/output/trec.h"
#include "searcher/output/wrap.h"

#define OUTPUT_BYTES_MAX ((size_t)1 << 30)

static int complain_article(const dx_cli_options *options, const char *id)
{
    dx_complain(options->language, DX_SAY_NO_ARTICLE, id);
    return DX_EXIT_NOTHING;
}

static int search(dx_index *ix, const dx_cli_options *options,
    const char *query, dx_query_log *log, dx_buf *out)
{
    dx_view view = dx_cli_view(options);
    dx_answer answer;
    dx_error err = {0};

    dx_status rc = dx_answer_query(ix, query, NULL, options, log, &view,
        out, &answer, &err);
    if (rc == DX_ERR_INVALID && options->like)
        return complain_article(options, options->like);
    if (rc != DX_OK) {
        dx_complain_index(options, &err);
        return DX_EXIT_FAILED;
    }
    dx_answer_put_warnings(&answer, NULL, options);
    if (!dx_output_flush(out, options->language))
        return DX_EXIT_FAILED;
    return answer.found ? DX_EXIT_FOUND : DX_EXIT_NOTHING;
}

static int explain(dx_index *ix, const dx_cli_options *options,
    const char *query, dx_buf *out)
{
    char *text;
    dx_error err = {0};
    dx_status rc = dx_explain(ix, query, options->explain, &options->request,
        &text, &err);

    if (rc == DX_ERR_INVALID)
        return complain_article(options, options->explain);
    if (rc != DX_OK) {
        dx_complain_index(options, &err);
        return DX_EXIT_FAILED;
    }
    dx_buf_puts(out, text);
    dx_text_free(text);
    return dx_output_flush(out, options->language) ? DX_EXIT_FOUND
                                                   : DX_EXIT_FAILED;
}

/* One a line, or a JSON array. */
static void put_suggestions(dx_buf *out, const dx_suggestions *s, bool json)
{
    uint32_t count = dx_suggestions_count(s);

    for (uint32_t i = 0; i < count; i++) {
        const char *text = dx_suggestions_text(s, i);
        dx_buf_puts(out, json ? (i ? ", " : "[") : "");
        if (json)
            dx_json_put(out, dx_str_from(text));
        else
            dx_wrap_put_clean(out, text);
        dx_buf_puts(out, json ? "" : "\n");
    }
    if (json)
        dx_buf_puts(out, count ? "]\n" : "[]\n");
}

static int suggest(dx_index *ix, const dx_cli_options *options,
    const char *query, dx_buf *out)
{
    dx_suggestions *s;
    dx_error err = {0};

    if (dx_suggest(ix, query, options->request.limit, &s, &err) != DX_OK) {
        dx_complain_index(options, &err);
        return DX_EXIT_FAILED;
    }
    bool found = dx_suggestions_count(s) > 0;
    put_suggestions(out, s, options->format == &dx_format_json);
    dx_suggestions_free(s);
    if (!dx_output_flush(out, options->language))
        return DX_EXIT_FAILED;
    return found ? DX_EXIT_FOUND : DX_EXIT_NOTHING;
}

/* -1, or the exit status after having said what is wrong. */
static int add_synonyms(dx_index *ix, const dx_cli_options *options)
{
    dx_language l = options->language;
    dx_error err;

    if (!options->synonyms ||
        dx_index_add_synonyms(ix, options->synonyms, &err) == DX_OK)
        return -1;
    fprintf(stderr, "dxsearch: %s\n", err.msg);
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
    if (options->suggest)
        return suggest(ix, options, query, out);
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
    int status = dx_cli_parse(argc, argv, &options);

    if (status < 0 && !options.format)
        options.format = options.batch ? &dx_format_trec : &dx_format_text;
    options.request.collapse =
        options.format != &dx_format_trec && !options.duplicates;
    if (status < 0)
        status = options.parse ? dx_cli_print_parse(&options) : run(&options);
    dx_cli_options_free(&options);
    return status;
}
