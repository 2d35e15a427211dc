/* compress.h -- the one adapter of LZ4's compressor, for blocks of stored
 * fields. Why LZ4: in Debian, BSD licence, and it decompresses a block of a few
 * KB before zstd has built its tables and asked the processor for its features,
 * which takes microseconds on a virtual machine. */
#ifndef DX_INDEX_CODEC_COMPRESS_H
#define DX_INDEX_CODEC_COMPRESS_H

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"

/** Appends the length of `src` (at most 2^30) and `src` compressed. Fails with
 *  NOMEM or LIMIT. Thread-safe. */
DX_NODISCARD dx_status dx_compress(dx_str src, dx_buf *out);

#endif
