/* boost.h -- how much a word, phrase or parenthesis weighs: lũ^2 "a b"^0.5 */
#ifndef DX_SEARCHER_QUERY_PARSE_BOOST_H
#define DX_SEARCHER_QUERY_PARSE_BOOST_H

#include <stdint.h>

#include "searcher/query/parse/nodes.h"
#include "searcher/query/parse/parser.h"

/** Reads "^2" at p->at; 1.0, and nothing read, when it is not there. */
double dx_query_read_boost(dx_query_parser *p);

/** The boost of so many hundredths, cut to 0.01 .. DX_QUERY_MAX_BOOST; a warning
 *  about bytes [from, to) if it had to be. */
double dx_query_boost_of(dx_query_parser *p, uint32_t hundredths,
    const char *from, const char *to);

/** Sets the boost of each node of the list. */
void dx_query_set_boost(dx_query *q, dx_node_list list, double boost);

/** Multiplies the boosts of all that score at `node` and below, each cut to
 *  what is allowed. */
void dx_query_multiply_boost(dx_query *q, uint32_t node, double by);

#endif
