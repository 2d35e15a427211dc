/* respond.h -- settings, an open index and a request make the bytes of a response:
 * the seam for whatever speaks to browsers.
 *
 *     environment ─▶ dx_site          (site.h)      once, or again on request
 *                       │
 *     index ────────────┼─▶ dx_respond() ─▶ dx_response ─▶ dx_response_put_cgi()
 *                       │
 *     query string ─▶ dx_web_request  (request.h)   each time
 *
 * Nothing is global and nothing is opened here, so one process can answer one
 * request (CGI) or a million, in any number of threads over one index. */
#ifndef DX_SEARCHER_SERVE_RESPOND_H
#define DX_SEARCHER_SERVE_RESPOND_H

#include "searcher/serve/request.h"
#include "searcher/serve/site.h"

typedef struct dx_response {
    const char *status;      /* "200 OK" */
    const dx_format *format; /* of the body */
    bool head_only;          /* the body is counted, not sent */
    dx_buf body;             /* owned */
    dx_buf log;              /* owned: lines for the server's log */
} dx_response;

void dx_response_init(dx_response *r);
void dx_response_free(dx_response *r);

/** Answers `request`. `ix` NULL: the index could not be opened, for the reason
 *  `opened`. Whatever goes wrong becomes a page that tells the reader what to do, and
 *  a line in r->log that tells the site's owner why. `r` is initialised. */
void dx_respond(const dx_site *site, dx_index *ix, dx_status opened,
    const dx_web_request *request, dx_response *r);

/** Whether it is the answer that was asked for. */
bool dx_response_is_ok(const dx_response *r);

/** Appends the response as CGI/1.1 wants it: "Status:", headers, an empty line,
 *  body (RFC 3875). */
void dx_response_put_cgi(const dx_response *r, dx_buf *out);

#endif
