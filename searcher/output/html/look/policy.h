/* policy.h -- what a page may load and run (Content-Security-Policy, level 3): its own style
 * sheets by their hashes, nothing that came in with an article or a query. */
#ifndef DX_SEARCHER_OUTPUT_HTML_LOOK_POLICY_H
#define DX_SEARCHER_OUTPUT_HTML_LOOK_POLICY_H

#include "common/base/buf.h"
#include "common/base/str.h"

/** Appends 'sha256-…', in quotation marks, which allows a <style> with just this content. */
void dx_policy_put_source(dx_buf *out, dx_str content);

#endif
