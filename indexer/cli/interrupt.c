/* A flag that signals set. */
#include "indexer/cli/interrupt.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* timeout(1) sends its signal twice, to the process and to its group: that is one. */
#define SAME_MS 1000u

/* Lock-free, so a signal handler may set them while threads read. */
static atomic_bool stop;
static _Atomic uint64_t asked_ms;

static uint64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* A second one ends us at once. That is safe, but the status of an interrupt would
 * promise that nothing was published. */
static void on_signal(int number)
{
    uint64_t now = now_ms();

    (void)number;
    if (!atomic_load(&stop))
        atomic_store(&asked_ms, now);
    else if (now - atomic_load(&asked_ms) >= SAME_MS)
        raise(SIGKILL);
    atomic_store(&stop, true);
}

const atomic_bool *dx_interrupt_watch(void)
{
    signal(SIGINT, on_signal);
    signal(SIGTERM, on_signal);
    signal(SIGPIPE, SIG_IGN);
    return &stop;
}
