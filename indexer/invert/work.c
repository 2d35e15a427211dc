/* A thread that looks at counters and tells. */
#include "indexer/invert/work.h"

#include <time.h>

#define TICK_NS 100000000L

unsigned dx_work_percent(dx_work *w)
{
    uint64_t done = atomic_load(&w->done), total = atomic_load(&w->total);

    if (total == 0)
        return 0;
    return done >= total ? 99 : (unsigned)((double)done / (double)total * 100);
}

static void wait_a_tick(dx_work_watch *watch)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += TICK_NS;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_cond_timedwait(&watch->changed, &watch->lock, &until);
}

static void *look(void *arg)
{
    dx_work_watch *watch = arg;
    unsigned told = 0;

    pthread_mutex_lock(&watch->lock);
    while (!watch->is_over) {
        wait_a_tick(watch);
        uint64_t total = atomic_load(&watch->work->total);
        unsigned percent = dx_work_percent(watch->work);
        if (total == 0 || watch->is_over)
            continue;
        if (percent < told && atomic_load(&watch->work->done) * 50 > total)
            percent = told; /* the total was corrected */
        told = percent;
        watch->tell(watch->ctx, percent);
    }
    pthread_mutex_unlock(&watch->lock);
    return NULL;
}

void dx_work_watch_start(dx_work_watch *watch, dx_work *work,
    void (*tell)(void *ctx, unsigned percent), void *ctx)
{
    *watch = (dx_work_watch){.work = work, .tell = tell, .ctx = ctx};
    pthread_mutex_init(&watch->lock, NULL);
    pthread_cond_init(&watch->changed, NULL);
    watch->is_running = pthread_create(&watch->thread, NULL, look, watch) == 0;
}

void dx_work_watch_stop(dx_work_watch *watch)
{
    pthread_mutex_lock(&watch->lock);
    watch->is_over = true;
    pthread_cond_signal(&watch->changed);
    pthread_mutex_unlock(&watch->lock);
    if (watch->is_running)
        pthread_join(watch->thread, NULL);
    pthread_cond_destroy(&watch->changed);
    pthread_mutex_destroy(&watch->lock);
}
