/* Speaks HTTP by libmicrohttpd. */
#include "searcher/daemon/http.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/mem.h"
#include "searcher/daemon/options.h"

/* Request line and headers of a connection; more is answered 414 or 431. */
#define HEAD_BYTES_MAX ((size_t)32 << 10)
#define IDLE_SECONDS 30u

typedef struct exchange { /* a request and its response */
    struct MHD_Connection *connection;
    char *target; /* owned: path, NUL, query string */
    dx_web_head head;
    dx_response response;
    bool is_read;  /* GET or HEAD: a request without a body */
    bool answered;
    struct exchange *next; /* in the queue */
} exchange;

struct dx_http {
    dx_service *service;
    const char *path;
    unsigned connections;
    atomic_bool draining;
    atomic_ulong pending;
    struct MHD_Daemon *daemons[DX_LISTENERS_MAX];
    unsigned daemon_count;
    pthread_mutex_t lock; /* of the queue */
    pthread_cond_t arrived;
    exchange *first, **last;
    bool stopping;
    unsigned thread_count;
    pthread_t threads[DX_DAEMON_THREADS_MAX];
};

/* ---- the queue ---- */

static void push(dx_http *h, exchange *x)
{
    x->next = NULL;
    pthread_mutex_lock(&h->lock);
    *h->last = x;
    h->last = &x->next;
    pthread_cond_signal(&h->arrived);
    pthread_mutex_unlock(&h->lock);
}

/* NULL: no more. */
static exchange *pop(dx_http *h)
{
    pthread_mutex_lock(&h->lock);
    while (!h->first && !h->stopping)
        pthread_cond_wait(&h->arrived, &h->lock);
    exchange *x = h->first;
    if (x) {
        h->first = x->next;
        if (!h->first)
            h->last = &h->first;
    }
    pthread_mutex_unlock(&h->lock);
    return x;
}

static void *answer_all(void *ctx)
{
    dx_http *h = ctx;
    exchange *x;

    while ((x = pop(h)) != NULL) {
        dx_service_answer(h->service, &x->head, &x->response);
        x->answered = true;
        MHD_resume_connection(x->connection);
    }
    return NULL;
}

/* ---- a request ---- */

/* The raw target is to be had here alone: what the handler gets is decoded already. */
static void *begin(void *ctx, const char *target, struct MHD_Connection *c)
{
    dx_http *h = ctx;
    exchange *x = dx_calloc(1, sizeof *x);

    if (!x)
        return NULL;
    atomic_fetch_add(&h->pending, 1);
    x->connection = c;
    x->target = dx_strndup(target, strlen(target));
    dx_response_init(&x->response);
    return x;
}

static void end(void *ctx, struct MHD_Connection *c, void **of_request,
    enum MHD_RequestTerminationCode why)
{
    dx_http *h = ctx;
    exchange *x = *of_request;

    (void)c, (void)why;
    *of_request = NULL;
    if (!x)
        return;
    dx_response_free(&x->response);
    dx_free(x->target);
    dx_free(x);
    atomic_fetch_sub(&h->pending, 1);
}

static const char *header(const exchange *x, const char *name)
{
    return MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name);
}

static void read_head(exchange *x, const char *method)
{
    char *query = strchr(x->target, '?');
    const char *proxied = header(x, "X-Forwarded-Proto");

    x->is_read = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
    if (query)
        *query++ = '\0';
    x->head = (dx_web_head){.method = method, .query_string = query,
        .path = x->target, .host = header(x, "Host"),
        .origin = header(x, "Origin"),
        .accept_language = header(x, "Accept-Language"),
        .if_none_match = header(x, "If-None-Match"),
        .if_modified_since = header(x, "If-Modified-Since"),
        .https = proxied && strcmp(proxied, "https") == 0};
}

/* ---- a response ---- */

static void put_header(void *ctx, const char *name, const char *value)
{
    if (strcmp(name, "Content-Length") != 0) /* which the library counts itself */
        MHD_add_response_header(ctx, name, value);
}

static ssize_t no_more(void *ctx, uint64_t at, char *to, size_t max)
{
    (void)ctx, (void)at, (void)to, (void)max;
    return MHD_CONTENT_READER_END_OF_STREAM;
}

/* Where no body may be, there is no Content-Length either: that would be the length of what
 * the reader has already. */
static struct MHD_Response *make_response(const dx_response *r)
{
    bool is_empty = !dx_response_is_whole(r) || r->body.len == 0;

    if (!r->head_only && !dx_response_has_body(r))
        return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 1, no_more,
            NULL, NULL);
    return MHD_create_response_from_buffer(is_empty ? 0 : r->body.len,
        is_empty ? NULL : r->body.data, MHD_RESPMEM_PERSISTENT);
}

