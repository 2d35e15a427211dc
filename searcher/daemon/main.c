/* dxserve -- the search page from one process that stays: FastCGI and HTTP. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/cli/streams.h"
#include "searcher/daemon/fastcgi.h"
#include "searcher/daemon/http.h"
#include "searcher/daemon/journal.h"
#include "searcher/daemon/options.h"

#define DEFAULT_ADDRESS "127.0.0.1:8080"
#define DRAIN_MS_MAX 10000u
#define DRAIN_STEP_MS 10u

typedef struct server {
    const dx_daemon_options *options;
    dx_service *service;
    dx_listener listeners[DX_LISTENERS_MAX];
    unsigned listener_count;
    dx_http *http;
    dx_fastcgi *fastcgi[DX_LISTENERS_MAX];
} server;

/* ---- starting ---- */

static bool open_listeners(server *v)
{
    const dx_daemon_options *o = v->options;
    int inherited = dx_listener_inherit(v->listeners, DX_LISTENERS_MAX);
    dx_address usual;

    if (inherited < 0)
        return false;
    v->listener_count = (unsigned)inherited;
    for (unsigned i = 0; i < o->address_count; i++) {
        if (v->listener_count == DX_LISTENERS_MAX) {
            dx_daemon_tell_too_many();
            return false;
        }
        if (!dx_listener_open(&o->addresses[i],
                &v->listeners[v->listener_count]))
            return false;
        v->listener_count++;
    }
    if (v->listener_count > 0)
        return true;
    v->listener_count = dx_address_read(DEFAULT_ADDRESS, &usual) &&
                        dx_listener_open(&usual, &v->listeners[0]);
    return v->listener_count > 0;
}

static bool start_one(server *v, unsigned i)
{
    const dx_daemon_options *o = v->options;
    const dx_listener *l = &v->listeners[i];

    if (l->protocol == DX_FASTCGI) {
        v->fastcgi[i] = dx_fastcgi_start(v->service, l, o->threads);
        return v->fastcgi[i] != NULL;
    }
    if (!v->http)
        v->http =
            dx_http_start(v->service, o->path, o->threads, o->connections);
    return v->http && dx_http_listen(v->http, l);
}

static bool start(server *v)
{
    v->service = dx_service_open(v->options->indexes);
    if (!v->service)
        errno = ENOMEM;
    for (unsigned i = 0; v->service && i < v->listener_count; i++) {
        const dx_listener *l = &v->listeners[i];
        if (!start_one(v, i)) {
            dx_journal_tell(DX_TELL_CANNOT_LISTEN, l->name, strerror(errno));
            return false;
        }
        dx_journal_tell(DX_TELL_LISTENING,
            l->protocol == DX_HTTP ? "HTTP" : "FastCGI", l->name);
    }
    if (!v->service)
        dx_journal_tell(DX_TELL_CANNOT_START, strerror(errno));
    return v->service != NULL;
}

/* ---- running ---- */

static void reload(server *v)
{
    struct timespec now = {0};
    char state[64];

    clock_gettime(CLOCK_MONOTONIC, &now);
    snprintf(state, sizeof state, "RELOADING=1\nMONOTONIC_USEC=%lld",
        (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000);
    dx_notify(state);
    dx_service_reload(v->service);
    dx_notify("READY=1");
}

static void run(server *v, const sigset_t *signals)
{
    const struct timespec second = {.tv_sec = 1};

    for (;;) {
        int got = sigtimedwait(signals, NULL, &second);
        if (got == SIGTERM || got == SIGINT)
            return;
        if (got == SIGHUP) {
            reload(v);
        } else {
            dx_service_tick(v->service);
        }
    }
}

/* ---- ending ---- */

static unsigned long pending(const server *v)
{
    unsigned long all = dx_http_pending(v->http);

    for (unsigned i = 0; i < v->listener_count; i++)
        all += dx_fastcgi_pending(v->fastcgi[i]);
    return all;
}

/* Whether all was answered in time. */
static bool drain(server *v)
{
    const struct timespec step = {.tv_nsec = DRAIN_STEP_MS * 1000000L};
    unsigned long left = 0;
    char count[24];

    dx_http_drain(v->http);
    for (unsigned i = 0; i < v->listener_count; i++)
        dx_fastcgi_drain(v->fastcgi[i]);
    for (unsigned ms = 0; ms < DRAIN_MS_MAX; ms += DRAIN_STEP_MS) {
        left = pending(v);
        if (left == 0)
            return true;
        nanosleep(&step, NULL);
    }
    snprintf(count, sizeof count, "%lu", left);
    dx_journal_tell(DX_TELL_LEFT, count);
    return false;
}

static void stop(server *v)
{
    dx_http_stop(v->http);
    for (unsigned i = 0; i < v->listener_count; i++)
        dx_fastcgi_stop(v->fastcgi[i]);
    for (unsigned i = 0; i < v->listener_count; i++)
        dx_listener_close(&v->listeners[i]);
    dx_service_close(v->service);
}

static int serve(const dx_daemon_options *options, const sigset_t *signals)
{
    server v = {.options = options};

    bool started = open_listeners(&v) && start(&v);
    if (started) {
        dx_notify("READY=1");
        run(&v, signals);
        dx_notify("STOPPING=1");
        dx_journal_tell(DX_TELL_STOPPING);
    }
    if (!drain(&v))
        _exit(DX_DAEMON_ENDED); /* threads are at work: nothing may be freed */
    stop(&v);
    return started ? DX_DAEMON_ENDED : DX_DAEMON_FAILED;
}

int main(int argc, char **argv)
{
    dx_daemon_options options;
    sigset_t signals;

    dx_streams_open();
    /* Before any thread, which inherits it: signals come to run() alone. */
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    int status = dx_daemon_parse(argc, argv, &options);
    if (status < 0)
        status = serve(&options, &signals);
    dx_daemon_options_free(&options);
    return status;
}
