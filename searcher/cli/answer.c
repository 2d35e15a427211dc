/* One query asked of an open index, and what is said of failures. */
#include "searcher/cli/answer.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "searcher/output/json.h"
#include "searcher/output/messages.h"

#define NAMES_BYTES_MAX ((size_t)1 << 16)

static void complain_log(const dx_cli_options *options)
{
    dx_complain(options->language, DX_SAY_CANNOT_LOG, options->log,
        strerror(errno));
}

void dx_answer_open_log(const dx_cli_options *options, dx_query_log *log)
{
    if (!dx_query_log_open(log, options->log))
        complain_log(options);
}

static void take_warnings(dx_answer *answer, const dx_results *rs,
    dx_language language)
{
    const dx_warning *w;

    for (uint32_t i = 0; (w = dx_results_warning(rs, i)) != NULL; i++)
        answer->warnings[i] =
            dx_warning_text(w, language == DX_VIETNAMESE ? "vi" : "en");
}

void dx_answer_put_warnings(const dx_answer *answer, const char *qid,
    const dx_cli_options *options)
{
    if (options->format == &dx_format_json)
        return;
    for (unsigned i = 0; i < DX_WARNINGS_MAX && answer->warnings[i]; i++)
        fprintf(stderr, "dxsearch: %s%s%s\n", qid ? qid : "", qid ? ": " : "",
            answer->warnings[i]);
}

dx_status dx_answer_query(dx_index *ix, const char *query, const char *qid,
    const dx_cli_options *options, dx_query_log *log,
    const dx_view *shown, dx_buf *out, dx_answer *answer, dx_error *err)
{
    dx_view view = *shown;
    dx_results *rs;

    *answer = (dx_answer){.found = false};
    DX_TRY(options->like
               ? dx_like(ix, options->like, &options->request, &rs, err)
               : dx_search(ix, query, &options->request, &rs, err));
    answer->found = dx_results_total(rs) > 0 || dx_results_count(rs) > 0;
    if (!dx_query_log_put(log, query, options->like, &options->request, rs))
        complain_log(options);
    take_warnings(answer, rs, options->language);
    view.query = query;
    view.qid = qid;
    dx_format_write(options->format, &view, rs, out);
    dx_results_free(rs);
    return DX_OK;
}

/* For each index: which of several it is about is not known. */
static void advise(const dx_cli_options *o, dx_message message)
{
    for (uint32_t i = 0; i < o->indexes.count; i++) {
        fprintf(stderr, dx_message_text(o->language, message),
            o->indexes.list[i]);
        fputc('\n', stderr);
    }
}

void dx_complain_index(const dx_cli_options *options, const dx_error *err)
{
    const dx_index_names *names = &options->indexes;
    dx_language l = options->language;
    dx_buf all;

    dx_buf_init(&all, NAMES_BYTES_MAX);
    for (uint32_t i = 0; i < names->count; i++)
        dx_buf_printf(&all, "%s%s", i > 0 ? ", " : "", names->list[i]);
    if (err->status == DX_ERR_NOINDEX)
        dx_complain(l, DX_SAY_NO_INDEX, dx_buf_cstr(&all));
    else
        dx_complain(l, DX_SAY_CANNOT_SEARCH, dx_buf_cstr(&all), err->msg);
    dx_buf_free(&all);
    if (err->status == DX_ERR_NOINDEX)
        advise(options, DX_SAY_NO_INDEX_REMEDY);
    else if (err->status == DX_ERR_CORRUPT)
        advise(options, DX_SAY_CORRUPT_REMEDY);
    else if (err->status == DX_ERR_VERSION)
        advise(options, DX_SAY_VERSION_REMEDY);
}
