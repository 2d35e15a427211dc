/* The beginning and the end of every public call. */
#include "searcher/answer/call.h"

void dx_call_begin(dx_error *err)
{
    if (err)
        *err = (dx_error){.status = DX_OK};
}

dx_status dx_call_end(dx_status rc, dx_error *err)
{
    if (rc == DX_OK || (err && *err->msg))
        return rc;
    if (rc == DX_ERR_CORRUPT)
        return dx_fail(err, rc,
            "the index is damaged; run `dxindex check`, then restore a backup "
            "or index again");
    return dx_fail(err, rc, "%s", dx_status_text(rc));
}

dx_status dx_call_check(const char *call, const void *const arguments[],
    size_t count, dx_error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!arguments[i])
            return dx_fail(err, DX_ERR_INVALID,
                "%s: an argument that must not be NULL is NULL", call);
    return DX_OK;
}
