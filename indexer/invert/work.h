/* work.h -- how far something that takes long has come.
 *
 * The threads that do it count units; one more thread looks at them now and then and
 * tells, because those are busy. */
#ifndef DX_INDEXER_INVERT_WORK_H
#define DX_INDEXER_INVERT_WORK_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct dx_work { /* {0}: nothing to do yet */
    atomic_uint_fast64_t done, total; /* in units of its own */
} dx_work;

/** Begins anew; `total` may be corrected later. `w` may be NULL: nobody asks. */
static inline void dx_work_begin(dx_work *w, uint64_t total)
{
    if (!w)
        return;
    atomic_store(&w->done, 0);
    atomic_store(&w->total, total);
}

/** Thread-safe. `w` may be NULL. */
static inline void dx_work_add(dx_work *w, uint64_t units)
{
    if (w)
        atomic_fetch_add_explicit(&w->done, units, memory_order_relaxed);
}

/** How much is done, in per cent: 0 to 99. */
unsigned dx_work_percent(dx_work *w);

typedef struct dx_work_watch { /* all work.c's own */
    dx_work *work;
    void (*tell)(void *ctx, unsigned percent);
    void *ctx;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool is_running, is_over;
} dx_work_watch;

/** Has `tell` called by a thread of its own, ten times a second while there is
 *  something to do, with a percentage that does not fall until the work begins anew.
 *  Where there can be no thread, nothing is told. */
void dx_work_watch_start(dx_work_watch *watch, dx_work *work,
    void (*tell)(void *ctx, unsigned percent), void *ctx);
/** Afterwards `tell` is not called any more. */
void dx_work_watch_stop(dx_work_watch *watch);

#endif
