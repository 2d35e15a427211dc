/* status.h -- making and forwarding errors. */
#ifndef DX_BASE_STATUS_H
#define DX_BASE_STATUS_H

#include "common/include/dx/base.h"

/** Fills `err` (may be NULL) with `status` and the formatted line, cut to fit
 *  at a UTF-8 character boundary, and returns `status`, so a failing function
 *  can say `return dx_fail(err, DX_ERR_IO, "%s: cannot open", path);`. */
dx_status dx_fail(dx_error *err, dx_status status, const char *fmt, ...)
    DX_PRINTF(3, 4);

/** dx_fail(err, DX_ERR_NOMEM, …) for short. */
dx_status dx_fail_nomem(dx_error *err);

/* Forwards a failure to the caller. Use only where nothing has to be freed. */
#define DX_TRY(expr)                                                           \
    do {                                                                       \
        dx_status dx_try_status_ = (expr);                                     \
        if (dx_try_status_ != DX_OK)                                           \
            return dx_try_status_;                                             \
    } while (0)

#endif
