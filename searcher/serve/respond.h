/* respond.h -- settings, an open index and a request make the bytes of a response:
 * the seam for whatever speaks to browsers.
 *
 *     environment ─▶ dx_site          (site.h)      once, or again on request
 *                       │
 *     index ────────────┼─▶ dx_respond() ─▶ dx_response ─▶ bytes (response.h)
 *                       │
 *     dx_web_head ─▶ dx_web_request   (request.h)   each time
 *
 * Nothing is global and nothing is opened here, so one process can answer one
 * request (CGI) or a million, in any number of threads over one index. */
#ifndef DX_SEARCHER_SERVE_RESPOND_H
#define DX_SEARCHER_SERVE_RESPOND_H

#include "searcher/serve/request.h"
#include "searcher/serve/response.h"
#include "searcher/serve/site.h"

/** Answers `request`. `ix` NULL: the index could not be opened, for the reason
 *  `opened`. Whatever goes wrong becomes a page that tells the reader what to do, and
 *  a line in r->log that tells the site's owner why. An answer may take 512 MiB of
 *  memory. `r` is initialised. */
void dx_respond(const dx_site *site, dx_index *ix, dx_status opened,
    const dx_web_request *request, dx_response *r);

#endif
