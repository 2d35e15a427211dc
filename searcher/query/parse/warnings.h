/* warnings.h -- what a person is told about the query: what was cut, ignored, or
 * taken for something else. */
#ifndef DX_SEARCHER_QUERY_PARSE_WARNINGS_H
#define DX_SEARCHER_QUERY_PARSE_WARNINGS_H

#include "searcher/query/query.h"

typedef enum dx_query_fault {
    DX_FAULT_TOO_LONG,
    DX_FAULT_TOO_MANY_WORDS,
    DX_FAULT_TOO_MANY_NODES,
    DX_FAULT_TOO_DEEP,
    DX_FAULT_UNCLOSED,
    DX_FAULT_NO_OPERAND,
    DX_FAULT_ONLY_NOT_SIDE,
    DX_FAULT_ONLY_NOT,
    DX_FAULT_NEAR_WHAT,
    DX_FAULT_SPAN,
    DX_FAULT_BOOST,
    DX_FAULT_SHORT_PREFIX,
    DX_FAULT_PATTERN,
    DX_FAULT_SHORT_FUZZY,
    DX_FAULT_FAR_FUZZY,
    DX_FAULT_QUORUM,
    DX_FAULT_DATE,
    DX_FAULT_NO_VALUE
} dx_query_fault;

/** Adds the warning about bytes [from, to) of q->text. One that a limit was
 *  passed is added once; one after DX_QUERY_MAX_WARNINGS is left out. */
void dx_query_warn(dx_query *q, dx_query_fault fault, const char *from,
    const char *to);

#endif
