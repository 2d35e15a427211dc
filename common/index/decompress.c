/* Apart from compress.c, so that programs that only read do not carry zstd's
 * compressor: a process starts the faster, the less it maps. */
#include "common/index/compress.h"

#include "common/index/compress_internal.h"

dx_status dx_decompress(dx_decompressor *d, dx_str src, size_t max_bytes,
    dx_buf *out)
{
    unsigned long long bytes = ZSTD_getFrameContentSize(src.ptr, src.len);

    if (bytes == ZSTD_CONTENTSIZE_ERROR || bytes == ZSTD_CONTENTSIZE_UNKNOWN ||
        bytes > max_bytes)
        return DX_ERR_CORRUPT;
    if (!d->context && !(d->context = ZSTD_createDCtx()))
        return DX_ERR_NOMEM;
    uint8_t *at = dx_buf_extend(out, (size_t)bytes);
    if (!at)
        return out->status;
    size_t n = ZSTD_decompressDCtx(d->context, at, (size_t)bytes, src.ptr,
        src.len);
    return !ZSTD_isError(n) && n == bytes ? DX_OK : DX_ERR_CORRUPT;
}

void dx_decompressor_free(dx_decompressor *d)
{
    (void)ZSTD_freeDCtx(d->context);
    d->context = NULL;
}
