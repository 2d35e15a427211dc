/* Compressing with LZ4. */
#include "common/index/codec/compress.h"

#include <lz4hc.h>

/* Higher levels take three times as long to save half a percent. */
#define LEVEL LZ4HC_CLEVEL_DEFAULT

dx_status dx_compress(dx_str src, dx_buf *out)
{
    if (src.len > 1u << 30)
        return DX_ERR_LIMIT;
    dx_buf_put_varint(out, src.len);
    int bound = LZ4_compressBound((int)src.len);
    uint8_t *at = dx_buf_extend(out, (size_t)bound);
    if (!at)
        return out->status;
    int n = LZ4_compress_HC(src.ptr, (char *)at, (int)src.len, bound, LEVEL);
    if (n <= 0) {
        out->len -= (size_t)bound;
        return DX_ERR_NOMEM;
    }
    out->len -= (size_t)(bound - n);
    return DX_OK;
}
