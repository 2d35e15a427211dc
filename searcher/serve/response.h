/* response.h -- a response before it is bytes: status, headers, body. Whoever sends it (CGI,
 * FastCGI, HTTP) goes over the same list of headers. */
#ifndef DX_SEARCHER_SERVE_RESPONSE_H
#define DX_SEARCHER_SERVE_RESPONSE_H

#include <stdbool.h>

#include "common/base/buf.h"

#define DX_RESPONSE_HEADERS_MAX 24u

typedef struct dx_header {
    const char *name; /* static */
    size_t value;     /* where it begins in `values`, NUL-terminated */
} dx_header;

typedef struct dx_response {
    const char *status; /* static: "200 OK" */
    const char *mime;   /* static: "text/html"; it is always UTF-8 */
    bool head_only;     /* the body is counted, not sent */
    bool timed_out;     /* with more time it would be another: no cache may go by it */
    unsigned header_count;
    dx_header headers[DX_RESPONSE_HEADERS_MAX];
    dx_buf values;      /* owned */
    dx_buf body;        /* owned */
    dx_buf log;         /* owned: lines for the server's log */
} dx_response;

/** 200, text/html, no headers, nothing in it. */
void dx_response_init(dx_response *r);
/** As after dx_response_init(), the memory being kept for the next one. */
void dx_response_clear(dx_response *r);
void dx_response_free(dx_response *r);

/** Sets header `name`, which is static, to a copy of `value`; control characters become
 *  blanks, so that no value makes a header of its own. A header has one value: what was
 *  set last. */
void dx_response_set(dx_response *r, const char *name, const char *value);

/** Whether it is the answer that was asked for: 2xx or 304. */
bool dx_response_is_ok(const dx_response *r);

/** Whether there was memory for all of it. What is not whole must not be sent: it may lack
 *  a header that protects the reader. */
bool dx_response_is_whole(const dx_response *r);

/** Whether a body is sent: not to HEAD, and not with 204 and 304. */
bool dx_response_has_body(const dx_response *r);

/** Gives each header to `put`: Content-Type and Content-Length, where there could be a body,
 *  then those that were set, in the order of the first time. */
void dx_response_each_header(const dx_response *r,
    void (*put)(void *ctx, const char *name, const char *value), void *ctx);

/** Appends the response as CGI/1.1 wants it: "Status:", headers, an empty line,
 *  body (RFC 3875). One that is not whole latches DX_ERR_NOMEM in `out`. */
void dx_response_put_cgi(const dx_response *r, dx_buf *out);

#endif
