/* fastcgi.h -- FastCGI, by libfcgi: what web servers speak to a program that stays.
 * A connection is one request's: those that a server keeps open would each keep a
 * thread from answering. */
#ifndef DX_SEARCHER_DAEMON_FASTCGI_H
#define DX_SEARCHER_DAEMON_FASTCGI_H

#include "searcher/daemon/listener.h"
#include "searcher/daemon/service.h"

typedef struct dx_fastcgi dx_fastcgi;

/** Starts `threads` that answer at `l`, which stays the caller's, to be closed after
 *  dx_fastcgi_stop(). `s` and `l` are borrowed. NULL when there is no memory or thread. */
dx_fastcgi *dx_fastcgi_start(dx_service *s, const dx_listener *l,
    unsigned threads);

/** Takes no more connections; those that are there are answered to the end. NULL is a
 *  no-op. */
void dx_fastcgi_drain(dx_fastcgi *f);
/** Threads that have not ended. Thread-safe. */
unsigned long dx_fastcgi_pending(const dx_fastcgi *f);
/** When drained and nothing is pending. NULL is a no-op. */
void dx_fastcgi_stop(dx_fastcgi *f);

#endif
