/* node_role.h -- what part a clause of a query plays: whether a document may do
 * without it, and whether it scores. Known from the query alone. */
#ifndef DX_SEARCHER_MATCH_EVALUATE_NODE_ROLE_H
#define DX_SEARCHER_MATCH_EVALUATE_NODE_ROLE_H

#include <stdbool.h>

#include "searcher/query/query.h"

/** Whether a partial match may lack `node`: a plain word or an OR of such, unless
 *  it is required. */
bool dx_node_is_optional(const dx_query *q, const dx_node *node);

/** Whether documents get a score by `node`. Not by filters, nor by what is
 *  excluded. */
bool dx_node_scores(const dx_query *q, const dx_node *node);

/** Whether `node` holds in the documents of one list of the index: that of a
 *  plain word. */
bool dx_node_has_own_list(const dx_query *q, const dx_node *node);

/** Whether a document can have a part of the query: more than one clause scores. */
bool dx_query_has_parts(const dx_query *q);

/** Whether something is asked for by name: phrases, titles and the like, so what lacks
 *  one is no partial match, and full matches come first. */
bool dx_query_asks_by_name(const dx_query *q);

#endif
