/* compress.h -- the one adapter of LZ4's compressor: stored fields in blocks. Why LZ4:
 * Debian's, BSD, and a block of a few KB is undone before zstd has made its
 * tables and asked the processor what it can, which on a virtual machine takes
 * microseconds. */
#ifndef DX_INDEX_CODEC_COMPRESS_H
#define DX_INDEX_CODEC_COMPRESS_H

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"

/** Appends the number of bytes of `src` (at most 2^30) and `src` compressed.
 *  Fails with NOMEM or LIMIT. Thread-safe. */
DX_NODISCARD dx_status dx_compress(dx_str src, dx_buf *out);

#endif
