/* Threads that take the next number each, until none is left. */
#include "indexer/invert/parallel.h"

#include <pthread.h>
#include <stdatomic.h>

#define THREADS_MAX 256u

typedef struct crew {
    dx_parallel_task task;
    void *ctx;
    size_t count;
    atomic_size_t next;
    atomic_int status;
} crew;

typedef struct member {
    crew *of;
    unsigned number;
    pthread_t thread;
} member;

static void *work(void *arg)
{
    member *m = arg;
    crew *c = m->of;

    while (atomic_load(&c->status) == DX_OK) {
        size_t i = atomic_fetch_add(&c->next, 1);
        if (i >= c->count)
            break;
        dx_status rc = c->task(c->ctx, m->number, i);
        int none = DX_OK;
        if (rc != DX_OK)
            atomic_compare_exchange_strong(&c->status, &none, (int)rc);
    }
    return NULL;
}

dx_status dx_parallel(unsigned threads, size_t count, dx_parallel_task task,
    void *ctx)
{
    crew c = {.task = task, .ctx = ctx, .count = count};
    member members[THREADS_MAX];
    unsigned started = 1;

    if (threads > THREADS_MAX)
        threads = THREADS_MAX;
    if (threads > count)
        threads = (unsigned)count;
    members[0] = (member){.of = &c};
    for (; started < threads; started++) {
        members[started] = (member){.of = &c, .number = started};
        if (pthread_create(&members[started].thread, NULL, work,
                &members[started]) != 0)
            break;
    }
    work(&members[0]);
    for (unsigned i = 1; i < started; i++)
        pthread_join(members[i].thread, NULL);
    return (dx_status)atomic_load(&c.status);
}
