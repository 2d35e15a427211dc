/* Waits for the clock that files are stamped by. */
#include "indexer/run/files/stamp.h"

#include <time.h>

#define SECOND_NS INT64_C(1000000000)
#define WAIT_NS (20 * SECOND_NS / 1000) /* twice the coarsest tick of Linux */
#define STEP_NS (SECOND_NS / 1000)
#define COARSE_NS (2 * SECOND_NS) /* FAT's; others keep whole seconds */

/* What Linux stamps files with. */
static int64_t now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME_COARSE, &t);
    return (int64_t)t.tv_sec * SECOND_NS + t.tv_nsec;
}

bool dx_stamp_outlast(const dx_file_stamp *stamp)
{
    const struct timespec step = {.tv_nsec = STEP_NS};
    bool is_coarse = stamp->ctime_ns % SECOND_NS == 0;
    int64_t over = stamp->ctime_ns + (is_coarse ? COARSE_NS : 0);

    if (is_coarse || over > now_ns() + WAIT_NS)
        return now_ns() > over;
    while (now_ns() <= over)
        nanosleep(&step, NULL);
    return true;
}
