/* stop.h -- being asked, by a signal or another thread, to stop. */
#ifndef DX_INDEXER_INVERT_STOP_H
#define DX_INDEXER_INVERT_STOP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/** `stop` may be NULL: nobody will ask. */
static inline bool dx_stop_is_asked(const atomic_bool *stop)
{
    return stop != NULL && atomic_load(stop);
}

#endif
