/* phrase.h -- phrases, and what stands right behind them: "a b"~3 "a b c"/2 */
#ifndef DX_SEARCHER_QUERY_PARSE_PHRASE_H
#define DX_SEARCHER_QUERY_PARSE_PHRASE_H

#include "common/base/status.h"
#include "searcher/query/parse/nodes.h"
#include "searcher/query/parse/parser.h"

/** Reads the phrase whose quotation mark is at p->at, and appends what it means
 *  after the marks `m`. Fails with NOMEM. */
DX_NODISCARD dx_status dx_query_read_phrase(dx_query_parser *p,
    const dx_query_marks *m, dx_node_list *out);

#endif
