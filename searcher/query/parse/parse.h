/* parse.h -- from what a person typed to the tree of query.h.
 *
 * Never an error: what cannot be understood is searched as plain words or set
 * aside, with a warning that says where. */
#ifndef DX_SEARCHER_QUERY_PARSE_PARSE_H
#define DX_SEARCHER_QUERY_PARSE_PARSE_H

#include "common/base/status.h"
#include "searcher/query/query.h"

/** Parses `text`: any bytes, NUL-terminated; those after DX_QUERY_MAX_BYTES are
 *  left out with a warning. *out is the caller's to free. Fails only with NOMEM,
 *  and nothing is to be freed then. Safe on any number of threads. */
DX_NODISCARD dx_status dx_query_parse(const char *text, dx_query *out,
    dx_error *err);

#endif
