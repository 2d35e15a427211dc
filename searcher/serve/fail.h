/* fail.h -- answers that are no results: the reader learns what to do, a program a code. */
#ifndef DX_SEARCHER_SERVE_FAIL_H
#define DX_SEARCHER_SERVE_FAIL_H

#include "searcher/output/format.h"
#include "searcher/serve/response.h"

typedef enum dx_web_failure {
    DX_WEB_INDEX_UNAVAILABLE, /* there is none, yet */
    DX_WEB_INDEX_DAMAGED,
    DX_WEB_INDEX_VERSION, /* it was written by another version */
    DX_WEB_BUSY,          /* memory is short, or the machine full of work */
    DX_WEB_INTERNAL,
    DX_WEB_NO_ARTICLE,
    DX_WEB_NO_FORMAT,
    DX_WEB_NO_METHOD,
    DX_WEB_FAILURES
} dx_web_failure;

/** Why a search on the web fails with `rc`, which is not DX_OK. */
dx_web_failure dx_web_failure_of(dx_status rc);

/** Makes `r` the answer that says so, in `format` if that can, else as a page. */
void dx_web_fail(dx_response *r, const dx_format *format, const dx_view *view,
    dx_web_failure failure);

#endif
