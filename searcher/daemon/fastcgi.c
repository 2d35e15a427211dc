/* Speaks FastCGI by libfcgi. */
#include "searcher/daemon/fastcgi.h"

#include <errno.h>
#include <fcgiapp.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "common/base/mem.h"
#include "searcher/daemon/options.h"

#define RESPONSE_BYTES_MAX ((size_t)17 << 20)
/* What of a request's body is read, so that closing does not look like a failure. */
#define BODY_BYTES_READ 65536

struct dx_fastcgi {
    dx_service *service;
    int listener;
    int ended; /* an eventfd(2): readable when no more is to be taken */
    atomic_ulong pending;
    unsigned thread_count;
    pthread_t threads[DX_DAEMON_THREADS_MAX];
};

static const char *variable(void *ctx, const char *name)
{
    const FCGX_Request *request = ctx;

    return FCGX_GetParam(name, request->envp);
}

static void answer(dx_fastcgi *f, FCGX_Request *request, dx_response *r,
    dx_buf *out)
{
    char body[4096];
    dx_web_head head;

    for (int n = 0; n < BODY_BYTES_READ; n += (int)sizeof body)
        if (FCGX_GetStr(body, sizeof body, request->in) < (int)sizeof body)
            break;
    dx_response_clear(r);
    dx_buf_clear(out);
    dx_web_head_read(&head, variable, request);
    dx_service_answer(f->service, &head, r);
    dx_response_put_cgi(r, out);
    if (out->status != DX_OK)
        FCGX_PutS("Status: 500 Internal Server Error\n"
                  "Content-Type: text/plain\n\n",
            request->out);
    else
        FCGX_PutStr((const char *)out->data, (int)out->len, request->out);
}

/* Waits for a connection. False: there will be none. */
static bool wait_for_one(const dx_fastcgi *f)
{
    struct pollfd of[] = {{.fd = f->listener, .events = POLLIN},
        {.fd = f->ended, .events = POLLIN}};

    while (poll(of, 2, -1) < 0)
        continue;
    return !of[1].revents;
}

static void *answer_all(void *ctx)
{
    dx_fastcgi *f = ctx;
    FCGX_Request request;
    dx_response response;
    dx_buf out;

    FCGX_InitRequest(&request, f->listener, FCGI_FAIL_ACCEPT_ON_INTR);
    dx_response_init(&response);
    dx_buf_init(&out, RESPONSE_BYTES_MAX);
    /* The listener does not block: another thread may have been quicker. */
    while (wait_for_one(f)) {
        int rc = FCGX_Accept_r(&request);
        if (rc != 0) {
            if (rc != -EAGAIN && rc != -EINTR) /* out of descriptors, perhaps */
                nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
            continue;
        }
        answer(f, &request, &response, &out);
        FCGX_Detach(&request); /* closed without waiting for the peer to do so */
        FCGX_Finish_r(&request);
        FCGX_Free(&request, 1);
    }
    dx_buf_free(&out);
    dx_response_free(&response);
    atomic_fetch_sub(&f->pending, 1);
    return NULL;
}

static bool start_thread(dx_fastcgi *f)
{
    atomic_fetch_add(&f->pending, 1);
    if (pthread_create(&f->threads[f->thread_count], NULL, answer_all, f) == 0)
        return true;
    atomic_fetch_sub(&f->pending, 1);
    return false;
}

dx_fastcgi *dx_fastcgi_start(dx_service *s, const dx_listener *l,
    unsigned threads)
{
    dx_fastcgi *f = dx_calloc(1, sizeof *f);

    if (!f)
        return NULL;
    f->service = s;
    f->listener = l->fd;
    f->ended = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    while (f->ended >= 0 && FCGX_Init() == 0 && f->thread_count < threads &&
           start_thread(f))
        f->thread_count++;
    if (f->thread_count > 0)
        return f;
    dx_fastcgi_stop(f);
    return NULL;
}

void dx_fastcgi_drain(dx_fastcgi *f)
{
    if (f)
        eventfd_write(f->ended, 1);
}

unsigned long dx_fastcgi_pending(const dx_fastcgi *f)
{
    return f ? atomic_load(&f->pending) : 0;
}

void dx_fastcgi_stop(dx_fastcgi *f)
{
    if (!f)
        return;
    for (unsigned i = 0; i < f->thread_count; i++)
        pthread_join(f->threads[i], NULL);
    if (f->ended >= 0)
        close(f->ended);
    dx_free(f);
}
