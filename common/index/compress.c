#include "common/index/compress.h"

#include "common/index/compress_internal.h"

/* Level 3 is zstd's default; blocks are a few KB, where higher levels gain
 * 2-3 % for several times the time. */
#define LEVEL 3

dx_status dx_compress(dx_str src, dx_buf *out)
{
    size_t bound = ZSTD_compressBound(src.len);
    uint8_t *at = dx_buf_extend(out, bound);

    if (!at)
        return out->status;
    size_t n = ZSTD_compress(at, bound, src.ptr, src.len, LEVEL);
    if (ZSTD_isError(n)) {
        out->len -= bound;
        return DX_ERR_NOMEM;
    }
    out->len -= bound - n;
    return DX_OK;
}
