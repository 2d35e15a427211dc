/* service.h -- the site that all threads of dxserve share: its settings, its open index, its
 * counts.
 *
 *     service ─▶ edition: settings, index, query log     held by who answers
 *                  ▲ the next one takes its place at SIGHUP
 *
 * A request is answered whole from one edition, whatever comes meanwhile. */
#ifndef DX_SEARCHER_DAEMON_SERVICE_H
#define DX_SEARCHER_DAEMON_SERVICE_H

#include "searcher/serve/head.h"
#include "searcher/serve/response.h"

typedef struct dx_service dx_service;

/** Reads the settings and opens the index; when there is none (yet), says so in the journal,
 *  and requests are answered 503. `indexes`, one a line, goes before the setting of that
 *  name; NULL for none; it must outlive the service. NULL when memory is short. */
dx_service *dx_service_open(const char *indexes);
/** No call may be under way. NULL is a no-op. */
void dx_service_close(dx_service *s);

/** Answers a request, into `r`, which is initialised; moves to what was published last before.
 *  Thread-safe. */
void dx_service_answer(dx_service *s, const dx_web_head *head, dx_response *r);

/** Whether an index answers: 200 or 503, with the reason in words. Thread-safe. */
void dx_service_put_health(dx_service *s, dx_response *r);
/** All counts. Thread-safe. */
void dx_service_put_metrics(dx_service *s, dx_response *r);

/** Reads settings again and opens indexes and log anew; what is being answered ends as it began.
 *  When the index cannot be opened any more, all stays as it was. One thread at a time, which
 *  is that of dx_service_tick(), too. */
void dx_service_reload(dx_service *s);

/** Once a second: looks for an index where there was none, and moves on to what was published,
 *  so that an idle server does not keep old pages in use. */
void dx_service_tick(dx_service *s);

#endif
