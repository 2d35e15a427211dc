/* Not in compress.c, so that programs that only read do not link LZ4's
 * compressor: the less a process maps, the faster it starts. */
#include "common/index/codec/decompress.h"

#include <lz4.h>

#include "common/base/bytes.h"

dx_status dx_decompress(dx_str src, size_t max_bytes, dx_buf *out)
{
    const uint8_t *p = (const uint8_t *)src.ptr, *end = p + src.len;
    uint32_t bytes;

    if (!dx_varint_read_u32(&p, end, &bytes) || bytes > max_bytes ||
        bytes > INT32_MAX || end - p > INT32_MAX)
        return DX_ERR_CORRUPT;
    uint8_t *at = dx_buf_extend(out, bytes);
    if (!at)
        return out->status;
    int n = LZ4_decompress_safe((const char *)p, (char *)at, (int)(end - p),
        (int)bytes);
    return n >= 0 && (uint32_t)n == bytes ? DX_OK : DX_ERR_CORRUPT;
}
