/* compress.h -- the one adapter of zstd: stored fields in blocks. Why zstd:
 * Debian's, BSD, ~1 GB/s decompression, checks its own frames. */
#ifndef DX_INDEX_COMPRESS_H
#define DX_INDEX_COMPRESS_H

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"

/** Appends `src` compressed. Fails with NOMEM. Thread-safe. */
DX_NODISCARD dx_status dx_compress(dx_str src, dx_buf *out);

/* zstd's working memory, made at first use: to make it costs more than to
 * decompress a block, because zstd asks the processor what it can, which on a
 * virtual machine takes microseconds. */
typedef struct dx_decompressor { /* zeroed at the beginning */
    struct ZSTD_DCtx_s *context;
} dx_decompressor;

/** Appends what `src` decompresses to, at most `max_bytes`. Fails with CORRUPT
 *  or NOMEM. Different decompressors may be used at the same time. */
DX_NODISCARD dx_status dx_decompress(dx_decompressor *d, dx_str src,
    size_t max_bytes, dx_buf *out);
/** Leaves `d` as it was at the beginning. */
void dx_decompressor_free(dx_decompressor *d);

#endif
