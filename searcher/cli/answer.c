/* One query asked of an open index, and what is said of failures. */
#include "searcher/cli/answer.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "common/base/status.h"
#include "common/cli/terminal.h"
#include "searcher/cli/suggestions.h"
#include "searcher/output/json.h"
#include "searcher/output/messages.h"

#define NAMES_BYTES_MAX ((size_t)1 << 16)
#define ARTICLE_BYTES 512 /* of the complaint that there is none */

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
        answer->warnings[i] = dx_warning_text(w, dx_language_code(language));
}

/* ---- the answer ---- */

static dx_status put_results(dx_index *ix, const dx_cli_options *options,
    dx_query_log *log, const dx_view *view, dx_buf *out, dx_answer *answer)
{
    size_t before = out->len;
    dx_results *rs;

    DX_TRY(options->like ? dx_like(ix, options->like, &options->request, &rs,
                               &answer->err)
                         : dx_search(ix, view->query, &options->request, &rs,
                               &answer->err));
    answer->found = dx_results_total(rs) > 0 || dx_results_count(rs) > 0;
    if (!dx_query_log_put(log, view->query, options->like, &options->request,
            rs))
        complain_log(options);
    take_warnings(answer, rs, options->language);
    dx_format_write(options->format, view, rs, out);
    dx_status rc = dx_results_check(rs, &answer->err);
    if (rc != DX_OK)
        out->len = before;
    dx_results_free(rs);
    return rc;
}

static dx_status put_suggestions(dx_index *ix, const dx_cli_options *options,
    const dx_view *view, dx_buf *out, dx_answer *answer)
{
    dx_suggestions *s;

    DX_TRY(dx_suggest(ix, view->query, options->request.limit, &s,
        &answer->err));
    answer->found = dx_suggestions_count(s) > 0;
    dx_suggestions_put(s, options->format, view, out);
    dx_suggestions_free(s);
    return DX_OK;
}

void dx_answer_put_failure(const char *qid, const dx_cli_options *options,
    const dx_view *view, const char *code, const char *const what[2], dx_buf *out)
{
    dx_failure why = {.code = code, .title = {what[0], what[1]}, .text = {"", ""}};
    dx_view of = *view;

    of.qid = qid;
    if (options->format->fail)
        options->format->fail(out, &of, &why);
}

static void put_no_article(const char *qid, const dx_cli_options *options,
    const dx_view *view, dx_buf *out)
{
    char text[2][ARTICLE_BYTES];

    for (unsigned l = 0; l < 2; l++)
        snprintf(text[l], sizeof text[l],
            dx_message_text((dx_language)l, DX_SAY_NO_ARTICLE), options->like);
    dx_answer_put_failure(qid, options, view, "article_not_found",
        (const char *const[2]){text[0], text[1]}, out);
}

void dx_answer_query(dx_index *ix, const char *query, const char *qid,
    const dx_cli_options *options, dx_query_log *log, const dx_view *view,
    dx_buf *out, dx_answer *answer)
{
    const dx_request *request = &options->request;
    dx_view of = *view;

    of.query = query;
    of.qid = qid;
    of.like = options->like ? options->like : "";
    of.order = request->order;
    of.literal = request->literal;
    of.scope = request->scope;
    of.offset = request->offset;
    of.hits_max = request->limit;
    *answer = (dx_answer){.status = DX_OK};
    answer->status = options->suggest
                         ? put_suggestions(ix, options, &of, out, answer)
                         : put_results(ix, options, log, &of, out, answer);
    if (qid && options->like && answer->status == DX_ERR_INVALID)
        put_no_article(qid, options, &of, out);
}

/* ---- what is said beside it ---- */

static void put_warnings(const dx_answer *answer, const char *qid,
    const dx_cli_options *options)
{
    if (options->format == &dx_format_json)
        return;
    for (unsigned i = 0; i < DX_WARNINGS_MAX && answer->warnings[i]; i++)
        dx_terminal_printf(stderr, "dxsearch: %s%s%s\n", qid ? qid : "", qid ? ": " : "",
            answer->warnings[i]);
}

int dx_complain_article(const dx_cli_options *options, const char *id)
{
    dx_complain(options->language, DX_SAY_NO_ARTICLE, id);
    return DX_EXIT_NOTHING;
}

int dx_answer_tell(const dx_answer *answer, const char *qid,
    const dx_cli_options *options)
{
    if (answer->status == DX_ERR_INVALID && options->like)
        return dx_complain_article(options, options->like);
    if (answer->status != DX_OK) {
        dx_complain_index(options, &answer->err);
        return DX_EXIT_FAILED;
    }
    put_warnings(answer, qid, options);
    return answer->found ? DX_EXIT_FOUND : DX_EXIT_NOTHING;
}

/* For each index: which of several it is about is not known. */
static void advise(const dx_cli_options *o, dx_message message)
{
    for (uint32_t i = 0; i < o->indexes.count; i++) {
        dx_terminal_printf(stderr, dx_message_text(o->language, message),
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
