/* compress.h -- the one adapter of zstd: stored fields in blocks. Why zstd:
 * Debian's, BSD, ~1 GB/s decompression, checks its own frames. */
#ifndef DX_INDEX_COMPRESS_H
#define DX_INDEX_COMPRESS_H

#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"

/** Appends `src` compressed. Fails with NOMEM. Thread-safe. */
DX_NODISCARD dx_status dx_compress(dx_str src, dx_buf *out);

/** Appends what `src` decompresses to, at most `max_bytes`. Fails with CORRUPT
 *  or NOMEM. Thread-safe. */
DX_NODISCARD dx_status dx_decompress(dx_str src, size_t max_bytes, dx_buf *out);

#endif
