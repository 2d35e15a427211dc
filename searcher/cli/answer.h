/* answer.h -- one query asked of an open index, the results in the wanted
 * format. */
#ifndef DX_SEARCHER_CLI_ANSWER_H
#define DX_SEARCHER_CLI_ANSWER_H

#include <stdbool.h>

#include "common/base/buf.h"
#include "searcher/cli/options.h"
#include "searcher/output/format.h"
#include "searcher/output/query_log.h"

typedef struct dx_answer {
    bool found; /* something matched */
    const char *warnings[DX_WARNINGS_MAX]; /* static texts; NULL after the last */
} dx_answer;

/** Opens the log that the options name; says so when that fails. */
void dx_answer_open_log(const dx_cli_options *options, dx_query_log *log);

/** Appends the results of `query` to `out`, shown as in `view` but for the query;
 *  failures of `out` are latched. `qid` names the query in a batch and is NULL
 *  otherwise. Thread-safe. */
DX_NODISCARD dx_status dx_answer_query(dx_index *ix, const char *query,
    const char *qid, const dx_cli_options *options, dx_query_log *log,
    const dx_view *view, dx_buf *out, dx_answer *answer, dx_error *err);

/** Says the warnings of `answer` on standard error, after "dxsearch: " and the id
 *  of a batch's query, unless they are in the output: in JSON. */
void dx_answer_put_warnings(const dx_answer *answer, const char *qid,
    const dx_cli_options *options);

/** Says on standard error what is wrong with the index and what to do. */
void dx_complain_index(const dx_cli_options *options, const dx_error *err);

#endif
