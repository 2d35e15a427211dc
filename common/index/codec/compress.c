/* Compressing with LZ4. */
#include "common/index/codec/compress.h"

#include <lz4hc.h>
#include <stdbool.h>

#include "common/base/mem.h"

/* Higher levels take three times as long to save half a percent. */
#define LEVEL LZ4HC_CLEVEL_DEFAULT

/* LZ4's tables take 256 KiB. To clear them costs as much as to compress a block of
 * headlines, so they are cleared once; what they tell of an earlier block is told
 * from what they tell of this one by its place. */
static bool start(dx_compressor *c)
{
    if (!c->tables) {
        c->tables = dx_malloc(sizeof(LZ4_streamHC_t));
        if (!c->tables)
            return false;
        (void)LZ4_initStreamHC(c->tables, sizeof(LZ4_streamHC_t));
    }
    LZ4_resetStreamHC_fast(c->tables, LEVEL);
    return true;
}

dx_status dx_compress(dx_compressor *c, dx_str src, dx_buf *out)
{
    if (src.len > 1u << 30)
        return DX_ERR_LIMIT;
    dx_buf_put_varint(out, src.len);
    int bound = LZ4_compressBound((int)src.len);
    uint8_t *at = dx_buf_extend(out, (size_t)bound);
    if (!at)
        return out->status;
    int n = start(c) ? LZ4_compress_HC_continue(c->tables, src.ptr, (char *)at,
                           (int)src.len, bound)
                     : 0;
    if (n <= 0) {
        out->len -= (size_t)bound;
        return DX_ERR_NOMEM;
    }
    out->len -= (size_t)(bound - n);
    return DX_OK;
}

void dx_compressor_free(dx_compressor *c)
{
    dx_free(c->tables);
    c->tables = NULL;
}
