/* echo.h -- the tree in the query language, so that a reader sees how the query
 * was understood. */
#ifndef DX_SEARCHER_QUERY_ECHO_H
#define DX_SEARCHER_QUERY_ECHO_H

#include "common/base/buf.h"
#include "searcher/query/query.h"

/** Appends the tree of `q` with its parentheses and in canonical spelling:
 *
 *      chuyển đổi "bắc giang" NOT hội (lũ OR bão) title:số date:2021-01-01..
 *
 *  Parsing that gives the same tree, but for byte ranges. */
void dx_query_echo(const dx_query *q, dx_buf *out);

#endif
