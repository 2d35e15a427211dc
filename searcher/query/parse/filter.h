/* filter.h -- filters: source:"Báo Bắc Giang" after:2021 */
#ifndef DX_SEARCHER_QUERY_PARSE_FILTER_H
#define DX_SEARCHER_QUERY_PARSE_FILTER_H

#include "common/base/status.h"
#include "common/base/str.h"
#include "searcher/query/parse/nodes.h"
#include "searcher/query/parse/parser.h"

/** Reads the value at p->at, up to a blank, and appends the filter. Within
 *  parentheses the value goes on with the words behind it: source:(Báo Bắc Giang
 *  OR Báo Bắc Ninh). Only a warning when it has none or is no date. Fails with
 *  NOMEM. */
DX_NODISCARD dx_status dx_query_read_value(dx_query_parser *p,
    const dx_query_marks *m, dx_node_list *out);

/** Likewise the value in quotation marks that begins at p->at. Marks within it
 *  are in pairs, or have a backslash before them; so has a backslash before a mark
 *  or another. Fails with NOMEM. */
DX_NODISCARD dx_status dx_query_read_quoted_value(dx_query_parser *p,
    const dx_query_marks *m, dx_node_list *out);

#endif
