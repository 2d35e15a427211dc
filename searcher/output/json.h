/* json.h -- a page of results as one JSON object on a line, the same from dxsearch
 * and dxsearch.cgi. The keys are described in docs/json.md and only ever added
 * to. */
#ifndef DX_SEARCHER_OUTPUT_JSON_H
#define DX_SEARCHER_OUTPUT_JSON_H

#include "searcher/output/format.h"

extern const dx_format dx_format_json;

#endif
