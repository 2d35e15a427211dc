/* http.h -- HTTP/1.1, by libmicrohttpd. One thread of a listener reads and writes; others
 * answer, so a slow search holds up neither the next one nor /healthz. */
#ifndef DX_SEARCHER_DAEMON_HTTP_H
#define DX_SEARCHER_DAEMON_HTTP_H

#include "searcher/daemon/listener.h"
#include "searcher/daemon/service.h"

typedef struct dx_http dx_http;

/** Starts `threads` that answer what comes over HTTP: the page at `path`, /healthz and
 *  /metrics. Connections beyond `connections` of a listener wait. `path` and `s` are borrowed.
 *  NULL when there is no memory or thread. */
dx_http *dx_http_start(dx_service *s, const char *path, unsigned threads,
    unsigned connections);

/** Answers at `l` from now on. The listener stays the caller's, to be closed after
 *  dx_http_stop(). False, with errno, when that fails. */
bool dx_http_listen(dx_http *h, const dx_listener *l);

/** Takes no more connections, and has those end that are there. NULL is a no-op. */
void dx_http_drain(dx_http *h);
/** Requests that were begun and are not sent to the end. Thread-safe. */
unsigned long dx_http_pending(const dx_http *h);
/** When drained and nothing is pending. NULL is a no-op. */
void dx_http_stop(dx_http *h);

#endif
