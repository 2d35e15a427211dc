/* answer.h -- one query asked of an open index, the answer in the wanted format:
 * results, articles like one, or suggestions. */
#ifndef DX_SEARCHER_CLI_ANSWER_H
#define DX_SEARCHER_CLI_ANSWER_H

#include <stdbool.h>

#include "common/base/buf.h"
#include "searcher/cli/options.h"
#include "searcher/output/format.h"
#include "searcher/output/query_log.h"

typedef struct dx_answer {
    dx_status status; /* INVALID: no article has the id options->like */
    dx_error err;     /* why, if it failed */
    bool found;       /* something matched */
    const char *warnings[DX_WARNINGS_MAX]; /* static texts; NULL after the last */
} dx_answer;

/** Opens the log that the options name; says so when that fails. */
void dx_answer_open_log(const dx_cli_options *options, dx_query_log *log);

/** Appends what `options` want of `query` to `out`, shown as in `view` but for what
 *  they say; failures of `out` are latched. `qid` names the query in a batch and is
 *  NULL otherwise. Thread-safe. */
void dx_answer_query(dx_index *ix, const char *query, const char *qid,
    const dx_cli_options *options, dx_query_log *log, const dx_view *view,
    dx_buf *out, dx_answer *answer);

/** Says on standard error what is to be said of `answer`: why it failed, or the
 *  warnings, unless they are in the output. Returns an exit status. */
int dx_answer_tell(const dx_answer *answer, const char *qid,
    const dx_cli_options *options);

/** In a batch, where whoever asks waits for a line: appends that something is wrong
 *  with this query, if the format has a way to; `code` as in docs/json.md, `what` by
 *  dx_language. */
void dx_answer_put_failure(const char *qid, const dx_cli_options *options,
    const dx_view *view, const char *code, const char *const what[2], dx_buf *out);

/** Says that no article has this id; returns an exit status. */
int dx_complain_article(const dx_cli_options *options, const char *id);

/** Says on standard error what is wrong with the index and what to do. */
void dx_complain_index(const dx_cli_options *options, const dx_error *err);

#endif
