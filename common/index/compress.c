#include "common/index/compress.h"

#include <zstd.h>

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

dx_status dx_decompress(dx_str src, size_t max_bytes, dx_buf *out)
{
    unsigned long long bytes = ZSTD_getFrameContentSize(src.ptr, src.len);

    if (bytes == ZSTD_CONTENTSIZE_ERROR || bytes == ZSTD_CONTENTSIZE_UNKNOWN ||
        bytes > max_bytes)
        return DX_ERR_CORRUPT;
    uint8_t *at = dx_buf_extend(out, (size_t)bytes);
    if (!at)
        return out->status;
    size_t n = ZSTD_decompress(at, (size_t)bytes, src.ptr, src.len);
    return !ZSTD_isError(n) && n == bytes ? DX_OK : DX_ERR_CORRUPT;
}