static enum MHD_Result reply(dx_http *h, exchange *x)
{
    const dx_response *r = &x->response;
    bool is_whole = dx_response_is_whole(r);
    unsigned status = is_whole ? (unsigned)strtoul(r->status, NULL, 10)
                               : MHD_HTTP_INTERNAL_SERVER_ERROR;
    struct MHD_Response *out = make_response(r);

    if (!out)
        return MHD_NO;
    if (is_whole)
        dx_response_each_header(r, put_header, out);
    if (atomic_load(&h->draining))
        MHD_add_response_header(out, "Connection", "close");
    enum MHD_Result done = MHD_queue_response(x->connection, status, out);
    MHD_destroy_response(out);
    return done;
}

static void put_nothing_there(dx_response *r)
{
    r->status = "404 Not Found";
    r->mime = "text/plain";
    dx_buf_puts(&r->body, "Không có trang này.\n");
}

/* Called with a request's head, again when all of the request is there, and again when it was
 * answered. A response to the head alone ends the connection: right where a body would follow,
 * which nobody wants. */
static enum MHD_Result handle(void *ctx, struct MHD_Connection *c,
    const char *url, const char *method, const char *version,
    const char *upload, size_t *upload_bytes, void **of_request)
{
    dx_http *h = ctx;
    exchange *x = *of_request;

    (void)url, (void)version, (void)upload;
    if (!x || !x->target)
        return MHD_NO;
    if (*upload_bytes > 0) { /* the body of a GET means nothing */
        *upload_bytes = 0;
        return MHD_YES;
    }
    if (x->answered)
        return reply(h, x);
    if (!x->head.method) {
        read_head(x, method);
        if (x->is_read)
            return MHD_YES;
    }
    if (x->is_read && strcmp(x->head.path, "/healthz") == 0) {
        dx_service_put_health(h->service, &x->response);
    } else if (x->is_read && strcmp(x->head.path, "/metrics") == 0) {
        dx_service_put_metrics(h->service, &x->response);
    } else if (strcmp(x->head.path, h->path) != 0) {
        put_nothing_there(&x->response);
    } else if (x->is_read) {
        MHD_suspend_connection(c);
        push(h, x);
        return MHD_YES;
    } else {
        dx_service_answer(h->service, &x->head, &x->response);
    }
    return reply(h, x);
}

/* ---- starting and stopping ---- */

dx_http *dx_http_start(dx_service *s, const char *path, unsigned threads,
    unsigned connections)
{
    dx_http *h = dx_calloc(1, sizeof *h);

    if (!h)
        return NULL;
    h->service = s;
    h->path = path;
    h->connections = connections;
    h->last = &h->first;
    pthread_mutex_init(&h->lock, NULL);
    pthread_cond_init(&h->arrived, NULL);
    while (h->thread_count < threads &&
           pthread_create(&h->threads[h->thread_count], NULL, answer_all, h) == 0)
        h->thread_count++;
    if (h->thread_count > 0)
        return h;
    dx_http_stop(h);
    return NULL;
}

bool dx_http_listen(dx_http *h, const dx_listener *l)
{
    struct MHD_Daemon *d = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL |
            MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC,
        0, NULL, NULL, handle, h, MHD_OPTION_LISTEN_SOCKET, l->fd,
        MHD_OPTION_URI_LOG_CALLBACK, begin, h,
        MHD_OPTION_NOTIFY_COMPLETED, end, h,
        MHD_OPTION_CONNECTION_LIMIT, h->connections,
        MHD_OPTION_CONNECTION_TIMEOUT, IDLE_SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, HEAD_BYTES_MAX, MHD_OPTION_END);

    if (d)
        h->daemons[h->daemon_count++] = d;
    return d != NULL;
}

void dx_http_drain(dx_http *h)
{
    if (!h)
        return;
    atomic_store(&h->draining, true);
    for (unsigned i = 0; i < h->daemon_count; i++)
        MHD_quiesce_daemon(h->daemons[i]);
}

unsigned long dx_http_pending(const dx_http *h)
{
    return h ? atomic_load(&h->pending) : 0;
}

void dx_http_stop(dx_http *h)
{
    if (!h)
        return;
    pthread_mutex_lock(&h->lock);
    h->stopping = true;
    pthread_cond_broadcast(&h->arrived);
    pthread_mutex_unlock(&h->lock);
    for (unsigned i = 0; i < h->thread_count; i++)
        pthread_join(h->threads[i], NULL);
    for (unsigned i = 0; i < h->daemon_count; i++)
        MHD_stop_daemon(h->daemons[i]);
    pthread_cond_destroy(&h->arrived);
    pthread_mutex_destroy(&h->lock);
    dx_free(h);
}
