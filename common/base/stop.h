/* stop.h -- being asked, by a signal or another thread, to stop. */
#ifndef DX_BASE_STOP_H
#define DX_BASE_STOP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "common/base/status.h"

/** `stop` may be NULL: nobody will ask. */
static inline bool dx_stop_is_asked(const atomic_bool *stop)
{
    return stop != NULL && atomic_load(stop);
}

/** Fails with INTERRUPTED when asked, before anything was published. */
DX_NODISCARD static inline dx_status dx_stop_check(const atomic_bool *stop,
    dx_error *err)
{
    return dx_stop_is_asked(stop)
               ? dx_fail(err, DX_ERR_INTERRUPTED,
                     "interrupted; the index is as it was before")
               : DX_OK;
}

#endif
