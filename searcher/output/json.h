/* json.h -- a page of results as one JSON object on a line, the same from dxsearch
 * and dxsearch.cgi. The keys are described in docs/json.md, and for programs in
 * docs/schema/search-1.json. Within a version they are only added to. */
#ifndef DX_SEARCHER_OUTPUT_JSON_H
#define DX_SEARCHER_OUTPUT_JSON_H

#include "searcher/output/format.h"

/* The member `version` of every object, as text. It changes when a program that reads
 * the old one would read something wrong. */
#define DX_JSON_VERSION "1"

extern const dx_format dx_format_json;

#endif
