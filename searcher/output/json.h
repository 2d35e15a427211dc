/* json.h -- a page of results as one JSON object, the same from
 * dxsearch and dxsearch.cgi. The keys are described in docs/json.md and only
 * ever added to. */
#ifndef DX_SEARCHER_OUTPUT_JSON_H
#define DX_SEARCHER_OUTPUT_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "searcher/include/dx/search.h"

typedef struct dx_json_page {
    const char *qid;   /* of a batch's query, or NULL */
    const char *query; /* any bytes */
    const char *like;  /* of dx_like(): the id, or NULL */
    uint32_t offset;
    uint32_t hits_max; /* later hits of the results are left out */
    bool hide_paths;   /* on the web, where the disk is nobody's business */
} dx_json_page;

/** Appends the object, without a newline; takes the hits of `rs` that have not
 *  been taken. Failures are latched in `out`. */
void dx_json_put_results(dx_buf *out, dx_results *rs, const dx_json_page *page);

#endif
