/* A flag that signals set. */
#include "indexer/cli/interrupt.h"

#include <signal.h>
#include <stdbool.h>

/* Lock-free, so a signal handler may set it while threads read. */
static atomic_bool stop;

static void on_signal(int number)
{
    atomic_store(&stop, true);
    signal(number, SIG_DFL); /* a second one ends us at once: that is safe */
}

const atomic_bool *dx_interrupt_watch(void)
{
    signal(SIGINT, on_signal);
    signal(SIGTERM, on_signal);
    signal(SIGPIPE, SIG_IGN);
    return &stop;
}
