/* Counts the processors that this process may run on. */
#include "common/cli/processors.h"

#include <sched.h>

unsigned dx_processors(unsigned max)
{
    cpu_set_t set;

    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    int n = CPU_COUNT(&set);
    return n < 1 ? 1 : (unsigned)n > max ? max : (unsigned)n;
}
