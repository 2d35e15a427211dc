/* compress.h -- the one adapter of LZ4's compressor, for blocks of stored
 * fields. Why LZ4: in Debian, BSD licence, and it decompresses a block of a few
 * KB before zstd has built its tables and asked the processor for its features,
 * which takes microseconds on a virtual machine. */
#ifndef DX_INDEX_CODEC_COMPRESS_H
#define DX_INDEX_CODEC_COMPRESS_H

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"

/* What is used again for each block: not by two threads at once. {0} is ready. */
typedef struct dx_compressor {
    void *tables; /* owned: LZ4's; NULL before the first block */
} dx_compressor;

/** Appends the length of `src` (at most 2^30) and `src` compressed: the same bytes
 *  whatever was compressed before. Fails with NOMEM or LIMIT. */
DX_NODISCARD dx_status dx_compress(dx_compressor *c, dx_str src, dx_buf *out);
void dx_compressor_free(dx_compressor *c);

#endif
